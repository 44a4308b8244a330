#pragma once

#include <string>

#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// The command that would register the statement as a claim. It has numbers, units and the line of the document only:
/// EXPERIMENT.toml and METRIC are for a person to fill in, so nothing that somebody wrote into the document is ever
/// run. A stated loss is no claim; then it is the command that would measure it.
[[nodiscard]] std::string claim_draft(const Statement& statement);

/// "4-5x", "324 s to 81 s", "at most 1000 us": what was understood, in numbers and units only.
[[nodiscard]] std::string amount_text(const Statement& statement);

}  // namespace assay::adversary
