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

/// The first one of an arm; 0 if there is none.
nanoseconds first_of(const std::vector<WarmUps>& runs, std::size_t cell, ArmIndex arm) {
  for (const WarmUps& warm_ups : runs) {
    if (warm_ups.cell.index == cell && warm_ups.arm == arm && !warm_ups.walls.empty()) return warm_ups.walls.front();
  }
  return nanoseconds{};
}

/// How many times longer a first run took than the longest trial; 0 if there is no such figure.
double excess(nanoseconds first, std::span<const Block> blocks, ArmIndex arm) {
  const nanoseconds longest = longest_trial(blocks, arm);
  if (longest.count() <= 0) return 0;
  return static_cast<double>(first.count()) / static_cast<double>(longest.count());
}

/// What an excess must be above: half of the saving, as a ratio. A program that does control's work in its first run
/// and lives on it afterwards takes control's time then. That exceeds its longest trial by less than the whole saving,
/// which is one of medians.
double notable(const ClaimedTime& claim) {
  return std::exp(-claim.effect / 2);
}

}  // namespace

std::optional<Diagnostic> slow_first_warm_up(const AuditResult& audit, const ClaimedTime& claim,
                                             std::span<const Block> blocks) {
  const ArmIndex arm = claim.treatment.index;
  const nanoseconds first = first_of(audit.warm_ups, claim.cell, arm);
  const nanoseconds of_control = first_of(audit.warm_ups, claim.cell, kControl);
  const double of_treatment = excess(first, blocks, arm);
  if (of_treatment <= notable(claim) || excess(of_control, blocks, kControl) > notable(claim)) return std::nullopt;
  return Diagnostic{
      .kind = DiagnosticKind::first_warm_up,
      .flag = true,
      .statistic = of_treatment,
      .note = fmt::format("the first warm-up of {} took {}, its longest trial {}, and control shows no "
                          "such gap: later trials may live on what the first one left behind",
                          claim.treatment.label, format_duration(first), format_duration(longest_trial(blocks, arm)))};
}

std::optional<Diagnostic> fresh_start(const AuditResult& audit, const ClaimedTime& claim,
                                      std::span<const Block> blocks) {
  if (!slow_first_warm_up(audit, claim, blocks)) return std::nullopt;
  const ArmIndex arm = claim.treatment.index;
  const nanoseconds first = first_of(audit.fresh_starts, claim.cell, arm);
  if (first.count() <= 0) return std::nullopt;
  const double again = excess(first, blocks, arm);
  const bool is_slow = again > notable(claim) &&
                       excess(first_of(audit.fresh_starts, claim.cell, kControl), blocks, kControl) <= notable(claim);
  return Diagnostic{
      .kind = DiagnosticKind::fresh_start,
      .flag = true,
      .statistic = is_slow ? again : 0,
      .note = is_slow
                  ? fmt::format("in a fresh place {} took {} again: it lives on what its earlier runs left",
                                claim.treatment.label, format_duration(first))
                  : fmt::format("in a fresh place {} took {}: its first warm-up was slow for another reason, such as "
                                "pages that were not in memory",
                                claim.treatment.label, format_duration(first))};
}

}  // namespace assay::decide
