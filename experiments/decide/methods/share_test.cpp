#include "experiments/decide/methods/share_test.hpp"

#include <algorithm>

#include "core/assert.hpp"

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
    looks.push_back({counts_[index].blocks, counts_[index].*count, level * shares_[index]});
  }
  return looks;
}

stats::Look ShareTest::look(const DiscordantCounts& counts, const stats::Look& sign_look, double spending_share) {
  counts_.push_back(counts);
  shares_.push_back(spending_share);
  constexpr auto kTreatmentWorse = &DiscordantCounts::treatment_worse;
  constexpr auto kControlWorse = &DiscordantCounts::control_worse;
  const auto upper = [this](auto count, double level) { return sequential_upper_bound(looks_at(count, level)); };
  const auto lower = [this](auto count, double level) { return sequential_lower_bound(looks_at(count, level)); };

  last_.blocks = counts.blocks;
  last_.estimate = static_cast<double>(counts.treatment_worse - counts.control_worse) / counts.blocks;
  // Each end is the difference of two bounds, which share the level of its side.
  const double for_low = design_.levels.sides.above_zero / 2;
  const double for_high = design_.levels.sides.below_zero / 2;
  last_.repeated = {lower(kTreatmentWorse, for_low) - upper(kControlWorse, for_low),
                    upper(kTreatmentWorse, for_high) - lower(kControlWorse, for_high)};
  last_.below_zero = sign_look.below_zero;
  last_.above_zero = sign_look.above_zero;
  if (last_.above_zero) last_.repeated.low = std::max(last_.repeated.low, 0.0);
  if (last_.below_zero) last_.repeated.high = std::min(last_.repeated.high, 0.0);

  const double least = design_.kappa * design_.margin;
  last_.below_kappa_margin |= last_.repeated.high < -least || (least == 0 && last_.below_zero);
  last_.above_kappa_margin |= last_.repeated.low > least || (least == 0 && last_.above_zero);

  const double level = design_.levels.equivalence;
  last_.equivalence = {-upper(kControlWorse, level), upper(kTreatmentWorse, level)};
  last_.note({.not_above = shown_below(looks_at(kTreatmentWorse, level), design_.margin),
              .not_below = shown_below(looks_at(kControlWorse, level), design_.margin),
              .beyond = last_.repeated.low > design_.margin});
  return last_;
}

}  // namespace assay::decide
