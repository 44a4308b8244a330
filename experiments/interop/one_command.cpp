#include "experiments/interop/one_command.hpp"

#include <vector>

#include "experiments/interop/exports/arm_trials.hpp"
#include "stats/summary.hpp"

namespace assay::interop {
namespace {

void append(std::vector<double>& all, const std::vector<double>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

double mean_or_zero(const std::vector<double>& values) {
  return values.empty() ? 0 : stats::mean(values);
}

}  // namespace

CommandFigures command_figures(const AttemptView& attempt) {
  std::vector<double> wall;
  std::vector<double> user;
  std::vector<double> system;
  int failed = 0;
  for (const ArmOfCell& arm : arms_of(attempt.plan)) {
    const ArmTrials trials = arm_trials(attempt, arm.cell, arm.arm);
    append(wall, trials.wall);
    append(user, trials.user);
    append(system, trials.system);
    failed += trials.failed;
  }
  return {.command = command_of(attempt.plan, {}),
          .wall = stats::summarise(wall, failed),
          .user = mean_or_zero(user),
          .system = mean_or_zero(system),
          .percent_seen = attempt.result.advice.detectable_percent,
          .blocks_needed = attempt.result.advice.blocks_needed};
}

}  // namespace assay::interop
