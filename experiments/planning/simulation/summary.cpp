#include "experiments/planning/simulation/summary.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "stats/summary.hpp"

namespace assay::planning {
namespace {

/// The share of attempts of which this is true.
template <class Predicate>
double share_of(std::span<const decide::ComparisonOutline> played, const Predicate& is_true) {
  const auto count = std::count_if(played.begin(), played.end(), is_true);
  return static_cast<double>(count) / static_cast<double>(played.size());
}

/// The smallest number of blocks that 9 of 10 attempts did not exceed.
int p90_of(std::span<const decide::ComparisonOutline> played) {
  std::vector<int> blocks;
  for (const decide::ComparisonOutline& one : played) blocks.push_back(one.blocks);
  const std::size_t place = (9 * blocks.size() + 9) / 10 - 1;
  std::nth_element(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(place), blocks.end());
  return blocks[place];
}

/// Values without noise give an interval that is one point, which rounding moves by a few units in the last place.
constexpr double kRounding = 1e-9;

bool holds(const std::optional<Interval>& interval, double value) {
  return !interval || (interval->low - kRounding <= value && value <= interval->high + kRounding);
}

std::optional<double> median_estimate(std::span<const decide::ComparisonOutline> played) {
  std::vector<double> estimates;
  for (const decide::ComparisonOutline& one : played) {
    if (one.estimate) estimates.push_back(*one.estimate);
  }
  if (estimates.empty()) return std::nullopt;
  return stats::median(estimates);
}

}  // namespace

PlaySummary summarise(const Play& play, std::span<const decide::ComparisonOutline> played) {
  ASSAY_ASSERT(!played.empty());
  const Metric& metric = play.plan.metrics[primary_metric(play.plan)];
  const double effect = std::log1p(play.shift.fraction());
  const double worse_by = decide::worse_sign(metric) * effect;
  const double margin = decide::margin_on_scale(metric, {});

  PlaySummary summary;
  summary.attempts = static_cast<int>(played.size());
  for (const Verdict verdict :
       {Verdict::improved, Verdict::regressed, Verdict::equivalent, Verdict::inconclusive, Verdict::invalid}) {
    summary.shares[verdict] =
        share_of(played, [&](const decide::ComparisonOutline& one) { return one.verdict == verdict; });
  }
  for (const decide::ComparisonOutline& one : played) {
    if (one.verdict == Verdict::inconclusive) summary.reasons[one.reason] += 1.0 / static_cast<double>(played.size());
    summary.mean_blocks += one.blocks / static_cast<double>(played.size());
  }
  summary.p90_blocks = p90_of(played);
  summary.coverage =
      share_of(played, [&](const decide::ComparisonOutline& one) { return holds(one.interval, effect); });
  summary.not_worse = share_of(played, [](const decide::ComparisonOutline& one) { return one.not_worse; });
  summary.wrong_direction = (worse_by >= 0 ? summary.shares[Verdict::improved] : 0) +
                            (worse_by <= 0 ? summary.shares[Verdict::regressed] : 0);
  // A shift given as the margin itself is the hardest case of a false "equivalent", whatever rounding says of it.
  if (std::abs(effect) >= margin * (1 - 1e-12)) summary.false_equivalence = summary.shares[Verdict::equivalent];
  summary.median_estimate = median_estimate(played);
  return summary;
}

}  // namespace assay::planning
