#include "experiments/decide/rules/outlived.hpp"

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"

namespace assay::decide {
namespace {

int outlived_trials(std::span<const Block> blocks, ArmIndex arm) {
  int count = 0;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, arm)) count += trial->left_running.empty() ? 0 : 1;
  }
  return count;
}

}  // namespace

Diagnostic outlived_diagnostic(std::span<const Block> blocks, ArmIndex treatment) {
  const int control = outlived_trials(blocks, kControl);
  const int of_treatment = outlived_trials(blocks, treatment);
  Diagnostic diagnostic{.kind = DiagnosticKind::left_running};
  diagnostic.flag = control + of_treatment > 0;
  diagnostic.statistic = control + of_treatment;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "processes were left running after {} trials of control and {} of treatment: what they still did was not "
        "measured",
        control, of_treatment);
  }
  return diagnostic;
}

}  // namespace assay::decide
