#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::decide {

// Hand-made plans and blocks: every value a test feeds in is stated there, and the order of the arms is that of the
// schedule, as an engine would have it.

/// One workload, warm; wall time as primary metric with a margin of 3 %; a control and a treatment.
inline Plan simple_plan() {
  Plan plan = test::small_plan(test::command_variable({"old"}, {"new"}));
  plan.id = "simple";
  plan.states = {{"warm", 1}};
  plan.protocol.attempts = 1;
  plan.seed = Seed(1);
  return plan;
}

/// Adds max_rss as a guard.
inline Plan guarded_plan(Percent margin) {
  Plan plan = simple_plan();
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = margin;
  plan.metrics.push_back(guard);
  return plan;
}

/// As many workloads with one state each: "work", "work2", ...
inline Plan plan_of_cells(std::size_t count, ClaimRule claim = ClaimRule::any) {
  Plan plan = simple_plan();
  while (plan.workloads.size() < count) {
    plan.workloads.push_back(plan.workloads[0]);
    plan.workloads.back().name += std::to_string(plan.workloads.size());
  }
  plan.protocol.claim = claim;
  return plan;
}

inline Trial measured(std::vector<std::optional<double>> values) {
  Trial trial;
  trial.values = std::move(values);
  trial.usage.wall = nanoseconds(static_cast<std::int64_t>(1e9 * trial.values[0].value_or(0)));
  return trial;
}
inline Trial measured(double value) {
  return measured(std::vector<std::optional<double>>{value});
}
inline Trial failed(Outcome outcome = Exited{1}) {
  Trial trial;
  trial.outcome = std::move(outcome);
  return trial;
}

/// The arms' trials in the order that the schedule drew. `arms`: control first.
inline Block block_of(const Plan& plan, int number, std::vector<Trial> arms, std::size_t cell = 0) {
  const BlockOrder order = design::block_order(plan, cell, number);
  Block block;
  block.cell = cell;
  block.number = number;
  block.padding = order.padding;
  for (const ArmIndex arm : order.arms) {
    arms[arm].arm = arm;
    block.trials.push_back(arms[arm]);
  }
  return block;
}

/// What the treatment does to a trial, and how noisy trials are.
struct Truth {
  double log_ratio = 0;  ///< of treatment to control
  double noise = 0.01;   ///< standard deviation of one trial's logarithm
  std::uint64_t seed = 1;
};

/// Two trials of about 1 s, log-normal.
inline std::pair<double, double> drawn_pair(const Truth& truth, std::size_t cell, int number) {
  Generator generator = Seed(truth.seed).stream(Stream::simulation, cell, static_cast<std::uint64_t>(number));
  const double control = std::exp(truth.noise * generator.normal());
  const double treatment = std::exp(truth.log_ratio + truth.noise * generator.normal());
  return {control, treatment};
}
inline Block drawn_block(const Plan& plan, int number, const Truth& truth, std::size_t cell = 0) {
  const auto [control, treatment] = drawn_pair(truth, cell, number);
  return block_of(plan, number, {measured(control), measured(treatment)}, cell);
}

/// Feeds blocks made by `make(number)` until the attempt is over or asks for no more.
template <class Make>
AttemptAnalysis& feed(AttemptAnalysis& analysis, Make make, int most = 1000) {
  for (int number = 1; number <= most && !analysis.finished(); ++number) analysis.add(make(number));
  return analysis;
}

template <class Make>
AttemptResult result_of(const Plan& plan, Make make, int most = 1000) {
  AttemptAnalysis analysis(plan);
  return feed(analysis, make, most).result();
}
/// Runs the attempt to its end on drawn blocks.
inline AttemptResult result_of(const Plan& plan, const Truth& truth) {
  return result_of(plan, [&](int number) { return drawn_block(plan, number, truth); });
}

/// All cells in turn, as a session runs them; `make(cell, number)`.
template <class Make>
AttemptResult result_of_cells(const Plan& plan, Make make) {
  AttemptAnalysis analysis(plan);
  while (!analysis.finished()) {
    for (std::size_t cell = 0; cell < cells(plan).size(); ++cell) {
      for (int left = analysis.blocks_to_next_look(cell); left > 0 && analysis.blocks_to_next_look(cell) > 0; --left) {
        analysis.add(make(cell, analysis.complete_blocks(cell) + 1));
      }
    }
  }
  return analysis.result();
}

}  // namespace assay::decide
