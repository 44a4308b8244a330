#include <cmath>

#include <nlohmann/json.hpp>

#include "experiments/report/gate/gate_text.hpp"
#include "experiments/report/result_document.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

json end_of(double percent) {
  return std::isfinite(percent) ? json(percent) : json(nullptr);
}

json stored_json(const StoredComparison& cell) {
  return {{"cell", cell.cell},
          {"outcome", to_string(cell.outcome)},
          {"baseline_trials", cell.baseline_trials},
          {"change_trials", cell.change_trials},
          {"worse_by",
           {{"percent", cell.estimate_percent},
            {"low", end_of(cell.interval_percent.low)},
            {"high", end_of(cell.interval_percent.high)},
            {"confidence", cell.confidence},
            {"estimator", "two-sample-hodges-lehmann"}}}};
}

json finding_json(const GateReport& report, const GateFinding& finding) {
  json object = {{"file", finding.file},
                 {"outcome", to_string(finding.outcome)},
                 {"fails", fails(report.policy, finding.outcome)},
                 {"note", finding.note}};
  if (finding.measured) {
    object["basis"] = to_string(GateBasis::interleaved);
    const AttemptHeading heading{"gate", "", "", finding.measured->plan_sha256, ""};
    object["result"] = result_object(heading, finding.measured->plan, finding.measured->result);
  }
  if (!finding.against_stored.empty()) {
    object["basis"] = to_string(GateBasis::stored_baseline);
    object["baseline"] = finding.baseline_name;
    for (const StoredComparison& cell : finding.against_stored) object["against_stored"].push_back(stored_json(cell));
  }
  return object;
}

json revision_json(const GateRevision& revision) {
  return {{"revision", revision.name}, {"commit", revision.commit}};
}

json policy_json(const GateReport& report) {
  json fail_on = json::array();
  for (const GateOutcome outcome : report.policy.fail_on) fail_on.push_back(to_string(outcome));
  return {{"from_base", report.has_policy}, {"alert_percent", report.policy.alert.value},
          {"fail_on", std::move(fail_on)},  {"fail_on_changed_rules", report.policy.fails_on_changed_rules},
          {"judges", report.policy.judges}, {"not_judged", report.not_asked}};
}

}  // namespace

json gate_json(const GateReport& report) {
  json changes = json::array();
  for (const GateRuleChange& change : report.rule_changes) {
    changes.push_back({{"path", change.path},
                       {"kind", to_string(change.kind)},
                       {"change", to_string(change.change)},
                       {"link", change.link.empty() ? json(nullptr) : json(change.link)},
                       {"base_in_force", is_base_in_force(change)},
                       {"diff", change.diff},
                       {"lines_left_out", change.lines_left_out}});
  }
  json blind_spots = json::array();
  for (const GateBlindSpot& spot : report.blind_spots) {
    blind_spots.push_back({{"link", spot.link}, {"target", spot.target}, {"outside", spot.is_outside}});
  }
  json experiments = json::array();
  for (const GateFinding& finding : report.findings) experiments.push_back(finding_json(report, finding));
  return {{"schema_version", 1},
          {"command", "gate"},
          {"passed", !fails(report)},
          {"outcome", to_string(worst_outcome(report))},
          {"environment", report.environment_name},
          {"base", revision_json(report.base)},
          {"change", revision_json(report.change)},
          {"control", report.control.empty() ? report.base.commit : report.control},
          {"policy", policy_json(report)},
          {"changed_rules", std::move(changes)},
          {"not_looked_at", std::move(blind_spots)},
          {"experiments", std::move(experiments)}};
}

}  // namespace assay::report
