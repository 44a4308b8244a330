#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::record {

/// A part of a document that belongs to assay, between two lines of its own:
///
///     <!-- assay:record 0007-readiness-poll begin -->
///     ...
///     <!-- assay:record 0007-readiness-poll end -->
struct MarkedSection {
  std::string name;
  std::string text;
};

/// The document with this section in place of the one of the same name, or at the end if there is none. Every byte
/// outside the section stays; the section's lines end as the document's lines do. Markers inside a fenced code block
/// are ordinary text.
/// \throws Error with the document's name and line if a marker has lost its partner or a name appears twice.
[[nodiscard]] std::string with_section(std::string_view document, const MarkedSection& section,
                                       std::string_view document_name);
/// The document with several sections, new ones in the order given. Cost: one pass over the document.
[[nodiscard]] std::string with_sections(std::string_view document, const std::vector<MarkedSection>& sections,
                                        std::string_view document_name);

/// A section that was found in a document.
struct FoundSection {
  std::string_view name;
  std::string_view whole;  ///< with both markers, without the last line ending
  std::size_t line = 0;    ///< of its first marker; counts from 1
};
/// All sections, in the order of the document. \throws Error as `with_section` does.
[[nodiscard]] std::vector<FoundSection> sections_in(std::string_view document, std::string_view document_name);
/// Both markers with the text between them, for a document whose lines end like this.
[[nodiscard]] std::string section_text(const MarkedSection& section, const std::string& line_ending);

}  // namespace assay::record
