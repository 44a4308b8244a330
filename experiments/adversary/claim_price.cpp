#include "experiments/adversary/claim_price.hpp"

#include <cmath>

#include <fmt/format.h>

#include "experiments/adversary/challenge_plan.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/planning/expected_noise.hpp"

namespace assay::adversary {
namespace {

/// The record's effect of what is claimed; nullptr if it has none.
const Effect* effect_in(const Claim& claim, const Record& record) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.cell.workload != claim.workload || comparison.cell.state != claim.state ||
        comparison.treatment.label != claim.treatment) {
      continue;
    }
    for (const MetricResult& result : comparison.metrics) {
      if (result.metric.name == claim.metric.name && result.effect) return &*result.effect;
    }
  }
  return nullptr;
}

/// The ratio that the record estimates for what is claimed.
std::optional<double> estimated_ratio(const Claim& claim, const Record& record) {
  const Effect* const effect = effect_in(claim, record);
  if (effect == nullptr) return std::nullopt;
  const double ratio = better_ratio(std::exp(effect->estimate), claim.metric.direction);
  return std::isfinite(ratio) ? std::optional(ratio) : std::nullopt;
}

/// The blocks of the claim's cell, with its metric as the primary one.
planning::ExpectedNoise noise_of(const Claim& claim, const Record& record) {
  Plan plan = record.plan;
  for (Metric& metric : plan.metrics) {
    metric.role = metric.name == claim.metric.name ? MetricRole::primary : MetricRole::observed;
  }
  return planning::measured_noise(plan, record.blocks, fmt::format("the blocks of record {:04}", record.number));
}

/// A challenge measures control twice more, once with a planted change, beside the two arms of the claim.
std::optional<double> challenge_seconds(const std::optional<double>& seconds_per_block, const Plan& plan) {
  constexpr double kArmsOfChallenge = 4;
  if (!seconds_per_block) return std::nullopt;
  return *seconds_per_block * kArmsOfChallenge / static_cast<double>(arm_count(plan));
}

}  // namespace

std::optional<ClaimPrice> price_of(const Claim& claim, const std::optional<Record>& record,
                                   const std::optional<Percent>& guess, const PricedChallenge& challenge) {
  const auto* ratio = std::get_if<ClaimedRatio>(&claim.effect);
  const auto* not_worse = std::get_if<ClaimedNotWorse>(&claim.effect);
  if ((ratio == nullptr && not_worse == nullptr) || (!record && !guess)) return std::nullopt;
  const double claimed = ratio != nullptr ? ratio->ratio : 1;
  const planning::ExpectedNoise noise = guess ? planning::guessed_noise(*guess) : noise_of(claim, *record);
  const Plan& plan = record ? record->plan : *claim.plan;
  const ChallengeCount count{.threads = challenge.threads};
  const ChallengeCount rough{.challenges = count.challenges / 2, .threads = count.threads};
  ChallengePlay play{.claimed = claimed,
                     .truth = claimed,
                     .direction = claim.metric.direction,
                     .alpha = challenge_alpha(plan.protocol.alpha, challenge.number),
                     .cap = challenge.cap.value_or(usual_cap(record)),
                     .noise = noise.noise};
  if (not_worse != nullptr) play.not_worse_percent = not_worse->margin_percent;
  ClaimPrice price{
      .claimed = claimed,
      .not_worse_percent = play.not_worse_percent,
      .confirming = not_worse != nullptr ? 1 / (1 + not_worse->margin_percent / 100) : confirming_ratio(claimed),
      .cap = play.cap,
      .if_exact = play_challenges(play, count),
      .if_estimate = std::nullopt,
      .cap_for_most = std::nullopt,
      .noise = noise.name,
      .seconds_per_block = challenge_seconds(noise.seconds_per_block, plan)};
  if (price.if_exact.confirmed < kMostlyConfirmed) price.cap_for_most = cap_to_confirm(play, kMostlyConfirmed, rough);
  if (const auto estimate = record ? estimated_ratio(claim, *record) : std::nullopt) {
    play.truth = *estimate;
    price.if_estimate = play_challenges(play, count);
  }
  return price;
}

ClaimCost cost_of(const Claim& claim, const std::optional<Record>& record, const PricedChallenge& challenge) {
  const ChallengeTarget target{
      .stated_by = {}, .claim = claim, .claimant = "", .record = record, .earlier = challenge.number - 1};
  ClaimCost cost{.blocks = challenge.cap.value_or(challenge_cap(target))};
  if (const auto* rate = std::get_if<ClaimedRate>(&claim.effect)) {
    const bool is_enough = cost.blocks >= challenge_cap(target);
    cost.if_exact = is_enough ? std::pow(rate->rate, challenge_cap(target)) : 0;
  }
  return cost;
}

std::optional<ExceededEnds> exceeded_ends(const Claim& claim, const std::optional<Record>& record) {
  const auto* ratio = std::get_if<ClaimedRatio>(&claim.effect);
  const Effect* const effect = ratio != nullptr && record ? effect_in(claim, *record) : nullptr;
  if (effect == nullptr) return std::nullopt;
  const bool lower_is_better = claim.metric.direction == Direction::lower;
  const auto ratio_at = [&claim](double end) { return better_ratio(std::exp(end), claim.metric.direction); };
  const double near = ratio_at(lower_is_better ? effect->interval.high : effect->interval.low);
  const double far = ratio_at(lower_is_better ? effect->interval.low : effect->interval.high);
  const auto is_exceeded = [ratio](double end) { return std::isfinite(end) && ratio->ratio > end * (1 + 1e-9); };
  if (!is_exceeded(near) || near <= 1) return std::nullopt;
  return ExceededEnds{.near = near, .far = is_exceeded(far) ? std::optional(far) : std::nullopt};
}

}  // namespace assay::adversary
