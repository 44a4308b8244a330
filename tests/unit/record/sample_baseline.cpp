#include "tests/unit/record/sample_baseline.hpp"

#include "experiments/design/schedule.hpp"

namespace assay::record {
namespace {

constexpr int kRunsOfEach = 10;

Plan deploy_plan() {
  Plan plan;
  plan.id = "deploy";
  plan.hypothesis = "Polling makes a deploy faster";
  plan.variable = {.kind = VariableKind::env,
                   .name = "READY_MODE",
                   .levels = {{"sleep", EnvironmentLevel{"sleep"}}, {"poll", EnvironmentLevel{"poll"}}}};
  Workload workload;
  workload.name = "site";
  workload.command = {"./deploy"};
  workload.states = {"cold", "warm"};
  plan.workloads = {workload};
  plan.states = {State{.name = "cold"}, State{.name = "warm"}};
  Metric wall = *find_built_in_metric("wall");
  wall.role = MetricRole::primary;
  wall.margin = Percent{3};
  plan.metrics = {wall};
  plan.folder = "/srv/deploy";
  plan.seed = Seed{7};
  return plan;
}

BaselineTrial deploy_trial(const Plan& plan, std::size_t cell, int number) {
  const nanoseconds wall = std::chrono::milliseconds((cell == 0 ? 200 : 100) + number - 1);
  BaselineTrial trial;
  trial.cell = cell;
  trial.number = number;
  trial.started_ns = 1'772'373'959'000'000'000 + number;
  trial.padding = design::drawn_padding(plan, cell, number);
  trial.trial.outcome = Measured{};
  trial.trial.usage.wall = wall;
  trial.trial.values = {built_in_value("wall", trial.trial.usage)};
  trial.phases.phases = {{.name = "pull", .spans = 1, .self = wall / 2, .total = wall / 2},
                         {.name = "start", .spans = 2, .self = wall / 5, .total = wall / 5}};
  trial.phases.rest = wall - wall / 2 - wall / 5;
  return trial;
}

}  // namespace

Baseline sample_baseline() {
  Baseline baseline;
  baseline.runs = kRunsOfEach;
  baseline.plan = deploy_plan();
  baseline.machine.hostname = "bench1";
  for (int number = 1; number <= kRunsOfEach; ++number) {
    for (std::size_t cell = 0; cell < 2; ++cell) baseline.trials.push_back(deploy_trial(baseline.plan, cell, number));
  }
  return baseline;
}

}  // namespace assay::record
