#include "experiments/decide/challenge/grading.hpp"

#include <cmath>

#include "core/assert.hpp"

namespace assay::decide {
namespace {

/// The share of a claim's gain that has to be shown, so that a claim that is exactly true can be confirmed at all.
constexpr double kShownGain = 0.9;
/// Early, "refuted" is said only if the gain is surely below this share of what was claimed.
constexpr double kRefutedGain = 0.25;

constexpr double kFirstShare = 0.8;

}  // namespace

double confirming_ratio(double claimed) {
  return 1 + kShownGain * (claimed - 1);
}

double confirmed_claim(double near_end) {
  return 1 + (near_end - 1) / kShownGain;
}

Grade grade_ratio(double claimed, const RatioBounds& bounds, Moment moment) {
  ASSAY_ASSERT(claimed > 1);
  const Interval& ratio = bounds.ratio;
  const double needed = confirming_ratio(claimed);
  if (ratio.low >= needed) return Grade::confirmed;
  if (ratio.high >= needed) return Grade::inconclusive;
  if (ratio.low > 1) return Grade::exaggerated;
  if (bounds.strict_high >= needed) return Grade::inconclusive;
  const bool is_clear = ratio.high <= 1 + kRefutedGain * (claimed - 1);
  return is_clear || moment == Moment::at_cap ? Grade::refuted : Grade::inconclusive;
}

Grade grade_not_worse(double margin_percent, const Interval& ratio) {
  ASSAY_ASSERT(margin_percent > 0);
  const double least = 1 / (1 + margin_percent / 100);
  if (ratio.low > least) return Grade::confirmed;
  return ratio.high < least ? Grade::refuted : Grade::inconclusive;
}

double challenge_alpha(double alpha, int number) {
  ASSAY_ASSERT(number >= 1);
  if (number == 1) return kFirstShare * alpha;
  return (1 - kFirstShare) * alpha * std::exp2(1 - number);
}

}  // namespace assay::decide
