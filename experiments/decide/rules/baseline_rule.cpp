#include "experiments/decide/rules/baseline_rule.hpp"

#include <algorithm>
#include <vector>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// A comparison of fewer shows nothing at 5 %: 2 * 2^-5 is more.
constexpr int kFewestMeasuredBlocks = 6;
constexpr int kOneIn = 4;  ///< blocks

bool all_measured(const Block& block, ArmIndex arm) {
  return !arm_failed(block, arm);
}

/// True if every trial of control ended by itself or by a limit that lies above this time.
bool gives_a_bound(const Block& block, std::optional<nanoseconds> treatment_time) {
  const std::vector<const Trial*> trials = trials_of(block, kControl);
  return std::all_of(trials.begin(), trials.end(), [&](const Trial* trial) {
    const auto* const timed_out = std::get_if<TimedOut>(&trial->outcome);
    return is_measured(trial->outcome) || (timed_out && treatment_time && *treatment_time < timed_out->limit);
  });
}

/// The median wall time of the treatment's measured trials.
std::optional<nanoseconds> typical_time(ArmIndex treatment, std::span<const Block> blocks) {
  std::vector<double> times;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, treatment)) {
      if (is_measured(trial->outcome)) times.push_back(static_cast<double>(trial->usage.wall.count()));
    }
  }
  if (times.empty()) return std::nullopt;
  return nanoseconds(static_cast<std::int64_t>(stats::median(times)));
}

}  // namespace

std::optional<VerdictReason> missing_arm(const Metric& primary, ArmIndex treatment, std::span<const Block> blocks) {
  if (primary.kind == MetricKind::proportion || blocks.empty()) return std::nullopt;
  const std::optional<nanoseconds> time = typical_time(treatment, blocks);
  if (std::none_of(blocks.begin(), blocks.end(), [&](const Block& block) { return gives_a_bound(block, time); })) {
    return VerdictReason::no_baseline;
  }
  if (!time) return VerdictReason::broken;
  return std::nullopt;
}

MetricVerdict after_baseline(const MetricVerdict& verdict, const Metric& primary, ArmIndex treatment,
                             std::span<const Block> blocks) {
  if (verdict.verdict != Verdict::improved || primary.kind == MetricKind::proportion) return verdict;
  const std::optional<nanoseconds> time = typical_time(treatment, blocks);
  const auto count = static_cast<int>(blocks.size());
  const auto both = static_cast<int>(std::count_if(blocks.begin(), blocks.end(), [&](const Block& block) {
    return gives_a_bound(block, time) && all_measured(block, treatment);
  }));
  const bool enough = both >= std::min(kFewestMeasuredBlocks, count) && kOneIn * both >= count;
  return enough ? verdict : MetricVerdict{Verdict::inconclusive, VerdictReason::control_fails};
}

}  // namespace assay::decide
