#include "experiments/decide/rules/first_warm_up.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"

namespace assay::decide {
namespace {

nanoseconds longest_trial(std::span<const Block> blocks, ArmIndex arm) {
  nanoseconds longest{};
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, arm)) {
      if (is_measured(trial->outcome)) longest = std::max(longest, trial->usage.wall);
    }
  }
  return longest;
}

nanoseconds first_warm_up(const AuditResult& audit, std::size_t cell, ArmIndex arm) {
  for (const WarmUps& warm_ups : audit.warm_ups) {
    if (warm_ups.cell.index == cell && warm_ups.arm == arm && !warm_ups.walls.empty()) return warm_ups.walls.front();
  }
  return nanoseconds{};
}

/// How many times longer the first warm-up took than the longest trial; 0 if there is no such figure.
double excess(const AuditResult& audit, const Comparison& comparison, ArmIndex arm, std::span<const Block> blocks) {
  const nanoseconds longest = longest_trial(blocks, arm);
  if (longest.count() <= 0) return 0;
  const nanoseconds first = first_warm_up(audit, comparison.cell.index, arm);
  return static_cast<double>(first.count()) / static_cast<double>(longest.count());
}

}  // namespace

std::optional<Diagnostic> slow_first_warm_up(const AuditResult& audit, const Comparison& comparison, double claimed,
                                             std::span<const Block> blocks) {
  const ArmIndex arm = comparison.treatment.index;
  const double notable = std::exp(-claimed);
  const double of_treatment = excess(audit, comparison, arm, blocks);
  if (of_treatment <= notable || excess(audit, comparison, kControl, blocks) > notable) return std::nullopt;
  return Diagnostic{
      .kind = DiagnosticKind::first_warm_up,
      .flag = true,
      .statistic = of_treatment,
      .note = fmt::format("the first warm-up of {} took {}, its longest trial {}, and control shows no "
                          "such gap: later trials may live on what the first one left behind",
                          comparison.treatment.label, format_duration(first_warm_up(audit, comparison.cell.index, arm)),
                          format_duration(longest_trial(blocks, arm)))};
}

}  // namespace assay::decide
