#pragma once

#include <string>
#include <vector>

#include "core/record/adoption.hpp"
#include "core/record/gain.hpp"
#include "core/record/milestone.hpp"

namespace assay::report {

// Words about changes in revisions, gains and milestones. Foreign text is as it is.

/// "readiness-poll is in 1f0c9aa37d: env READY_MODE: sleep -> poll".
[[nodiscard]] std::string adoption_headline(const Adoption& adoption);
[[nodiscard]] std::string reversion_headline(const Reversion& reversion);

/// "treatment's level is in deploy.conf", or what a person said. `proof` of a reversion shows the opposite.
[[nodiscard]] std::string proof_text(const Adoption& adoption);
[[nodiscard]] std::string proof_text(const Reversion& reversion);

/// "deploy in local: wall -41.2 % since 1f0c9aa37d": of all cells together, or of the only one.
[[nodiscard]] std::string gain_headline(const Gain& gain);
/// "site (warm)", or "all cells".
[[nodiscard]] std::string gain_cell_title(const GainOfCell& cell);
/// "-41.2 %, interval -44.0 to -38.1 %; the parts multiply to -45.0 %".
[[nodiscard]] std::string gain_cell_text(const GainOfCell& cell);
/// Which adopted changes are no part of it, and why; empty if all are.
[[nodiscard]] std::string left_out_text(const Gain& gain);
/// Why the whole and the parts do not agree; empty if the parts lie within the interval.
[[nodiscard]] std::string parts_warning(const GainOfCell& cell);

/// "baseline of deploy in local".
[[nodiscard]] std::string criterion_text(const Criterion& criterion);
/// "fast-deploy is done: 7 criteria".
[[nodiscard]] std::string milestone_headline(const MilestoneDone& done);

}  // namespace assay::report
