#pragma once

#include <string>

#include "experiments/adversary/reports/reading/match.hpp"

namespace assay::adversary {

/// What the text names as that which the figure is about, in lower case: "grep (24x)", "vs ripgrep: 5x", "Parser: 2x",
/// "the parser is 2x faster". Empty if it names nothing, or only everything: "the suite", "Result".
[[nodiscard]] std::string subject_of(const Match& match);

}  // namespace assay::adversary
