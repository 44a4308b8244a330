#include "experiments/record/reviews/trial_clocks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace assay::record {
namespace {

constexpr nanoseconds kLeastDifference = std::chrono::microseconds(10);

std::string milliseconds_text(nanoseconds time) {
  return fmt::format("{:.3f} ms", std::chrono::duration<double, std::milli>(time).count());
}

std::string trial_text(const BaselineTrial& trial) {
  return fmt::format("trial {}", trial.number);
}

bool is_measured_in(const BaselineTrial& trial, std::size_t cell) {
  return trial.cell == cell && is_measured(trial.trial.outcome);
}

/// The value of the plan's metric "wall" in this trial.
std::optional<double> stated_wall(const Plan& plan, const Trial& trial) {
  for (std::size_t index = 0; index < plan.metrics.size() && index < trial.values.size(); ++index) {
    if (plan.metrics[index].name == "wall") return trial.values[index];
  }
  return std::nullopt;
}

/// When each trial began, whichever cell it is of, in order.
std::vector<std::int64_t> sorted_starts(const Baseline& baseline) {
  std::vector<std::int64_t> starts;
  for (const BaselineTrial& trial : baseline.trials) starts.push_back(trial.started_ns);
  std::sort(starts.begin(), starts.end());
  return starts;
}

}  // namespace

bool is_same_time(nanoseconds one, nanoseconds other) {
  constexpr int kPercent = 100;
  const nanoseconds apart = std::chrono::abs(one - other);
  return apart <= std::max(kLeastDifference, std::max(one, other) / kPercent);
}

nanoseconds attributed_time(const PhaseTimes& phases) {
  nanoseconds sum = phases.rest;
  for (const PhaseTime& phase : phases.phases) sum += phase.self;
  return sum;
}

std::string sum_flaw(const Baseline& baseline, std::size_t cell) {
  for (const BaselineTrial& trial : baseline.trials) {
    const nanoseconds sum = attributed_time(trial.phases);
    if (!is_measured_in(trial, cell) || is_same_time(sum, trial.trial.usage.wall)) continue;
    return fmt::format("{}: {} of {}", trial_text(trial), milliseconds_text(sum),
                       milliseconds_text(trial.trial.usage.wall));
  }
  return "";
}

std::string clock_flaw(const Baseline& baseline, std::size_t cell) {
  const std::vector<std::int64_t> starts = sorted_starts(baseline);
  for (const BaselineTrial& trial : baseline.trials) {
    if (!is_measured_in(trial, cell)) continue;
    const nanoseconds wall = trial.trial.usage.wall;
    if (const std::optional<double> seconds = stated_wall(baseline.plan, trial.trial)) {
      const nanoseconds stated(std::llround(*seconds * 1e9));
      if (!is_same_time(stated, wall)) {
        return fmt::format("{}: {}, and the launcher measured {}", trial_text(trial), milliseconds_text(stated),
                           milliseconds_text(wall));
      }
    }
    const auto next = std::upper_bound(starts.begin(), starts.end(), trial.started_ns);
    if (next == starts.end()) continue;
    const nanoseconds room(*next - trial.started_ns);
    if (wall > room && !is_same_time(wall, room)) {
      return fmt::format("{}: {}, and the next one began after {}", trial_text(trial), milliseconds_text(wall),
                         milliseconds_text(room));
    }
  }
  return "";
}

}  // namespace assay::record
