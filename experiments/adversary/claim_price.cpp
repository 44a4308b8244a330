#include "experiments/adversary/claim_price.hpp"

#include <cmath>

#include <fmt/format.h>

#include "experiments/adversary/challenge_plan.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/planning/expected_noise.hpp"

namespace assay::adversary {
namespace {

/// The ratio that the record estimates for what is claimed.
std::optional<double> estimated_ratio(const Claim& claim, const Record& record) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.cell.workload != claim.workload || comparison.cell.state != claim.state ||
        comparison.treatment.label != claim.treatment) {
      continue;
    }
    for (const MetricResult& result : comparison.metrics) {
      if (result.metric.name != claim.metric.name || !result.effect) continue;
      const double ratio = better_ratio(std::exp(result.effect->estimate), claim.metric.direction);
      if (std::isfinite(ratio)) return ratio;
    }
  }
  return std::nullopt;
}

/// The blocks of the claim's cell, with its metric as the primary one.
planning::ExpectedNoise noise_of(const Claim& claim, const Record& record) {
  Plan plan = record.plan;
  for (Metric& metric : plan.metrics) {
    metric.role = metric.name == claim.metric.name ? MetricRole::primary : MetricRole::observed;
  }
  return planning::measured_noise(plan, record.blocks, fmt::format("the blocks of record {:04}", record.number));
}

}  // namespace

std::optional<ClaimPrice> price_of(const Claim& claim, const std::optional<Record>& record,
                                   const std::optional<Percent>& guess, const PricedChallenge& challenge) {
  const auto* ratio = std::get_if<ClaimedRatio>(&claim.effect);
  if (ratio == nullptr || (!record && !guess)) return std::nullopt;
  const planning::ExpectedNoise noise = guess ? planning::guessed_noise(*guess) : noise_of(claim, *record);
  const Plan& plan = record ? record->plan : *claim.plan;
  const ChallengeCount count{.threads = challenge.threads};
  const ChallengeCount rough{.challenges = count.challenges / 2, .threads = count.threads};
  ChallengePlay play{.claimed = ratio->ratio,
                     .truth = ratio->ratio,
                     .direction = claim.metric.direction,
                     .alpha = challenge_alpha(plan.protocol.alpha, challenge.number),
                     .cap = challenge.cap.value_or(usual_cap(record)),
                     .noise = noise.noise};
  ClaimPrice price{.claimed = ratio->ratio,
                   .confirming = confirming_ratio(ratio->ratio),
                   .cap = play.cap,
                   .if_exact = play_challenges(play, count),
                   .if_estimate = std::nullopt,
                   .cap_for_most = std::nullopt,
                   .noise = noise.name,
                   .seconds_per_block = noise.seconds_per_block};
  if (price.if_exact.confirmed < kMostlyConfirmed) price.cap_for_most = cap_to_confirm(play, kMostlyConfirmed, rough);
  if (const auto estimate = record ? estimated_ratio(claim, *record) : std::nullopt) {
    play.truth = *estimate;
    price.if_estimate = play_challenges(play, count);
  }
  return price;
}

}  // namespace assay::adversary
