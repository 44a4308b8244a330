#include <nlohmann/json.hpp>

#include "experiments/formats/build_json.hpp"
#include "experiments/formats/metric_result_json.hpp"
#include "experiments/formats/result_json.hpp"
#include "experiments/formats/search_json.hpp"

namespace assay::formats {
namespace {

std::size_t cell_at(const Plan& plan, const Field& place, const char* workload_key = "name") {
  const std::string workload = place.at(workload_key).text();
  const std::string state = place.at("state").text();
  const std::vector<Cell> all = cells(plan);
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    if (workload_of(plan, all[cell]).name == workload && state_of(plan, all[cell]).name == state) return cell;
  }
  throw place.error("the plan has no workload \"" + workload + "\" in the state \"" + state + "\"");
}

/// By its place, since nothing keeps two treatments from having one label.
ArmIndex treatment_at(const Plan& plan, const Field& place) {
  const std::size_t arm = place.index();
  if (arm == kControl || arm >= arm_count(plan)) throw place.error("the plan has no such treatment");
  return arm;
}

Comparison comparison_at(const Plan& plan, const Field& place) {
  Comparison comparison = blank_comparison(plan, cell_at(plan, place), treatment_at(plan, place.at("arm")));
  comparison.verdict = place.at("verdict").name_of<Verdict>();
  comparison.reason = place.at("verdict_reason").name_of<VerdictReason>();
  comparison.decision = place.at("decision").name_of<Decision>();
  comparison.decision_reason = place.at("reason").name_of<DecisionReason>();
  comparison.stop = place.at("stop").name_of<Stop>();
  comparison.blocks = place.at("blocks").count();
  if (const auto fresh = place.find("fresh_blocks")) comparison.fresh_blocks = fresh->count();
  comparison.failed_control = place.at("failed_trials").at("control").count();
  comparison.failed_treatment = place.at("failed_trials").at("treatment").count();
  comparison.failure_p = place.at("failure_p").number_or_null();
  for (const Field& metric : place.at("metrics").elements()) {
    comparison.metrics.push_back(metric_result_at(plan, metric));
  }
  if (comparison.metrics.empty()) throw place.at("metrics").error("a comparison has its primary metric at least");
  for (const Field& check : place.at("checks").elements()) comparison.checks.push_back(check_result_at(check));
  for (const Field& diagnostic : place.at("diagnostics").elements()) {
    comparison.diagnostics.push_back(diagnostic_at(diagnostic));
  }
  return comparison;
}

/// The suite of a plan has one average for each treatment, in their order.
SuiteResult suite_at(const Plan& plan, const Field& place, ArmIndex treatment) {
  if (treatment >= arm_count(plan)) throw place.error("the plan has no such treatment");
  SuiteResult suite = blank_suite(plan, treatment);
  suite.average = metric_result_at(plan, place);
  return suite;
}

IsolationChallenge challenge_at(const Plan& plan, const Field& place) {
  return {.cell = named_cell(plan, cell_at(plan, place, "workload")),
          .arm = treatment_at(plan, place.at("arm")),
          .check = place.at("check").text(),
          .failure = place.at("failure").text(),
          .unproven = place.at("unproven").text()};
}

HookRun hook_run_at(const Field& place) {
  return {.arm = place.at("arm").index(),
          .workload = place.at("workload").text(),
          .hook = place.at("hook").text(),
          .wall = nanoseconds(place.at("wall_ns").integer()),
          .cpu = nanoseconds(place.at("cpu_ns").integer())};
}

AuditResult audit_at(const Plan& plan, const Field& place) {
  AuditResult audit{place.at("passed").truth(), place.at("differs").texts(), place.at("intruders").texts(),
                    place.at("notes").texts()};
  if (const auto builds = place.find("builds")) {
    for (const Field& build : builds->elements()) audit.builds.push_back(build_at(build));
  }
  if (const auto hooks = place.find("hooks")) {
    for (const Field& run : hooks->elements()) audit.hooks.push_back(hook_run_at(run));
  }
  if (const auto challenges = place.find("challenges")) {
    for (const Field& one : challenges->elements()) audit.challenges.push_back(challenge_at(plan, one));
  }
  return audit;
}

Advice advice_at(const Field& place) {
  Advice advice;
  advice.detectable_percent = place.at("detectable_percent").number_or_null();
  if (const Field blocks = place.at("blocks_needed"); !blocks.is_null()) advice.blocks_needed = blocks.count();
  advice.seconds_needed = place.at("seconds_needed").number_or_null();
  if (const auto step = place.find("step_percent")) advice.step_percent = step->number();
  return advice;
}

}  // namespace

AttemptResult parse_result(const Plan& plan, const nlohmann::json& document) {
  return result_at(plan, Field(document));
}

AttemptResult result_at(const Plan& plan, const Field& place) {
  AttemptResult result = blank_result(plan);
  result.verdict = place.at("verdict").name_of<Verdict>();
  result.reason = place.at("verdict_reason").name_of<VerdictReason>();
  result.decision = place.at("decision").name_of<Decision>();
  result.decision_reason = place.at("reason").name_of<DecisionReason>();
  result.stop = place.at("stop").name_of<Stop>();
  result.not_worse = place.at("not_worse").truth();
  result.blocks = place.at("blocks").count();
  result.trials = place.at("trials").count();
  result.failed_control = place.at("failed_trials").at("control").count();
  result.failed_treatment = place.at("failed_trials").at("treatment").count();
  result.void_blocks = place.at("void_blocks").count();
  for (const Field& workload : place.at("workloads").elements()) {
    result.comparisons.push_back(comparison_at(plan, workload));
  }
  for (const Field& metric : place.at("suite").elements())
    result.suite.push_back(suite_at(plan, metric, result.suite.size() + 1));
  if (const auto searches = place.find("searches")) {
    for (const Field& search : searches->elements()) result.searches.push_back(search_at(plan, search));
  }
  result.audit = audit_at(plan, place.at("audit"));
  result.advice = advice_at(place.at("advice"));
  return result;
}

}  // namespace assay::formats
