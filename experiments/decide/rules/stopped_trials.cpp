#include "experiments/decide/rules/stopped_trials.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/rules/more_often.hpp"

namespace assay::decide {
namespace {

bool was_stopped(const Trial& trial) {
  return trial.outside.stops > 0;
}

int stopped_trials(std::span<const Block> blocks, ArmIndex arm) {
  int count = 0;
  for (const Block& block : blocks) {
    const std::vector<const Trial*> trials = trials_of(block, arm);
    count += static_cast<int>(
        std::count_if(trials.begin(), trials.end(), [](const Trial* trial) { return was_stopped(*trial); }));
  }
  return count;
}

}  // namespace

Diagnostic stopped_diagnostic(std::span<const Block> blocks, ArmIndex treatment) {
  const int control = stopped_trials(blocks, kControl);
  const int of_treatment = stopped_trials(blocks, treatment);
  Diagnostic diagnostic{.kind = DiagnosticKind::stopped};
  diagnostic.flag = control + of_treatment > 0;
  diagnostic.statistic = control + of_treatment;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "signals stopped {} trials of control and {} of treatment, or the launcher meanwhile: the time until they went "
        "on is in their wall time{}",
        control, of_treatment, control_was_stopped(blocks, treatment) ? ": not kept" : "");
  }
  return diagnostic;
}

bool control_was_stopped(std::span<const Block> blocks, ArmIndex treatment) {
  return is_more_often(blocks, {.more = kControl, .less = treatment}, was_stopped);
}

}  // namespace assay::decide
