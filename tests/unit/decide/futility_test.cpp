#include "experiments/decide/comparison/futility.hpp"

#include <gtest/gtest.h>

#include "experiments/formats/result/result_json.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace futility_tests {

Plan newest_plan() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = 60;
  return plan;
}

/// Noise of half the effect's size on a margin of 3 %: 60 blocks show nothing.
constexpr Truth kHopeless{.log_ratio = 0, .noise = 0.5, .seed = 4};

/// Feeds blocks until the attempt is over or futile.
AttemptAnalysis& feed_until_futile(AttemptAnalysis& analysis, const Plan& plan, const Truth& truth) {
  for (int number = 1; number <= 60 && !analysis.finished() && !analysis.is_futile(); ++number) {
    analysis.add(drawn_block(plan, number, truth));
  }
  return analysis;
}

TEST(Futility, IsSeenAtFifteenBlocksOfHopelessNoise) {
  const Plan plan = newest_plan();
  AttemptAnalysis analysis(plan);
  feed_until_futile(analysis, plan, kHopeless);
  EXPECT_TRUE(analysis.is_futile());
  EXPECT_EQ(analysis.complete_blocks(0), 15);
  EXPECT_LT(*analysis.chance_left(), kFutileChance);
}

TEST(Futility, EndsAsInconclusiveWithItsChance) {
  const Plan plan = newest_plan();
  AttemptAnalysis analysis(plan);
  feed_until_futile(analysis, plan, kHopeless);
  const std::optional<double> chance = analysis.chance_left();
  analysis.stop_as_futile();
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::futile);
  EXPECT_EQ(result.stop, Stop::futile);
  EXPECT_EQ(result.futile_chance, chance);
  EXPECT_TRUE(analysis.finished());
}

TEST(Futility, LeavesTheAttemptThatPausedItsLastOne) {
  Plan plan = newest_plan();
  plan.protocol.attempts = 1;
  AttemptAnalysis analysis(plan);
  feed_until_futile(analysis, plan, kHopeless);
  analysis.stop_as_futile();
  EXPECT_EQ(analysis.result().decision, Decision::undecided);
}

TEST(Futility, IsNotSeenWhileTheMarginIsInReach) {
  const Plan plan = newest_plan();
  for (const double log_ratio : {0.0, -0.03, -0.1}) {
    AttemptAnalysis analysis(plan);
    feed_until_futile(analysis, plan, {.log_ratio = log_ratio, .noise = 0.02, .seed = 5});
    EXPECT_FALSE(analysis.is_futile()) << log_ratio;
  }
}

TEST(Futility, IsNeverSeenByTheRulesOfBefore) {
  Plan plan = newest_plan();
  plan.rules = 1;
  AttemptAnalysis analysis(plan);
  feed_until_futile(analysis, plan, kHopeless);
  EXPECT_EQ(analysis.chance_left(), std::nullopt);
}

TEST(Futility, IsNotToldOfAnytimeEvidenceAndYesOrNo) {
  Plan anytime = newest_plan();
  anytime.protocol.looks = LookMode::anytime;
  Plan yes_or_no = newest_plan();
  yes_or_no.metrics[0].kind = MetricKind::proportion;
  const auto chance_after = [](const Plan& plan, auto make) {
    AttemptAnalysis analysis(plan);
    for (int number = 1; number <= 18 && !analysis.finished(); ++number) analysis.add(make(number));
    return analysis.chance_left();
  };
  EXPECT_EQ(chance_after(anytime, [&](int number) { return drawn_block(anytime, number, kHopeless); }), std::nullopt);
  EXPECT_EQ(
      chance_after(yes_or_no,
                   [&](int number) {
                     return block_of(yes_or_no, number, {measured(number % 2), measured(number % 3 == 0 ? 1 : 0)});
                   }),
      std::nullopt);
}

TEST(Futility, WaitsForAGuardThatMayStillPass) {
  Plan plan = newest_plan();
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = Percent{10};
  plan.metrics.push_back(guard);
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= 15; ++number) {
    const auto [control, treatment] = drawn_pair(kHopeless, 0, number);
    const auto [one, other] = drawn_pair({.noise = 0.1, .seed = 9}, 0, number);
    analysis.add(block_of(plan, number, {measured({control, 1e6 * one}), measured({treatment, 1e6 * other})}));
  }
  ASSERT_TRUE(analysis.chance_left());
  EXPECT_FALSE(analysis.is_futile());
}

}  // namespace futility_tests
}  // namespace assay::decide
