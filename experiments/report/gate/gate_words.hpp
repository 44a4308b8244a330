#pragma once

#include <string>
#include <vector>

#include "core/record/gate.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

// Words that the text, the Markdown and the annotations of a gate share. Foreign text is as it is.

/// "main (1f0c9aa37d)".
[[nodiscard]] std::string gate_revision_text(const GateRevision& revision);
/// "regressed: treatment is 12 % slower ...; base and change in turn on this machine, 24 blocks", in one line.
[[nodiscard]] std::string gate_finding_words(const GateReport& report, const GateFinding& finding);
/// What was measured of one experiment, a sentence each; empty if nothing was.
[[nodiscard]] std::vector<std::string> measured_sentences(const GateFinding& finding, const TextStyle& style);
/// "base and change in turn on this machine, 24 blocks", or how the change was compared instead.
[[nodiscard]] std::string basis_text(const GateFinding& finding);
/// "bench/work.toml: changed (experiment)".
[[nodiscard]] std::string rule_change_text(const GateRuleChange& change);
/// Whose version of a changed rule was in force, and what to do if it was the change's own.
[[nodiscard]] std::string version_in_force_text(const GateRuleChange& change);
/// "bench/rules.sh -> /etc/rules.sh (outside the repository)".
[[nodiscard]] std::string blind_spot_text(const GateBlindSpot& spot);
/// "by the policy of main (1f0c9aa37d), .assay/gate.toml: fails on regressed, guard; alert beyond 10 %".
[[nodiscard]] std::string policy_text(const GateReport& report);
/// "Control is 1f0c9aa37d, where the change left main (5b0c...), which has moved on since."; empty if it is the base.
[[nodiscard]] std::string gate_control_text(const GateReport& report);
/// Whether an outcome is not good, although the policy lets it pass.
[[nodiscard]] bool is_let_pass(const GateReport& report, GateOutcome outcome);

}  // namespace assay::report
