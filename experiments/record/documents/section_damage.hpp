#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/record/documents/marked_sections.hpp"

namespace assay::record {

/// The document, repaired after git merged two versions of it: sections that lost a marker, were mixed line by line or
/// appear twice are taken out, and so are the conflict marks around them. Lines in them that come from one of the
/// `known` sections go, too; every other line was written by a person and stays. Sound sections stay as they are;
/// `with_sections` puts the others back.
[[nodiscard]] std::string without_damage(std::string_view document, const std::vector<MarkedSection>& known);

}  // namespace assay::record
