#include "experiments/decide/methods/share_test.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"
#include "stats/sequential/sequential_share_difference.hpp"

namespace assay::decide {

DiscordantCounts discordant_counts(std::span<const double> oriented) {
  DiscordantCounts counts;
  counts.blocks = static_cast<int>(oriented.size());
  for (const double effect : oriented) {
    counts.treatment_worse += effect > 0 ? 1 : 0;
    counts.control_worse += effect < 0 ? 1 : 0;
  }
  return counts;
}

ShareTest::ShareTest(ShareTestDesign design) : design_(std::move(design)) {
  ASSAY_ASSERT(design_.margin > 0);
}

std::vector<stats::CountLook> ShareTest::looks_at(int DiscordantCounts::*count, double level) const {
  std::vector<stats::CountLook> looks;
  for (std::size_t index = 0; index < counts_.size(); ++index) {
    looks.push_back({counts_[index].blocks, counts_[index].*count, level * spent_[index].of_bounds});
  }
  return looks;
}

namespace {

constexpr auto kTreatmentWorse = &DiscordantCounts::treatment_worse;
constexpr auto kControlWorse = &DiscordantCounts::control_worse;
/// The end of an interval that excludes 0 only just, where the signs show a difference and the shares hardly do.
constexpr double kBeyondZero = std::numeric_limits<double>::min();

/// The interval with each end beyond 0 if the signs show the direction, and only then.
Interval agreeing_with(const stats::Look& sign_look, Interval interval) {
  interval.low = sign_look.above_zero ? std::max(interval.low, kBeyondZero) : std::min(interval.low, 0.0);
  interval.high = sign_look.below_zero ? std::min(interval.high, -kBeyondZero) : std::max(interval.high, 0.0);
  return interval;
}

}  // namespace

/// Each end is the difference of two bounds, which share the level of its side.
Interval ShareTest::interval_of_bounds() const {
  const auto upper = [this](auto count, double level) { return sequential_upper_bound(looks_at(count, level)); };
  const auto lower = [this](auto count, double level) { return sequential_lower_bound(looks_at(count, level)); };
  const double for_low = design_.levels.sides.above_zero / 2;
  const double for_high = design_.levels.sides.below_zero / 2;
  return {lower(kTreatmentWorse, for_low) - upper(kControlWorse, for_low),
          upper(kTreatmentWorse, for_high) - lower(kControlWorse, for_high)};
}

Interval ShareTest::interval_of_difference() const {
  std::vector<stats::DiscordantLook> looks;
  for (std::size_t index = 0; index < counts_.size(); ++index) {
    looks.push_back({.blocks = counts_[index].blocks,
                     .treatment_worse = counts_[index].treatment_worse,
                     .control_worse = counts_[index].control_worse,
                     .spending_share = spent_[index].of_difference});
  }
  return stats::share_difference_interval(looks, design_.levels.sides);
}

/// What was shown at an earlier look stays shown.
void ShareTest::claim_by_bounds(const stats::Look& sign_look) {
  last_.repeated = interval_of_bounds();
  if (sign_look.above_zero) last_.repeated.low = std::max(last_.repeated.low, 0.0);
  if (sign_look.below_zero) last_.repeated.high = std::min(last_.repeated.high, 0.0);
  const double least = design_.kappa * design_.margin;
  last_.below_kappa_margin |= last_.repeated.high < -least || (least == 0 && last_.below_zero);
  last_.above_kappa_margin |= last_.repeated.low > least || (least == 0 && last_.above_zero);
}

void ShareTest::claim_by_difference(const stats::Look& sign_look) {
  const Interval own = interval_of_difference();
  running_.add(own, last_.estimate, stats::Stability::stable);
  const Interval narrowed = agreeing_with(sign_look, running_.intersection());
  const stats::PrintedInterval printed =
      stats::printed_interval(narrowed, own, last_.estimate, stats::Stability::stable);
  last_.falls_back = printed.falls_back;
  last_.repeated = printed.falls_back ? Interval{std::min(own.low, 0.0), std::max(own.high, 0.0)} : printed.interval;
  if (printed.falls_back) last_.below_zero = last_.above_zero = false;
  const double least = design_.kappa * design_.margin;
  last_.below_kappa_margin = last_.repeated.high < -least;
  last_.above_kappa_margin = last_.repeated.low > least;
  last_.withdrawn = last_.falls_back && ((narrowed.high < -least && !last_.below_kappa_margin) ||
                                         (least < narrowed.low && !last_.above_kappa_margin));
}

double ShareTest::spent() const {
  const SpentShares& last = spent_.back();
  const bool difference_spends = design_.interval == ShareInterval::difference;
  return difference_spends ? std::max(last.of_bounds, last.of_difference) : last.of_bounds;
}

stats::Look ShareTest::look(const DiscordantCounts& counts, const stats::Look& sign_look, const SpentShares& spent) {
  counts_.push_back(counts);
  spent_.push_back(spent);
  last_.blocks = counts.blocks;
  last_.estimate = static_cast<double>(counts.treatment_worse - counts.control_worse) / counts.blocks;
  last_.below_zero = sign_look.below_zero;
  last_.above_zero = sign_look.above_zero;
  if (design_.interval == ShareInterval::two_bounds) {
    claim_by_bounds(sign_look);
  } else {
    claim_by_difference(sign_look);
  }
  const double level = design_.levels.equivalence;
  const auto upper = [&](auto count) { return sequential_upper_bound(looks_at(count, level)); };
  last_.equivalence = {-upper(kControlWorse), upper(kTreatmentWorse)};
  last_.note({.not_above = shown_below(looks_at(kTreatmentWorse, level), design_.margin),
              .not_below = shown_below(looks_at(kControlWorse, level), design_.margin),
              .beyond = last_.repeated.low > design_.margin});
  return last_;
}

}  // namespace assay::decide
