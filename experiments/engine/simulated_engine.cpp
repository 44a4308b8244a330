#include "experiments/engine/simulated_engine.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <thread>

#include <fmt/format.h>

#include "core/engine/weight.hpp"
#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/engine/lanes/order_groups.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::engine {
namespace {

constexpr std::int64_t kFirstBlock = 1'767'225'600'000'000'000;  // 2026-01-01 00:00 UTC
constexpr std::int64_t kBlockSpacing = 1'000'000'000;
constexpr double kCpuShare = 0.9;
constexpr double kUserShare = 0.8;
constexpr std::int64_t kMemory = 10'000'000;

nanoseconds from_seconds(double seconds) {
  return nanoseconds{std::llround(seconds * 1e9)};
}

Percent shift_of(const Simulation& simulation, ArmIndex arm) {
  if (arm == kControl) return Percent{0};
  return simulation.shifts.empty() ? simulation.shift : simulation.shifts.at(arm - 1);
}

/// The factor by which one trial's noise and its arm's shift multiply a positive quantity.
double drawn_factor(const Simulation& simulation, ArmIndex arm, Generator& generator) {
  const double shift = 1 + shift_of(simulation, arm).fraction();
  return shift * std::exp(simulation.noise.fraction() * generator.normal());
}

Usage simulated_usage(const Simulation& simulation, double factor) {
  const double wall = simulation.baseline_seconds * factor;
  Usage usage;
  usage.wall = std::max(from_seconds(wall), nanoseconds{1});
  usage.user = from_seconds(wall * kUserShare);
  usage.system = from_seconds(wall * (kCpuShare - kUserShare));
  usage.max_rss = Bytes{kMemory};
  usage.memory_peak = Bytes{kMemory};
  return usage;
}

double simulated_value(const Plan& plan, const Metric& metric, ArmIndex arm, Generator& generator) {
  return metric.kind == MetricKind::proportion ? 1 : drawn_factor(*plan.simulation, arm, generator);
}

/// A trial with values of all metrics. It draws equally many numbers whatever its outcome, so that a failure changes no
/// other trial.
Trial simulated_trial(const Plan& plan, const Workload& workload, ArmIndex arm, Generator& generator) {
  const Simulation& simulation = *plan.simulation;
  Trial trial;
  trial.arm = arm;
  trial.usage = simulated_usage(simulation, drawn_factor(simulation, arm, generator));
  const bool fails = generator.uniform() < simulation.failure_rate && arm != kControl;
  trial.outcome = fails ? Outcome(Exited{1}) : Outcome(Measured{});
  for (const Metric& metric : plan.metrics) {
    const auto* const built_in = std::get_if<BuiltInSource>(&metric.source);
    std::optional<double> value = built_in != nullptr ? built_in_value(built_in->name, trial.usage)
                                                      : simulated_value(plan, metric, arm, generator);
    if (fails || !applies_to(metric.workloads, workload.name)) value.reset();
    trial.values.push_back(value);
  }
  return trial;
}

/// The arms of a block, grouped by which of them run at once.
std::vector<std::vector<ArmIndex>> run_together(const BlockOrder& order, Design design) {
  if (design == Design::duet) return {order.arms};
  std::vector<std::vector<ArmIndex>> steps;
  for (const ArmIndex arm : order.arms) steps.push_back({arm});
  return steps;
}

/// Sleeps in short pieces, so that a request to stop is noticed.
/// \returns true if it slept to the end of the time.
bool sleep_unless_stopped(nanoseconds pace, const StopSignal& stop) {
  constexpr nanoseconds kPiece = std::chrono::milliseconds(20);
  const nanoseconds end = host::monotonic_time() + pace;
  for (;;) {
    if (stop() == StopRequest::at_once) return false;
    const nanoseconds left = end - host::monotonic_time();
    if (left <= nanoseconds{0}) return true;
    std::this_thread::sleep_for(std::min(left, kPiece));
  }
}

}  // namespace

Block simulated_block(const Plan& plan, const BlockOrder& order) {
  const std::vector<Cell> all_cells = cells(plan);
  const Workload& workload = workload_of(plan, all_cells.at(order.cell));
  const auto number = static_cast<std::uint64_t>(order.number);
  // Blocks that run side by side start at the same time.
  const auto index = static_cast<std::int64_t>((number - 1) * all_cells.size() + group_of(plan, order.cell).front());
  Block block;
  block.cell = order.cell;
  block.number = order.number;
  block.rerun = order.rerun;
  block.padding = order.padding;
  block.started_ns = kFirstBlock + index * kBlockSpacing;
  block.beside = cells_beside(plan, order.cell);
  // Trials are drawn arm by arm, not in the order of the block, since the order must not change what an arm's trial is.
  Generator generator = plan.seed.stream(Stream::simulation, order.cell, number);
  std::vector<std::deque<Trial>> by_arm(arm_count(plan));
  for (int round = 0; round < rounds_per_block(plan.protocol); ++round) {
    for (ArmIndex arm = 0; arm < by_arm.size(); ++arm) {
      by_arm[arm].push_back(simulated_trial(plan, workload, arm, generator));
    }
  }
  for (const ArmIndex arm : order.arms) {
    block.trials.push_back(std::move(by_arm[arm].front()));
    by_arm[arm].pop_front();
  }
  return block;
}

SimulatedEngine::SimulatedEngine(EngineOptions options) : plan_(options.plan), step_(std::move(options.step)) {
  if (!plan_.simulation) throw Error("the plan has no simulation, which the engine \"simulated\" draws trials from");
}

std::vector<trial::Fingerprint> SimulatedEngine::fingerprints() {
  std::vector<trial::Fingerprint> all;
  for (std::size_t cell = 0; cell < cells(plan_).size(); ++cell) {
    const trial::SessionResources none{std::vector<trial::ArmResources>(arm_count(plan_)), "", ""};
    for (const trial::ArmSetup& setup : materialise(plan_, cell, none)) all.push_back(trial::declared_parts(setup));
  }
  return all;
}

void SimulatedEngine::prepare(const StopSignal&) {
  step_("simulated: nothing is run");
}

std::optional<DroppedBlock> SimulatedEngine::run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                                 const StopSignal& stop) {
  while (!orders.empty()) {
    if (stop() != StopRequest::none) return std::nullopt;
    const std::span<const BlockOrder> group = take_group(plan_, orders);
    for (const std::vector<ArmIndex>& together : run_together(group.front(), plan_.protocol.design)) {
      const nanoseconds started = host::monotonic_time();
      if (!sleep_unless_stopped(plan_.simulation->pace, stop)) {
        return DroppedBlock{group.front(), together, host::monotonic_time() - started};
      }
    }
    std::vector<Block> blocks;
    for (const BlockOrder& order : group) blocks.push_back(simulated_block(plan_, order));
    sink(std::move(blocks));
  }
  return std::nullopt;
}

std::vector<std::string> SimulatedEngine::take_notes() {
  return {};
}

void SimulatedEngine::finish() noexcept {}

}  // namespace assay::engine
