#include "experiments/record/verification/figures.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <variant>

#include <fmt/format.h>

#include "experiments/record/reviews/trial_clocks.hpp"

namespace assay::record {
namespace {

constexpr std::int64_t kDay = 86'400'000'000'000;
constexpr std::int64_t kForgivenStep = kDay;
constexpr std::int64_t kLongestSilence = 30 * kDay;
constexpr double kTolerance = 1e-9;

bool is_same(double one, double other) {
  return std::abs(one - other) <= kTolerance * std::max({1.0, std::abs(one), std::abs(other)});
}

/// The first built-in metric whose value is not that of the trial's usage.
const Metric* contradicted_metric(const Plan& plan, const Trial& trial) {
  for (std::size_t index = 0; index < trial.values.size() && index < plan.metrics.size(); ++index) {
    const auto* const source = std::get_if<BuiltInSource>(&plan.metrics[index].source);
    if (source == nullptr || !trial.values[index]) continue;
    const std::optional<double> counted = built_in_value(source->name, trial.usage);
    if (!counted || !is_same(*trial.values[index], *counted)) return &plan.metrics[index];
  }
  return nullptr;
}

std::string flaw_in_trial(const Plan& plan, const Trial& trial) {
  if (const Metric* metric = contradicted_metric(plan, trial)) {
    return fmt::format("the value of {} is not that of the trial's own usage", metric->name);
  }
  if (!trial.phases || attributed_time(*trial.phases) == trial.usage.wall) return "";
  return fmt::format("the phases and the rest add up to {} ns, and the wall time is {} ns",
                     attributed_time(*trial.phases).count(), trial.usage.wall.count());
}

std::optional<std::string> contradicted_trial(const Record& record) {
  for (std::size_t block = 0; block < record.blocks.size(); ++block) {
    const std::vector<Trial>& trials = record.blocks[block].trials;
    for (std::size_t trial = 0; trial < trials.size(); ++trial) {
      const std::string flaw = flaw_in_trial(record.plan, trials[trial]);
      if (!flaw.empty()) return fmt::format("/blocks/{}/trials/{}: {}", block, trial, flaw);
    }
  }
  return std::nullopt;
}

bool was_taken_up_between(const Record& record, std::int64_t before, std::int64_t after) {
  return std::any_of(record.interruptions_ns.begin(), record.interruptions_ns.end(),
                     [=](std::int64_t moment) { return moment >= before && moment <= after; });
}

/// Between the end of one block and the beginning of the next, or the record's own date.
std::optional<std::string> contradicted_step(const Record& record, std::int64_t ended, std::int64_t next) {
  if (next < ended - kForgivenStep) return "lies before";
  const bool is_silent = next > ended + kLongestSilence && !was_taken_up_between(record, ended, next);
  if (is_silent) return "lies more than a month, without an interruption, after";
  return std::nullopt;
}

std::optional<std::string> contradicted_time(const Record& record) {
  std::optional<std::int64_t> ended;
  for (std::size_t index = 0; index < record.blocks.size(); ++index) {
    const Block& block = record.blocks[index];
    const bool is_beside_last = index > 0 && ran_side_by_side(record.blocks[index - 1], block);
    if (ended && !is_beside_last) {
      if (const auto flaw = contradicted_step(record, *ended, block.started_ns)) {
        return fmt::format("/blocks/{}/started_ns: it {} the end of the block before", index, *flaw);
      }
    }
    const std::int64_t own_end = block.started_ns + measuring_time(block, record.plan.protocol.design).count();
    ended = is_beside_last ? std::max(*ended, own_end) : own_end;
  }
  if (!ended) return std::nullopt;
  if (const auto flaw = contradicted_step(record, *ended, record.created_ns)) {
    return fmt::format("/created_ns: it {} the end of the last block", *flaw);
  }
  return std::nullopt;
}

bool used_cpu_time(const Trial& trial) {
  return trial.usage.user.count() > 0 || trial.usage.system.count() > 0;
}

}  // namespace

std::optional<std::string> contradiction_in(const Record& record) {
  if (auto flaw = contradicted_trial(record)) return flaw;
  // The blocks of a simulation have a calendar of their own.
  if (record.plan.simulation) return std::nullopt;
  return contradicted_time(record);
}

std::optional<std::string> oddity_in(const Record& record) {
  for (ArmIndex arm = 0; arm < arm_count(record.plan); ++arm) {
    bool was_run = false;
    bool used_cpu = false;
    for (const Block& block : record.blocks) {
      for (const Trial& trial : block.trials) {
        if (trial.arm != arm || !is_measured(trial.outcome)) continue;
        was_run = true;
        used_cpu = used_cpu || used_cpu_time(trial);
      }
    }
    if (was_run && !used_cpu) {
      return fmt::format("no trial of {} used any CPU time", record.plan.variable.levels[arm].label);
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
