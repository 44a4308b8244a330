#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"

namespace assay::record {

/// The document, repaired after git merged two versions of it: sections that lost a marker, were mixed line by line,
/// have a conflict in them or appear twice are taken out, and so are the conflict marks in and around them. Of a
/// section that has its end in its version everything goes. Of one that has not, the lines go that come from one of the
/// `known` sections; every other line was written by a person and stays. Sound sections stay as they are;
/// `with_sections` puts the others back.
[[nodiscard]] std::string without_damage(std::string_view document, const std::vector<MarkedSection>& known);

/// Number of the first line at which git left a conflict, from 1; 0 if there is none.
[[nodiscard]] std::size_t line_of_conflict(std::string_view document);

/// "STATUS.md:3: git left a conflict: ..."
[[nodiscard]] std::string conflict_text(std::string_view document_name, std::size_t line);

/// The document without the sections of which that is true. \pre its sections are sound
[[nodiscard]] std::string without_sections(const std::string& document,
                                           const std::function<bool(const FoundSection&)>& is_unwanted);

}  // namespace assay::record
