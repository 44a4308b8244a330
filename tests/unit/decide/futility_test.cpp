#include "experiments/decide/comparison/futility.hpp"

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace futility_tests {

Plan newest_plan() {
  Plan plan = simple_plan();
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = 60;
  return plan;
}

/// Trials that vary by half, on a margin of 3 %: 60 blocks hardly show anything.
Truth hopeless(std::uint64_t seed) {
  return {.log_ratio = 0, .noise = 0.5, .seed = seed};
}

/// Feeds blocks until the attempt is over or futile.
AttemptAnalysis& feed_until_futile(AttemptAnalysis& analysis, const Plan& plan, const Truth& truth) {
  for (int number = 1; number <= 60 && !analysis.finished() && !analysis.is_futile(); ++number) {
    analysis.add(drawn_block(plan, number, truth));
  }
  return analysis;
}

/// The first of twenty attempts whose estimate is as near to 0 as chance mostly has it.
Truth futile_truth(const Plan& plan) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    AttemptAnalysis analysis(plan);
    if (feed_until_futile(analysis, plan, hopeless(seed)).is_futile()) return hopeless(seed);
  }
  ADD_FAILURE() << "none of twenty attempts is futile";
  return hopeless(1);
}

TEST(Futility, IsSeenBeforeTheCapInManyAttemptsOnHopelessNoise) {
  const Plan plan = newest_plan();
  int futile = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    AttemptAnalysis analysis(plan);
    feed_until_futile(analysis, plan, hopeless(seed));
    if (!analysis.is_futile()) continue;
    ++futile;
    EXPECT_GE(analysis.complete_blocks(0), 15);
    EXPECT_LT(analysis.complete_blocks(0), 60);
    EXPECT_LT(*analysis.chance_left(), kFutileChance);
  }
  EXPECT_GE(futile, 4);
}

TEST(Futility, EndsAsInconclusiveWithItsChance) {
  const Plan plan = newest_plan();
  AttemptAnalysis analysis(plan);
  feed_until_futile(analysis, plan, futile_truth(plan));
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
  feed_until_futile(analysis, plan, futile_truth(plan));
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
  for (int number = 1; number < 60; ++number) analysis.add(drawn_block(plan, number, hopeless(1)));
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
  EXPECT_EQ(chance_after(anytime, [&](int number) { return drawn_block(anytime, number, hopeless(1)); }), std::nullopt);
  EXPECT_EQ(
      chance_after(yes_or_no,
                   [&](int number) {
                     return block_of(yes_or_no, number, {measured(number % 2), measured(number % 3 == 0 ? 1 : 0)});
                   }),
      std::nullopt);
}

TEST(Futility, WaitsForAGuardThatMayStillPass) {
  const Plan plan = newest_plan();
  const Truth truth = futile_truth(plan);
  AttemptAnalysis alone(plan);
  const int blocks = feed_until_futile(alone, plan, truth).complete_blocks(0);

  Plan guarded = plan;
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = Percent{10};
  guarded.metrics.push_back(guard);
  AttemptAnalysis analysis(guarded);
  for (int number = 1; number <= blocks; ++number) {
    const auto [control, treatment] = drawn_pair(truth, 0, number);
    const auto [one, other] = drawn_pair({.log_ratio = 0.05, .noise = 0.2, .seed = 9}, 0, number);
    analysis.add(block_of(guarded, number, {measured({control, 1e6 * one}), measured({treatment, 1e6 * other})}));
  }
  ASSERT_TRUE(analysis.chance_left());
  EXPECT_GT(*analysis.chance_left(), *alone.chance_left());
  EXPECT_FALSE(analysis.is_futile());
}

}  // namespace futility_tests
}  // namespace assay::decide
