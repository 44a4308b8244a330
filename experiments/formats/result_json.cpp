#include "experiments/formats/result_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/build_json.hpp"
#include "experiments/formats/metric_result_json.hpp"
#include "experiments/formats/plan_fields.hpp"
#include "experiments/formats/search_json.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

/// Which comparison: by names, so that a reader needs no plan.
json comparison_name(const Comparison& comparison) {
  return {
      {"name", comparison.cell.workload}, {"state", comparison.cell.state}, {"treatment", comparison.treatment.label}};
}

json failed_trials(int control, int treatment) {
  return {{"control", control}, {"treatment", treatment}};
}

template <class Part, class PartJson>
json array_of(const std::vector<Part>& parts, PartJson part_json) {
  json target = json::array();
  for (const Part& part : parts) target.push_back(part_json(part));
  return target;
}

json comparison_json(const Comparison& comparison) {
  json target = comparison_name(comparison);
  target["arm"] = comparison.treatment.index;
  target["verdict"] = to_string(comparison.verdict);
  target["verdict_reason"] = to_string(comparison.reason);
  target["decision"] = to_string(comparison.decision);
  target["reason"] = to_string(comparison.decision_reason);
  target["stop"] = to_string(comparison.stop);
  target["blocks"] = comparison.blocks;
  if (comparison.fresh_blocks > 0) target["fresh_blocks"] = comparison.fresh_blocks;
  target["failed_trials"] = failed_trials(comparison.failed_control, comparison.failed_treatment);
  target["failure_p"] = comparison.failure_p ? json(*comparison.failure_p) : json(nullptr);
  target["metrics"] = array_of(comparison.metrics, metric_result_json);
  target["checks"] = array_of(comparison.checks, check_result_json);
  target["diagnostics"] = array_of(comparison.diagnostics, diagnostic_json);
  return target;
}

/// All comparisons' in one list, each with its place: for readers who look for any flag.
json all_diagnostics(const std::vector<Comparison>& comparisons) {
  json target = json::array();
  for (const Comparison& comparison : comparisons) {
    const json place = comparison_name(comparison);
    for (const Diagnostic& diagnostic : comparison.diagnostics) {
      json entry = diagnostic_json(diagnostic);
      entry["workload"] = place["name"];
      entry["state"] = place["state"];
      entry["treatment"] = place["treatment"];
      target.push_back(std::move(entry));
    }
  }
  return target;
}

json challenge_json(const IsolationChallenge& challenge) {
  return {{"workload", challenge.cell.workload},
          {"state", challenge.cell.state},
          {"arm", challenge.arm},
          {"check", challenge.check},
          {"failure", challenge.failure},
          {"unproven", challenge.unproven}};
}

json hook_run_json(const HookRun& run) {
  return {{"arm", run.arm},
          {"workload", run.workload},
          {"hook", run.hook},
          {"wall_ns", run.wall.count()},
          {"cpu_ns", run.cpu.count()}};
}

json audit_json(const AuditResult& audit) {
  json target = {
      {"passed", audit.passed}, {"differs", audit.differs}, {"intruders", audit.intruders}, {"notes", audit.notes}};
  if (!audit.builds.empty()) target["builds"] = array_of(audit.builds, build_json);
  if (!audit.hooks.empty()) target["hooks"] = array_of(audit.hooks, hook_run_json);
  if (!audit.challenges.empty()) target["challenges"] = array_of(audit.challenges, challenge_json);
  return target;
}

json advice_json(const Advice& advice) {
  json target = json::object();
  target["detectable_percent"] = advice.detectable_percent ? json(*advice.detectable_percent) : json(nullptr);
  target["blocks_needed"] = advice.blocks_needed ? json(*advice.blocks_needed) : json(nullptr);
  target["seconds_needed"] = advice.seconds_needed ? json(*advice.seconds_needed) : json(nullptr);
  if (advice.step_percent) target["step_percent"] = *advice.step_percent;
  return target;
}

}  // namespace

json result_json(const AttemptResult& result) {
  json target = {
      {"design", to_string(result.protocol.design)},
      {"verdict", to_string(result.verdict)},
      {"verdict_reason", to_string(result.reason)},
      {"decision", to_string(result.decision)},
      {"reason", to_string(result.decision_reason)},
      {"stop", to_string(result.stop)},
      {"not_worse", result.not_worse},
      {"blocks", result.blocks},
      {"trials", result.trials},
      {"failed_trials", failed_trials(result.failed_control, result.failed_treatment)},
      {"void_blocks", result.void_blocks},
      {"workloads", array_of(result.comparisons, comparison_json)},
      {"suite", array_of(result.suite, [](const SuiteResult& suite) { return metric_result_json(suite.average); })},
      {"audit", audit_json(result.audit)},
      {"diagnostics", all_diagnostics(result.comparisons)},
      {"advice", advice_json(result.advice)}};
  if (!result.changes.empty()) {
    target["changes"] =
        array_of(result.changes, [](const RequirementChange& change) { return json::parse(text_of(change)); });
  }
  if (!result.searches.empty()) target["searches"] = array_of(result.searches, search_json);
  const Protocol& protocol = result.protocol;
  if (protocol.anytime) target["anytime"] = true;
  if (protocol.inner > 1) {
    target["inner"] = {{"trials", protocol.inner}, {"statistic", to_string(protocol.inner_statistic)}};
  }
  return target;
}

}  // namespace assay::formats
