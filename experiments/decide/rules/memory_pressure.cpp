#include "experiments/decide/rules/memory_pressure.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/rules/more_often.hpp"

namespace assay::decide {
namespace {

/// A trial that waited for less than one part in so many of its time was not held up.
constexpr int kNotablePart = 100;

bool was_killed_for_memory(const Trial& trial) {
  return trial.usage.oom_kills > 0;
}

bool was_pressed(const Trial& trial) {
  const Strain& strain = trial.strain;
  const bool waited =
      strain.memory_full_stalled > nanoseconds{} && strain.memory_full_stalled * kNotablePart >= trial.usage.wall;
  return was_killed_for_memory(trial) || strain.oom_kills > 0 || strain.swapped > Bytes{} || waited;
}

template <class Shows>
int trials_that_show(std::span<const Block> blocks, ArmIndex arm, Shows shows) {
  int count = 0;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, arm)) count += shows(*trial) ? 1 : 0;
  }
  return count;
}

bool only_treatment_was_killed(std::span<const Block> blocks, ArmIndex treatment) {
  return trials_that_show(blocks, treatment, was_killed_for_memory) > 0 &&
         trials_that_show(blocks, kControl, was_killed_for_memory) == 0;
}

}  // namespace

int pressed_trials(std::span<const Block> blocks, ArmIndex arm) {
  return trials_that_show(blocks, arm, was_pressed);
}

Diagnostic memory_pressure_diagnostic(std::span<const Block> blocks, ArmIndex treatment) {
  const int control = pressed_trials(blocks, kControl);
  const int of_treatment = pressed_trials(blocks, treatment);
  Diagnostic diagnostic{.kind = DiagnosticKind::memory_pressure};
  diagnostic.flag = control + of_treatment > 0;
  diagnostic.statistic = control + of_treatment;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "memory ran out, was swapped, or everything waited for it in {} trials of control and {} of treatment{}",
        control, of_treatment,
        treatment_runs_out_of_memory(blocks, treatment) ? ": not kept"
                                                        : ", which is not shown to be more often in treatment");
  }
  return diagnostic;
}

bool treatment_runs_out_of_memory(std::span<const Block> blocks, ArmIndex treatment) {
  return only_treatment_was_killed(blocks, treatment) ||
         is_more_often(blocks, {.more = treatment, .less = kControl}, was_pressed);
}

}  // namespace assay::decide
