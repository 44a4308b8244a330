#include "experiments/report/gate/gate_words.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "core/variable.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

std::string stored_sentence(const StoredComparison& cell) {
  if (cell.baseline_trials == 0 || cell.change_trials == 0) {
    return fmt::format("{}: nothing to compare ({} trials of the baseline, {} of the change)", cell.cell,
                       cell.baseline_trials, cell.change_trials);
  }
  const bool is_worse = cell.estimate_percent >= 0;
  return fmt::format("{}: the change is {} {} ({} interval {} to {}), {} trials against {} stored ones: {}", cell.cell,
                     amount_text(cell.estimate_percent), is_worse ? "worse" : "better", share_text(cell.confidence),
                     change_text(cell.interval_percent.low), change_text(cell.interval_percent.high),
                     cell.change_trials, cell.baseline_trials, to_string(cell.outcome));
}

/// What the audit objects to, and which checks failed.
std::vector<std::string> reasons_of_invalidity(const AttemptResult& result) {
  std::vector<std::string> reasons;
  for (const std::string& intruder : result.audit.intruders) reasons.push_back("audit: " + printable(intruder));
  for (const Comparison& comparison : result.comparisons) {
    for (const CheckResult& check : comparison.checks) {
      if (check.passed) continue;
      std::string reason = fmt::format("check {}: {}", printable(check.name), check_text(check));
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(std::move(reason));
    }
  }
  return reasons;
}

}  // namespace

std::string gate_revision_text(const GateRevision& revision) {
  const std::string commit = revision.commit.substr(0, 10);
  return revision.name == revision.commit ? commit : fmt::format("{} ({})", revision.name, commit);
}

std::string gate_finding_words(const GateReport& report, const GateFinding& finding) {
  TextStyle style;
  style.unicode = true;
  std::vector<std::string> parts = measured_sentences(finding, style);
  parts.push_back(basis_text(finding));
  if (!finding.note.empty()) parts.push_back(finding.note);
  return fmt::format("{}{}: {}", to_string(finding.outcome),
                     is_let_pass(report, finding.outcome) ? " (the policy lets it pass)" : "", fmt::join(parts, "; "));
}

std::vector<std::string> measured_sentences(const GateFinding& finding, const TextStyle& style) {
  std::vector<std::string> sentences;
  if (finding.measured) {
    const std::string text = result_sentences(finding.measured->result, style);
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      sentences.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    for (std::string& reason : reasons_of_invalidity(finding.measured->result)) sentences.push_back(std::move(reason));
  }
  for (const StoredComparison& cell : finding.against_stored) sentences.push_back(stored_sentence(cell));
  return sentences;
}

std::string basis_text(const GateFinding& finding) {
  if (finding.measured) {
    return fmt::format("base and change in turn on this machine, {}",
                       count_text(finding.measured->result.blocks, "block"));
  }
  if (finding.against_stored.empty()) return "not measured";
  return fmt::format(
      "against the stored baseline {}, which was measured at another time: weaker evidence, since a "
      "difference may be the machine's",
      finding.baseline_name);
}

std::string rule_change_text(const GateRuleChange& change) {
  const std::string link = change.link.empty() ? "" : fmt::format(", behind the link {}", change.link);
  return fmt::format("{}: {} ({}{})", change.path, to_string(change.change), to_string(change.kind), link);
}

std::string version_in_force_text(const GateRuleChange& change) {
  if (is_base_in_force(change)) return "the base's version was in force";
  return "the change's own version was in force: name the file itself in judges, and the base's is";
}

std::string blind_spot_text(const GateBlindSpot& spot) {
  return fmt::format("{} -> {} ({})", spot.link, spot.target,
                     spot.is_outside ? "outside the repository" : "a folder that holds the link");
}

std::string policy_text(const GateReport& report) {
  std::vector<std::string> fail_on;
  for (const GateOutcome outcome : report.policy.fail_on) fail_on.emplace_back(to_string(outcome));
  if (report.policy.fails_on_changed_rules) fail_on.emplace_back("changed rules");
  return fmt::format("Judged by {} of {} in the environment {}: alert beyond {}; fails on {}.",
                     report.has_policy ? "the policy" : "the defaults, there being no .assay/gate.toml,",
                     gate_revision_text(report.base), report.environment_name,
                     fmt::format("{} %", report.policy.alert.value),
                     fail_on.empty() ? "nothing" : fmt::format("{}", fmt::join(fail_on, ", ")));
}

std::string gate_control_text(const GateReport& report) {
  if (report.control.empty()) return "";
  return fmt::format("Control is {}, where the change left {}, which has moved on since.",
                     short_object_id(report.control), gate_revision_text(report.base));
}

bool is_let_pass(const GateReport& report, GateOutcome outcome) {
  return outcome != GateOutcome::passed && outcome != GateOutcome::unchanged && !fails(report.policy, outcome);
}

}  // namespace assay::report
