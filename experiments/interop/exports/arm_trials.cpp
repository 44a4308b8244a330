#include "experiments/interop/exports/arm_trials.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/text/arm_command.hpp"

namespace assay::interop {
namespace {

void add_trial(ArmTrials& trials, const Trial& trial) {
  trials.wall.push_back(in_seconds(trial.usage.wall));
  trials.user.push_back(in_seconds(trial.usage.user));
  trials.system.push_back(in_seconds(trial.usage.system));
  trials.memory.push_back(trial.usage.max_rss.count);
  trials.exit_codes.push_back(trial.exit_code);
}

/// Each trial of the arm, or of all arms, in blocks that count.
template <class Visit>
void for_each_trial(const AttemptView& attempt, std::size_t cell, std::optional<ArmIndex> arm, Visit visit) {
  for (const Block& block : attempt.blocks) {
    if (block.cell != cell || !counts(attempt, block)) continue;
    for (const Trial& trial : block.trials) {
      if (!arm || trial.arm == *arm) visit(trial);
    }
  }
}

ArmTrials trials_of(const AttemptView& attempt, std::size_t cell, std::optional<ArmIndex> arm) {
  const bool elsewhere = is_measured_elsewhere(attempt.plan, cells(attempt.plan)[cell]);
  ArmTrials trials;
  for_each_trial(attempt, cell, arm, [&](const Trial& trial) {
    if (!is_measured(trial.outcome)) {
      ++trials.failed;
    } else if (elsewhere) {
      trials.wall.push_back(trial.values.at(0).value());
    } else {
      add_trial(trials, trial);
    }
  });
  return trials;
}

}  // namespace

bool counts(const AttemptView& attempt, const Block& block) {
  if (is_void(block)) return false;
  if (attempt.plan.groups.empty()) return true;
  const auto& comparisons = attempt.result.comparisons;
  return std::any_of(comparisons.begin(), comparisons.end(), [&block](const Comparison& comparison) {
    return comparison.cell.index == block.cell && block.number <= comparison.blocks;
  });
}

bool is_measured_elsewhere(const Plan& plan, const Cell& cell) {
  return arm_command(plan, cell, kControl).empty();
}

ArmTrials arm_trials(const AttemptView& attempt, std::size_t cell, ArmIndex arm) {
  return trials_of(attempt, cell, arm);
}

ArmTrials trials_of_all_arms(const AttemptView& attempt, std::size_t cell) {
  return trials_of(attempt, cell, std::nullopt);
}

std::vector<double> metric_values(const AttemptView& attempt, std::size_t cell, ArmIndex arm, std::size_t metric) {
  std::vector<double> values;
  for_each_trial(attempt, cell, arm, [&](const Trial& trial) {
    const bool has_value = is_measured(trial.outcome) && metric < trial.values.size() && trial.values[metric];
    if (has_value) values.push_back(*trial.values[metric]);
  });
  return values;
}

std::vector<ArmOfCell> arms_of(const Plan& plan) {
  std::vector<ArmOfCell> arms;
  const std::size_t cell_count = cells(plan).size();
  for (std::size_t cell = 0; cell < cell_count; ++cell) {
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) arms.push_back({cell, arm});
  }
  return arms;
}

std::string command_of(const Plan& plan, const ArmOfCell& arm) {
  const Cell cell = cells(plan)[arm.cell];
  return is_measured_elsewhere(plan, cell) ? plan.variable.levels.at(arm.arm).label : arm_command(plan, cell, arm.arm);
}

std::string arm_and_cell(const Plan& plan, const ArmOfCell& arm) {
  const std::string name =
      arm_count(plan) == 2 ? (arm.arm == kControl ? "control" : "treatment") : plan.variable.levels.at(arm.arm).label;
  return fmt::format("{}/{}", name, cell_name(plan, cells(plan)[arm.cell]));
}

double in_seconds(nanoseconds duration) {
  return static_cast<double>(duration.count()) / 1e9;
}

double in_nanoseconds(double seconds) {
  const double product = seconds * 1e9;
  const double whole = std::round(product);
  // Division and multiplication are each rounded by half a unit of the last place, and so is a sum of two times.
  const double rounding = 2 * std::numeric_limits<double>::epsilon() * std::abs(product);
  return std::abs(product - whole) <= rounding ? whole : product;
}

}  // namespace assay::interop
