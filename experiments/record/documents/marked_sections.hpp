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

/// The document with this section in place of the one of its name, or at the end where there is none. Every byte
/// outside the section stays; the section's lines end as the document's do. Markers inside a fenced code block are
/// text like any other.
/// \throws Error with the document's name and line where a marker has lost its partner or a name appears twice.
[[nodiscard]] std::string with_section(std::string_view document, const MarkedSection& section,
                                       std::string_view document_name);
/// Likewise for several, new ones in the order given. Cost: one pass over the document.
[[nodiscard]] std::string with_sections(std::string_view document, const std::vector<MarkedSection>& sections,
                                        std::string_view document_name);

/// A section as it stands in a document.
struct FoundSection {
  std::string_view name;
  std::string_view whole;  ///< with both markers, without the last line ending
  std::size_t line = 0;    ///< of its first marker; counts from 1
};
/// All sections, in the order of the document. \throws Error likewise.
[[nodiscard]] std::vector<FoundSection> sections_in(std::string_view document, std::string_view document_name);
/// Both markers with the text between them, as it stands in a document whose lines end so.
[[nodiscard]] std::string section_text(const MarkedSection& section, const std::string& line_ending);

/// The document made sound again after git put two versions of it together: sections that lost a marker, got mixed line
/// by line or stand there twice are taken out, and so are the conflict marks around them. Of what stood in them a line
/// that is one of `known` sections goes too; every other line was written by a person, and stays. Sound sections stay
/// as they are; `with_sections` puts the others back.
[[nodiscard]] std::string without_damage(std::string_view document, const std::vector<MarkedSection>& known);

}  // namespace assay::record
