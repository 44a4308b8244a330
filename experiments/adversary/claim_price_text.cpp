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
  text += chance_line(price.not_worse_percent ? "nothing changed" : "it is exactly true", price.if_exact);
  if (price.if_estimate) text += chance_line("the record's estimate is true", *price.if_estimate);
  if (price.if_exact.confirmed < kMostlyConfirmed) {
    const std::string_view exact = price.not_worse_percent ? "it where nothing changed" : "an exactly true claim";
    text += price.cap_for_most ? fmt::format("  a cap of {} blocks confirms {} in 80 %\n", *price.cap_for_most, exact)
                               : fmt::format("  not even 500 blocks confirm {} in 80 %\n", exact);
  }
  if (price.seconds_per_block) {
    text += fmt::format("  a block takes about {}\n", report::rough_duration_text(*price.seconds_per_block));
  }
  return text;
}

nlohmann::json price_json(const ClaimPrice& price) {
  nlohmann::json object = {
      {"claimed_ratio", price.claimed},
      {"confirming_ratio", price.confirming},
      {"cap", price.cap},
      {"noise", price.noise},
      {"if_exact", shares_json(price.if_exact)},
      {"if_estimate", price.if_estimate ? shares_json(*price.if_estimate) : nlohmann::json(nullptr)},
      {"cap_for_80_percent", price.cap_for_most ? nlohmann::json(*price.cap_for_most) : nlohmann::json(nullptr)}};
  if (price.not_worse_percent) object["not_worse_percent"] = *price.not_worse_percent;
  return object;
}

namespace {

struct CostWords {
  const ClaimCost& cost;

  std::string operator()(const ClaimedRatio&) const { return unknown_noise(); }
  std::string operator()(const ClaimedLimit&) const {
    return fmt::format(
        "  a challenge is one session of {}, and six sessions at least an hour apart confirm it, if the "
        "figure of each keeps the limit; how likely that is depends on how near the true figure lies\n",
        report::count_text(cost.blocks, "block"));
  }
  std::string operator()(const ClaimedRate& rate) const {
    return fmt::format(
        "  a challenge confirms it after {} if no trial of treatment fails in them: in {} of challenges, "
        "if exactly {} succeed\n",
        report::count_text(cost.blocks, "block"), report::share_text(cost.if_exact.value_or(0)),
        report::share_text(rate.rate));
  }
  std::string operator()(const ClaimedNotWorse&) const { return unknown_noise(); }
  std::string operator()(const ClaimedCorrectness&) const {
    return fmt::format("  a challenge takes {} with every check, and confirms it if no trial of treatment fails\n",
                       report::count_text(cost.blocks, "block"));
  }

  [[nodiscard]] std::string unknown_noise() const {
    return fmt::format(
        "  a challenge takes at most {}; what it takes to confirm it is not known before something was "
        "measured: give a guess with --noise PERCENT, or run the experiment and claim from its record\n",
        report::count_text(cost.blocks, "block"));
  }
};

}  // namespace

std::string no_price_text(const Claim& claim, const ClaimCost& cost) {
  return std::visit(CostWords{cost}, claim.effect);
}

std::string point_warning(const Claim& claim, const std::optional<ExceededEnds>& exceeded) {
  if (!std::holds_alternative<ClaimedRatio>(claim.effect)) return "";
  const std::string rule =
      "a small effect that is claimed at the middle of what was measured is confirmed in about half "
      "of all challenges, even if it is true";
  if (exceeded && exceeded->far) {
    return fmt::format(
        "  it states more than the record's whole interval, {}x to {}x: what the record measured does not support it\n",
        report::beyond_one_text(exceeded->near), report::beyond_one_text(*exceeded->far));
  }
  if (exceeded) {
    return fmt::format("  it states more than the near end of the record's interval, {}x: {}\n",
                       report::beyond_one_text(exceeded->near), rule);
  }
  return claim.record.empty() ? fmt::format("  {}: state the near end of an interval\n", rule) : "";
}

}  // namespace assay::adversary
