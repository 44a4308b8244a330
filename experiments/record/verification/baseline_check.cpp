#include "experiments/record/verification/baseline_check.hpp"

#include <fmt/format.h>

#include "experiments/design/schedule.hpp"
#include "experiments/record/reviews/trial_clocks.hpp"

namespace assay::record {
namespace {

std::optional<std::string> flaw_in_values(const Plan& plan, const Trial& trial) {
  for (std::size_t index = 0; index < trial.values.size() && index < plan.metrics.size(); ++index) {
    const auto* const built_in = std::get_if<BuiltInSource>(&plan.metrics[index].source);
    if (built_in == nullptr || !trial.values[index]) continue;
    const std::optional<double> measured = built_in_value(built_in->name, trial.usage);
    if (measured == trial.values[index]) continue;
    return fmt::format("/values/{}: {} is recorded, and its usage gives {}", index, *trial.values[index],
                       measured ? fmt::format("{}", *measured) : "nothing");
  }
  return std::nullopt;
}

std::optional<std::string> flaw_in_trial(const Plan& plan, const BaselineTrial& trial) {
  const std::size_t count = cells(plan).size();
  if (trial.cell >= count) return fmt::format("/cell: {} of a plan with {}", trial.cell, count);
  if (trial.number < 1) return fmt::format("/number: {}, and they count from 1", trial.number);
  if (trial.trial.arm != kControl)
    return fmt::format("/trial/arm: {}, and a baseline measures control", trial.trial.arm);
  const int drawn = design::drawn_padding(plan, trial.cell, trial.number);
  if (trial.padding != drawn) return fmt::format("/padding: recorded {}, drawn {}", trial.padding, drawn);
  if (const auto flaw = flaw_in_values(plan, trial.trial)) return "/trial" + *flaw;
  // A trial that never started has no phases and no time.
  const nanoseconds sum = attributed_time(trial.phases);
  if (sum == trial.trial.usage.wall) return std::nullopt;
  return fmt::format("/phases: they and the rest add up to {} ns, and the wall time is {} ns", sum.count(),
                     trial.trial.usage.wall.count());
}

}  // namespace

std::optional<std::string> flaw_in_baseline(const Baseline& baseline) {
  for (std::size_t index = 0; index < baseline.trials.size(); ++index) {
    if (const auto flaw = flaw_in_trial(baseline.plan, baseline.trials[index])) {
      return fmt::format("/payload/trials/{}{}", index, *flaw);
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
