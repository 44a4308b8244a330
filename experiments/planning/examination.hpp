#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/machine_condition.hpp"
#include "core/units.hpp"
#include "experiments/planning/aa_result.hpp"
#include "experiments/planning/condition_share.hpp"
#include "experiments/planning/simulation/play.hpp"
#include "experiments/planning/simulation/summary.hpp"

namespace assay::planning {

/// How many blocks a metric needs on a machine.
struct MetricNeed {
  std::string metric;
  double tau = 0;  ///< standard deviation of a block's effect, as a log-ratio
  int blocks = 0;  ///< cap of a test that shows an effect as large as the margin with the plan's power
  friend bool operator==(const MetricNeed&, const MetricNeed&) = default;
};

/// What is measured about measuring itself.
struct MeasuringCosts {
  nanoseconds clock_step{};     ///< the smallest step of the clock
  nanoseconds clock_reading{};  ///< the time of one reading
  nanoseconds launched{};       ///< median time of the cheapest program, by the launcher
  nanoseconds started{};        ///< the same by a bare posix_spawn and wait4
  nanoseconds synced{};         ///< until 4 KiB are safe on the disk of the experiment's folder
  friend bool operator==(const MeasuringCosts&, const MeasuringCosts&) = default;
};

/// Whether a machine, as it is now, is fit to measure on.
struct Examination {
  std::vector<MachineCondition> conditions;
  std::vector<ConditionShare> shares = {};  ///< of those that could be tried one by one
  MeasuringCosts costs;
  std::string no_instructions;  ///< why the kernel counts no instructions here; empty if it does
  SelfComparison comparison;
  Percent margin{3};
  std::vector<MetricNeed> needs;      ///< the metric with the fewest blocks first
  std::optional<PlaySummary> played;  ///< the engine on this noise, without an effect; empty if nothing was measured
};

/// What the primary metric needs, and each other one of its quantity (no size decides how long something takes), from
/// the noise of these blocks alone: their effect is taken out. Values count that are above 0. Metrics without noise,
/// and those without values, are left out. Instructions stand for time; without noise they need the fewest blocks.
[[nodiscard]] std::vector<MetricNeed> metric_needs(const Plan& plan, const std::vector<Block>& blocks, Percent margin);

/// Plays the attempt's protocol on the noise of its own blocks, with nothing to find, up to 60 blocks. Empty if fewer
/// than two blocks have values.
[[nodiscard]] std::optional<PlaySummary> play_own_noise(const decide::JudgedAttempt& attempt, const PlayCount& count);

/// The share of plays without an effect that claimed one.
[[nodiscard]] double false_claims(const PlaySummary& played);

}  // namespace assay::planning
