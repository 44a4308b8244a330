#include "experiments/decide/rules/verdict_rule.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace assay::decide {
namespace verdict_rule_tests {

constexpr double kMargin = 0.03;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

stats::Look look_with(Interval repeated, double estimate = 0) {
  stats::Look look;
  look.blocks = 20;
  look.repeated = repeated;
  look.estimate = estimate;
  return look;
}

TEST(VerdictRule, ImprovedNeedsTheEstimateAtTheMargin) {
  stats::Look look = look_with({-0.05, -0.02}, -0.03);
  look.below_kappa_margin = true;
  EXPECT_EQ(verdict_at(look, kMargin).verdict, Verdict::improved);
  look.estimate = -0.0299;
  EXPECT_EQ(verdict_at(look, kMargin).verdict, Verdict::inconclusive);
}

TEST(VerdictRule, ImprovedNeedsMoreThanTheEstimate) {
  EXPECT_EQ(verdict_at(look_with({-0.08, -0.01}, -0.045), kMargin).verdict, Verdict::inconclusive);
}

TEST(VerdictRule, RegressedIsTheMirrorImage) {
  stats::Look look = look_with({0.02, 0.05}, 0.03);
  look.above_kappa_margin = true;
  EXPECT_EQ(verdict_at(look, kMargin).verdict, Verdict::regressed);
  look.estimate = 0.0299;
  EXPECT_EQ(verdict_at(look, kMargin).verdict, Verdict::inconclusive);
}

TEST(VerdictRule, EquivalenceComesBeforeEverythingElse) {
  stats::Look look = look_with({-0.029, -0.016}, -0.03);
  look.below_kappa_margin = true;
  look.equivalent = true;
  EXPECT_EQ(verdict_at(look, kMargin), (MetricVerdict{Verdict::equivalent, VerdictReason::immaterial}));
}

TEST(VerdictRule, EquivalentWithZeroInTheIntervalNeedsNoReason) {
  stats::Look look = look_with({-0.01, 0.02});
  look.equivalent = true;
  EXPECT_EQ(verdict_at(look, kMargin), (MetricVerdict{Verdict::equivalent, VerdictReason::none}));
}

TEST(VerdictRule, AnIntervalAroundZeroAndBothMarginsIsNoise) {
  EXPECT_EQ(verdict_at(look_with({-0.05, 0.04}), kMargin).reason, VerdictReason::noise);
  EXPECT_EQ(verdict_at(look_with({-kInfinity, kInfinity}), kMargin).reason, VerdictReason::noise);
}

TEST(VerdictRule, AnIntervalBesideZeroKnowsTheDirection) {
  EXPECT_EQ(verdict_at(look_with({0.005, 0.04}, 0.02), kMargin).reason, VerdictReason::direction_known);
}

TEST(VerdictRule, AnEffectShownAndYetBelowTheMarginIsNearIt) {
  stats::Look look = look_with({0.016, 0.035}, 0.028);
  look.above_kappa_margin = true;
  EXPECT_EQ(verdict_at(look, kMargin).reason, VerdictReason::near_margin);
  EXPECT_EQ(verdict_at(look_with({-0.01, 0.04}, 0.02), kMargin).reason, VerdictReason::near_margin);
}

TEST(StopRule, RegressedStopsAtOnceWhateverTheGuards) {
  EXPECT_EQ(stop_after({.verdict = Verdict::regressed, .guards_settled = false}, Goal::improve), Stop::boundary);
}

TEST(StopRule, EquivalentStopsAtOnceWhateverTheGuards) {
  EXPECT_EQ(stop_after({.verdict = Verdict::equivalent, .guards_settled = false}, Goal::improve), Stop::equivalence);
}

TEST(StopRule, EquivalentWaitsForTheGuardsWhereAnotherCellMayImprove) {
  const StopEvidence waiting{.verdict = Verdict::equivalent, .guards_settled = false, .others_may_improve = true};
  EXPECT_EQ(stop_after(waiting, Goal::improve), std::nullopt);
}

TEST(StopRule, ImprovedWaitsForTheGuards) {
  EXPECT_EQ(stop_after({.verdict = Verdict::improved, .guards_settled = false}, Goal::improve), std::nullopt);
  EXPECT_EQ(stop_after({.verdict = Verdict::improved, .guards_settled = true}, Goal::improve), Stop::boundary);
}

TEST(StopRule, TheLastLookStopsWhatIsOpen) {
  const StopEvidence open{.verdict = Verdict::improved, .guards_settled = false, .last_look = true};
  EXPECT_EQ(stop_after(open, Goal::improve), Stop::cap);
}

TEST(StopRule, NotWorseIsEnoughWhereItIsTheGoal) {
  const StopEvidence shown{.verdict = Verdict::inconclusive, .not_worse = true};
  EXPECT_EQ(stop_after(shown, Goal::not_worse), Stop::boundary);
  EXPECT_EQ(stop_after(shown, Goal::improve), std::nullopt);
}

TEST(StopRule, NotWorseWaitsForTheGuards) {
  const StopEvidence shown{.verdict = Verdict::inconclusive, .not_worse = true, .guards_settled = false};
  EXPECT_EQ(stop_after(shown, Goal::not_worse), std::nullopt);
}

}  // namespace verdict_rule_tests
}  // namespace assay::decide
