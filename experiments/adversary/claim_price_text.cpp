#include "experiments/adversary/claim_price_text.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/quantity.hpp"

namespace assay::adversary {
namespace {

std::string chance_line(const std::string& condition, const GradeShares& shares) {
  return fmt::format("  if {}: {} confirmed, after {} on average\n", condition, report::share_text(shares.confirmed),
                     report::count_text(static_cast<int>(std::lround(shares.mean_blocks)), "block"));
}

nlohmann::json shares_json(const GradeShares& shares) {
  return {{"confirmed", shares.confirmed},
          {"exaggerated", shares.exaggerated},
          {"refuted", shares.refuted},
          {"inconclusive", shares.inconclusive},
          {"mean_blocks", shares.mean_blocks}};
}

}  // namespace

std::string price_text(const ClaimPrice& price) {
  std::string text =
      fmt::format("  a challenge confirms it where its interval reaches {}x; chances within {} blocks, on {}:\n",
                  report::ratio_text(price.confirming, price.confirming), price.cap, price.noise);
  text += chance_line("it is exactly true", price.if_exact);
  if (price.if_estimate) text += chance_line("the record's estimate is true", *price.if_estimate);
  if (price.if_exact.confirmed < kMostlyConfirmed) {
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

}  // namespace assay::adversary
