#pragma once

#include <string>
#include <string_view>

namespace assay::experiments {

/// A part of a document that belongs to assay, between two lines of its own:
///
///     <!-- assay:record 0007-readiness-poll begin -->
///     ...
///     <!-- assay:record 0007-readiness-poll end -->
struct MarkedSection {
  std::string name;
  std::string text;
};

/// The document with this section in place of the one of its name, or at the end where there is none. Every byte
/// outside the section stays; the section's lines end as the document's do. Markers inside a fenced code block are
/// text like any other.
/// \throws Error with the document's name and line where a marker has lost its partner or a name appears twice.
[[nodiscard]] std::string with_section(std::string_view document, const MarkedSection& section,
                                       std::string_view document_name);

}  // namespace assay::experiments
