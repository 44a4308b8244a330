#include "experiments/adversary/claim_price.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/adversary/claim_price_text.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::adversary {
namespace claim_price_tests {

Claim claim_of(ClaimedEffect effect) {
  Claim claim;
  claim.plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  claim.workload = "work";
  claim.state = "warm";
  claim.treatment = "treatment";
  claim.metric = {"wall", "s", Direction::lower};
  claim.effect = effect;
  return claim;
}

/// Wall time is 1.5 times better, and at least 1.4 times.
Record record() {
  Record record;
  record.plan = *claim_of(ClaimedCorrectness{}).plan;
  Comparison comparison = blank_comparison(record.plan, 0, 1);
  MetricResult result;
  result.metric = record.plan.metrics.front();
  result.effect = Effect{};
  result.effect->estimate = -std::log(1.5);
  result.effect->interval = {-std::log(1.6), -std::log(1.4)};
  comparison.metrics.push_back(result);
  record.result.comparisons.push_back(comparison);
  return record;
}

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ClaimCost, OfARateIsTheBlocksWithoutAFailureThatShowItsFloor) {
  const Claim all = claim_of(ClaimedRate{1, 0.95});
  EXPECT_EQ(cost_of(all, std::nullopt, {}).blocks, 77);
  EXPECT_EQ(cost_of(all, std::nullopt, {}).if_exact, 1);
  EXPECT_NEAR(*cost_of(claim_of(ClaimedRate{0.99, 0.95}), std::nullopt, {}).if_exact, std::pow(0.99, 77), 1e-12);
  EXPECT_EQ(cost_of(all, std::nullopt, {.cap = 60}).if_exact, 0);
  EXPECT_TRUE(says(no_price_text(all, cost_of(all, std::nullopt, {})), "after 77 blocks"));
}

TEST(ClaimPrice, OfNotWorseIsPlayedWhereNothingChanged) {
  const Claim claim = claim_of(ClaimedNotWorse{10});
  EXPECT_FALSE(price_of(claim, std::nullopt, std::nullopt, {}));
  const auto quiet = price_of(claim, std::nullopt, Percent{3}, {.threads = 2});
  ASSERT_TRUE(quiet.has_value());
  EXPECT_GE(quiet->if_exact.confirmed, 0.9);
  EXPECT_NEAR(quiet->confirming, 1 / 1.1, 1e-12);
  EXPECT_TRUE(says(price_text(*quiet), "if nothing changed"));
  EXPECT_EQ(price_json(*quiet)["not_worse_percent"], 10);
  const auto noisy = price_of(claim_of(ClaimedNotWorse{1}), std::nullopt, Percent{20}, {.threads = 2});
  EXPECT_LE(noisy->if_exact.confirmed, 0.2);
  EXPECT_TRUE(says(price_text(*noisy), "500 blocks"));
}

TEST(ClaimCost, IsToldForEveryKindOfClaim) {
  for (const ClaimedEffect& effect :
       {ClaimedEffect(ClaimedRatio{4}), ClaimedEffect(ClaimedLimit{Statistic::median, Bound::at_most, 1}),
        ClaimedEffect(ClaimedRate{0.9, {}}), ClaimedEffect(ClaimedNotWorse{3}), ClaimedEffect(ClaimedCorrectness{})}) {
    const Claim claim = claim_of(effect);
    const ClaimCost cost = cost_of(claim, std::nullopt, {});
    EXPECT_GT(cost.blocks, 0);
    EXPECT_TRUE(says(no_price_text(claim, cost), std::to_string(cost.blocks) + " block"));
  }
}

TEST(PointWarning, IsGivenWhereAClaimStatesMoreThanTheNearEndOfItsRecord) {
  Claim claim = claim_of(ClaimedRatio{1.5});
  claim.record = "its hash";
  EXPECT_NEAR(exceeded_ends(claim, record()).value_or(ExceededEnds{}).near, 1.4, 1e-12);
  EXPECT_TRUE(says(point_warning(claim, exceeded_ends(claim, record())), "near end of the record's interval, 1.40x"));
  claim.effect = ClaimedRatio{1.4};
  EXPECT_FALSE(exceeded_ends(claim, record()));
  EXPECT_EQ(point_warning(claim, std::nullopt), "");
}

TEST(PointWarning, SaysThatAClaimExceedsAllOfItsRecord) {
  Claim claim = claim_of(ClaimedRatio{4});
  claim.record = "its hash";
  EXPECT_TRUE(says(point_warning(claim, exceeded_ends(claim, record())), "whole interval, 1.40x to 1.60x"));
}

TEST(PointWarning, IsGivenForAFigureThatRestsOnNoRecord) {
  EXPECT_TRUE(says(point_warning(claim_of(ClaimedRatio{4}), std::nullopt), "about half of all challenges"));
  EXPECT_EQ(point_warning(claim_of(ClaimedNotWorse{3}), std::nullopt), "");
}

}  // namespace claim_price_tests
}  // namespace assay::adversary
