#include "stats/costly/costly_test.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"
#include "stats/costly/randomised_shift.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/interval.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kFewestForAVerdict = 5;

/// The strata that this many trials of each arm fill; std::nullopt if one is only partly filled.
std::vector<int> filled_strata(const std::vector<int>& strata, std::size_t trials) {
  std::vector<int> filled;
  std::size_t sum = 0;
  for (const int size : strata) {
    if (sum == trials) return filled;
    filled.push_back(size);
    sum += static_cast<std::size_t>(size);
  }
  return sum == trials ? filled : std::vector<int>{};
}

Interval signed_rank_interval(std::span<const double> effects, double level) {
  SignedRankDistribution distribution;
  distribution.extend_to(static_cast<int>(effects.size()));
  const std::int64_t critical_value = distribution.critical_value(level);
  const WalshAverages averages(effects);
  return {.low = averages.lower_end(critical_value), .high = averages.upper_end(critical_value)};
}

}  // namespace

Look CostlyTest::look(const CostlyValues& values, double resolution) {
  ASSAY_ASSERT(done_ < design_.looks);
  ++done_;
  return look_with(values, 1.0 / design_.looks, resolution);
}

Look CostlyTest::final_look(const CostlyValues& values, double resolution) {
  const double share = static_cast<double>(design_.looks - done_) / design_.looks;
  if (share == 0) return last_;
  done_ = design_.looks;
  return look_with(values, share, resolution);
}

Look CostlyTest::look_with(const CostlyValues& values, double share, double resolution) {
  const std::vector<int> filled = filled_strata(design_.strata, values.control.size());
  last_.blocks = static_cast<int>(values.control.size());
  last_.repeated = last_.equivalence = kUnbounded;
  last_.equivalent = last_.beyond_margin = false;
  if (filled.empty()) {
    last_.estimate = WalshAverages(values.effects).median();
    last_.too_few = values.control.size() < kFewestForAVerdict;
    return last_;
  }
  const RandomisedShift shift({.control = values.control, .treatment = values.treatment, .strata = filled});
  const SideLevels levels{.below_zero = share * design_.alpha.below_zero,
                          .above_zero = share * design_.alpha.above_zero};
  last_.estimate = shift.estimate();
  const PrintedInterval difference = running_difference_.add(shift.interval(levels), last_.estimate, Stability::stable);
  const PrintedInterval equivalence = running_equivalence_.add(
      signed_rank_interval(values.effects, share * design_.alpha_equivalence), last_.estimate, Stability::stable);
  last_.repeated = widened(difference.interval, resolution);
  last_.equivalence = widened(equivalence.interval, resolution);
  last_.falls_back = difference.falls_back || equivalence.falls_back;
  last_.too_few = values.control.size() < kFewestForAVerdict;
  if (last_.too_few) return last_;

  p_ = std::min({p_, 2 * shift.p_below_zero() / share, 2 * shift.p_above_zero() / share});
  const double least = design_.kappa * design_.margin;
  crossed_ = crossed_ || shift.p_below_zero() <= levels.below_zero || shift.p_above_zero() <= levels.above_zero;
  if (design_.intervals == IntervalScope::all_looks) {
    last_.read_off(least, design_.margin, widened(running_difference_.intersection(), resolution));
    return last_;
  }
  last_.below_zero |= shift.p_below_zero() <= levels.below_zero;
  last_.above_zero |= shift.p_above_zero() <= levels.above_zero;
  last_.below_kappa_margin |= last_.repeated.high < -least;
  last_.above_kappa_margin |= last_.repeated.low > least;
  last_.note({.not_above = last_.equivalence.high < design_.margin,
              .not_below = -design_.margin < last_.equivalence.low,
              .beyond = design_.margin < last_.repeated.low});
  return last_;
}

}  // namespace assay::stats
