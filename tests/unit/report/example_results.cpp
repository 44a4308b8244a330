#include "tests/unit/report/example_results.hpp"

#include <cmath>

namespace assay::report {

Plan example_plan() {
  Plan plan;
  plan.id = "readiness-poll";
  plan.hypothesis = "Polling instead of sleeping makes a deploy faster";
  plan.variable = {VariableKind::env,
                   "READY_MODE",
                   {{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}};
  Workload workload;
  workload.name = "deploy";
  workload.command = {"./deploy.sh", "custom html"};
  plan.workloads = {workload};
  plan.states = {State{}};
  Metric wall = *find_built_in_metric("wall");
  wall.role = MetricRole::primary;
  wall.margin = Percent{3};
  plan.metrics = {wall};
  return plan;
}

Metric& add_guard(Plan& plan, const std::string& name) {
  Metric guard = *find_built_in_metric(name);
  guard.role = MetricRole::guard;
  guard.margin = Percent{10};
  plan.metrics.push_back(guard);
  return plan.metrics.back();
}

void add_workload(Plan& plan, const std::string& name) {
  plan.workloads.push_back(plan.workloads.front());
  plan.workloads.back().name = name;
}

MetricResult example_metric_result(double control_median, double ratio) {
  const auto summary = [](double median) {
    ArmSummary arm;
    arm.count = 24;
    arm.median = median;
    arm.mad = 0.01 * median;
    arm.mean = 1.005 * median;
    arm.standard_deviation = 0.02 * median;
    arm.minimum = 0.96 * median;
    arm.lower_quartile = 0.99 * median;
    arm.upper_quartile = 1.02 * median;
    arm.maximum = 1.06 * median;
    return arm;
  };
  MetricResult result;
  result.control = summary(control_median);
  result.treatment = summary(ratio * control_median);
  const double estimate = std::log(ratio);
  result.effect =
      Effect{estimate, {estimate - std::log(1.02), estimate + std::log(1.02)}, 0.95, Estimator::hodges_lehmann, 4e-4};
  return result;
}

Comparison example_comparison() {
  Comparison comparison;
  comparison.verdict = Verdict::improved;
  comparison.decision = Decision::keep;
  comparison.decision_reason = DecisionReason::improved;
  comparison.stop = Stop::boundary;
  comparison.blocks = 24;
  comparison.metrics = {example_metric_result(0.0413, 1 / 1.21)};
  return comparison;
}

AttemptResult example_result(const Comparison& comparison) {
  AttemptResult result;
  result.verdict = comparison.verdict;
  result.reason = comparison.reason;
  result.decision = comparison.decision;
  result.decision_reason = comparison.decision_reason;
  result.stop = comparison.stop;
  result.blocks = comparison.blocks;
  result.trials = 2 * comparison.blocks;
  result.failed_control = comparison.failed_control;
  result.failed_treatment = comparison.failed_treatment;
  result.comparisons = {comparison};
  return result;
}

AttemptResult noisy_result() {
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::inconclusive;
  comparison.reason = VerdictReason::noise;
  comparison.decision = Decision::undecided;
  comparison.decision_reason = DecisionReason::inconclusive;
  comparison.stop = Stop::cap;
  comparison.blocks = 200;
  return example_result(comparison);
}

Comparison named_after(const Plan& plan, Comparison comparison) {
  const Comparison blank = blank_comparison(plan, comparison.cell.index, comparison.treatment.index);
  comparison.cell = blank.cell;
  comparison.control = blank.control;
  comparison.treatment = blank.treatment;
  comparison.design = blank.design;
  for (std::size_t metric = 0; metric < comparison.metrics.size(); ++metric) {
    comparison.metrics[metric].metric = plan.metrics.at(metric);
  }
  return comparison;
}

AttemptResult named_after(const Plan& plan, AttemptResult result) {
  const AttemptResult blank = blank_result(plan);
  result.protocol = blank.protocol;
  result.primary = blank.primary;
  result.exploratory = blank.exploratory;
  result.simulated = blank.simulated;
  for (Comparison& comparison : result.comparisons) comparison = named_after(plan, std::move(comparison));
  for (std::size_t suite = 0; suite < result.suite.size(); ++suite) {
    MetricResult average = result.suite[suite].average;
    result.suite[suite] = blank_suite(plan, suite + 1);
    average.metric = result.primary;
    result.suite[suite].average = average;
  }
  return result;
}

Record example_record() {
  Record record;
  record.number = 7;
  record.program_version = "0.1.0";
  record.created_ns = 1772373900'000'000'000;  // 2026-03-01 14:05 UTC by date(1)
  record.actor = "ada@example.org";
  record.plan = example_plan();
  record.plan_sha256 = std::string(64, 'b');
  record.machine.hostname = "bench1";
  record.machine.kernel = "Linux 6.1.0";
  record.machine.cpu_model = "Example CPU";
  record.machine.cpu_count = 2;
  record.machine.memory_bytes = 8'000'000'000;
  record.machine.virtualisation = "kvm";
  record.result = named_after(record.plan, example_result(example_comparison()));
  return record;
}

}  // namespace assay::report
