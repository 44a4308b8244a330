#include "experiments/interop/one_command.hpp"

#include <vector>

#include "experiments/interop/exports/arm_trials.hpp"
#include "stats/summary.hpp"

namespace assay::interop {
namespace {

double mean_or_zero(const std::vector<double>& values) {
  return values.empty() ? 0 : stats::mean(values);
}

}  // namespace

CommandFigures command_figures(const AttemptView& attempt) {
  const ArmTrials trials = trials_of_all_arms(attempt, 0);
  return {.command = command_of(attempt.plan, {}),
          .wall = stats::summarise(trials.wall, trials.failed),
          .user = mean_or_zero(trials.user),
          .system = mean_or_zero(trials.system),
          .percent_seen = attempt.result.advice.detectable_percent,
          .blocks_needed = attempt.result.advice.blocks_needed};
}

}  // namespace assay::interop
