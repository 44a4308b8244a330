#include "experiments/cli/wording/claim_price.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/planning/expected_noise.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

constexpr int kLeastCap = 60;
constexpr double kMost = 0.8;

/// The ratio that the record estimates for what is claimed.
std::optional<double> estimated_ratio(const Claim& claim, const Record& record) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (comparison.cell.workload != claim.workload || comparison.cell.state != claim.state ||
        comparison.treatment.label != claim.treatment) {
      continue;
    }
    for (const MetricResult& result : comparison.metrics) {
      if (result.metric.name != claim.metric.name || !result.effect) continue;
      const double ratio = adversary::better_ratio(std::exp(result.effect->estimate), claim.metric.direction);
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

int cap_of(const std::optional<Record>& record) {
  return std::max(kLeastCap, record ? 2 * record->result.blocks : 0);
}

std::string chance_line(const std::string& condition, const adversary::GradeShares& shares) {
  return fmt::format("  if {}: {} confirmed, after {} on average\n", condition, report::share_text(shares.confirmed),
                     report::count_text(static_cast<int>(std::lround(shares.mean_blocks)), "block"));
}

nlohmann::json shares_json(const adversary::GradeShares& shares) {
  return {{"confirmed", shares.confirmed},
          {"exaggerated", shares.exaggerated},
          {"refuted", shares.refuted},
          {"inconclusive", shares.inconclusive},
          {"mean_blocks", shares.mean_blocks}};
}

}  // namespace

std::optional<ClaimPrice> price_of(const Claim& claim, const std::optional<Record>& record,
                                   const std::optional<Percent>& guess, const PricedChallenge& challenge) {
  const auto* ratio = std::get_if<ClaimedRatio>(&claim.effect);
  if (ratio == nullptr || (!record && !guess)) return std::nullopt;
  const planning::ExpectedNoise noise = guess ? planning::guessed_noise(*guess) : noise_of(claim, *record);
  const Plan& plan = record ? record->plan : *claim.plan;
  const adversary::ChallengeCount count{.threads = challenge.threads};
  const adversary::ChallengeCount rough{.challenges = count.challenges / 2, .threads = count.threads};
  adversary::ChallengePlay play{.claimed = ratio->ratio,
                                .truth = ratio->ratio,
                                .direction = claim.metric.direction,
                                .alpha = adversary::challenge_alpha(plan.protocol.alpha, challenge.number),
                                .cap = challenge.cap.value_or(cap_of(record)),
                                .noise = noise.noise};
  ClaimPrice price{.claimed = ratio->ratio,
                   .confirming = adversary::confirming_ratio(ratio->ratio),
                   .cap = play.cap,
                   .if_exact = adversary::play_challenges(play, count),
                   .if_estimate = std::nullopt,
                   .cap_for_most = std::nullopt,
                   .noise = noise.name,
                   .seconds_per_block = noise.seconds_per_block};
  if (price.if_exact.confirmed < kMost) price.cap_for_most = adversary::cap_to_confirm(play, kMost, rough);
  if (const auto estimate = record ? estimated_ratio(claim, *record) : std::nullopt) {
    play.truth = *estimate;
    price.if_estimate = adversary::play_challenges(play, count);
  }
  return price;
}

std::string price_text(const ClaimPrice& price) {
  std::string text =
      fmt::format("  a challenge confirms it where its interval reaches {}x; chances within {} blocks, on {}:\n",
                  report::ratio_text(price.confirming, price.confirming), price.cap, price.noise);
  text += chance_line("it is exactly true", price.if_exact);
  if (price.if_estimate) text += chance_line("the record's estimate is true", *price.if_estimate);
  if (price.if_exact.confirmed < kMost) {
    text += price.cap_for_most
                ? fmt::format("  a cap of {} blocks confirms an exactly true claim in 80 %\n", *price.cap_for_most)
                : "  not even 500 blocks confirm an exactly true claim in 80 %\n";
  }
  if (price.seconds_per_block) {
    text += fmt::format("  a block takes about {}\n", report::rough_duration_text(*price.seconds_per_block));
  }
  return text;
}

nlohmann::json price_json(const ClaimPrice& price) {
  return {{"claimed_ratio", price.claimed},
          {"confirming_ratio", price.confirming},
          {"cap", price.cap},
          {"noise", price.noise},
          {"if_exact", shares_json(price.if_exact)},
          {"if_estimate", price.if_estimate ? shares_json(*price.if_estimate) : nlohmann::json(nullptr)},
          {"cap_for_80_percent", price.cap_for_most ? nlohmann::json(*price.cap_for_most) : nlohmann::json(nullptr)}};
}

std::string no_price_text(const Claim& claim) {
  if (!std::holds_alternative<ClaimedRatio>(claim.effect)) return "";
  return "  what it takes to confirm it is not known before something was measured: give --noise PERCENT, or claim "
         "from a record\n";
}

}  // namespace assay::cli
