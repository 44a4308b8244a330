#include "experiments/trial/trial_judge.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "experiments/trial/metrics/results_text.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

std::vector<std::string> flaky_tests_in(const Observations& observations) {
  std::vector<std::string> names;
  for (const Observation& observation : observations) {
    const auto* const inventory = std::get_if<TestInventory>(&observation);
    if (inventory == nullptr) continue;
    for (std::string& name : flaky_tests(*inventory)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<const TestInventory*> inventories_of(const Observations& observations) {
  std::vector<const TestInventory*> inventories;
  for (const Observation& observation : observations) {
    if (const auto* const inventory = std::get_if<TestInventory>(&observation)) inventories.push_back(inventory);
  }
  return inventories;
}

}  // namespace

TrialJudge::TrialJudge(ObservationContext context) : context_(std::move(context)), metrics_(context_.plan) {
  for (const Check& check : context_.plan.checks) rules_.push_back(rule_of(check));
}

DeclaredFiles TrialJudge::declared_files(const ArmSetup& setup) const {
  const Workload& workload = context_.plan.workloads[setup.workload];
  std::vector<std::string> files = observed_files(context_.plan, workload);
  for (std::string& file : metrics_.sized_files(workload)) files.push_back(std::move(file));
  return DeclaredFiles(setup.working_directory, std::move(files));
}

void TrialJudge::take_away_earlier(const ArmSetup& setup, EarlierFiles& earlier) const {
  const Workload& workload = context_.plan.workloads[setup.workload];
  for (const std::string& file : observed_files(context_.plan, workload)) {
    earlier.take_away(path_in(setup.working_directory, file));
  }
  for (const std::string& file : metrics_.sized_files(workload)) {
    earlier.take_away_if_made_since(path_in(setup.working_directory, file));
  }
}

bool TrialJudge::looks_at_output(const ArmSetup& setup) const {
  const Plan& plan = context_.plan;
  const std::string& workload = plan.workloads[setup.workload].name;
  return std::any_of(plan.checks.begin(), plan.checks.end(),
                     [&](const Check& check) { return applies_to(check.workloads, workload); }) ||
         std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
           return !std::holds_alternative<BuiltInSource>(metric.source) && applies_to(metric.workloads, workload);
         });
}

std::optional<CheckFailed> TrialJudge::observe(const EndedTrial& ended, Observations& observations) const {
  return trial::observe(context_, ended, observations);
}

std::optional<CheckFailed> TrialJudge::failure_after(const EndedTrial& ended) const {
  const Workload& workload = context_.plan.workloads[ended.setup.workload];
  for (std::size_t index = 0; index < rules_.size(); ++index) {
    const Check& check = context_.plan.checks[index];
    const auto* const judged = std::get_if<JudgedAfterTrial>(&rules_[index].judgement);
    if (judged == nullptr || !applies_to(check.workloads, workload.name)) continue;
    if (auto failure = judged->failure(context_, ended)) return CheckFailed{check.name, *std::move(failure)};
  }
  return std::nullopt;
}

std::optional<CheckFailed> TrialJudge::failure_in_results(const EndedTrial& ended, const TrialOutput& output) const {
  const Workload& workload = context_.plan.workloads[ended.setup.workload];
  for (std::size_t index = 0; index < rules_.size(); ++index) {
    const Check& check = context_.plan.checks[index];
    const auto* const judged = std::get_if<JudgedByResults>(&rules_[index].judgement);
    if (judged == nullptr || !applies_to(check.workloads, workload.name)) continue;
    if (auto failure = judged->failure(output)) return CheckFailed{check.name, *std::move(failure)};
  }
  return std::nullopt;
}

void TrialJudge::judge(const EndedTrial& ended, Trial& trial, Observations& observations) const {
  const Workload& workload = context_.plan.workloads[ended.setup.workload];
  TrialOutput output;
  output.usage = ended.result.usage;
  output.uncounted = ended.result.uncounted;
  output.folder = ended.setup.working_directory;
  output.untouched_files = ended.untouched_files;
  output.spans_file = ended.setup.spans_file;
  output.own_spans = spans_in_results(context_.plan, ended.setup);
  output.time = ended.time;
  std::optional<CheckFailed> failed = observe(ended, observations);
  trial.flaky_tests = flaky_tests_in(observations);
  output.tests = inventories_of(observations);
  if (!failed) failed = failure_after(ended);
  if (!failed && reads_text(context_.plan, workload)) {
    read_results(output, ended.result, workload);
    failed = failure_in_results(ended, output);
  }
  if (failed) {
    trial.outcome = std::move(*failed);
    return;
  }
  take_standard_error(output, ended.result);
  MetricReading reading = metrics_.read(workload, output);
  if (auto* measured = std::get_if<MetricValues>(&reading)) {
    trial.values = std::move(measured->values);
    trial.steady = std::move(measured->steady);
  } else {
    trial.outcome = std::get<CheckFailed>(std::move(reading));
  }
}

}  // namespace assay::trial
