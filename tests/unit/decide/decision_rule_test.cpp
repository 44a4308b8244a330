#include "experiments/decide/rules/decision_rule.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace assay::decide {
namespace decision_rule_tests {

TypedDecision decision_of(const Grounds& grounds, Goal goal = Goal::improve, AttemptsLeft left = AttemptsLeft::some) {
  return decide(grounds, goal, left);
}

TEST(DecisionRule, KeepsWhatImproved) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved}), (TypedDecision{Decision::keep, DecisionReason::improved}));
}

TEST(DecisionRule, DiscardsWhatIsWorseEquivalentOrConfounded) {
  EXPECT_EQ(decision_of({.verdict = Verdict::regressed}), (TypedDecision{Decision::discard, DecisionReason::worse}));
  EXPECT_EQ(decision_of({.verdict = Verdict::equivalent}),
            (TypedDecision{Decision::discard, DecisionReason::equivalent}));
  EXPECT_EQ(decision_of({.verdict = Verdict::invalid, .reason = VerdictReason::confounded}),
            (TypedDecision{Decision::discard, DecisionReason::confounded}));
}

TEST(DecisionRule, DiscardsATreatmentThatFailsEvenIfFaster) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved, .failures_allow_keep = false}),
            (TypedDecision{Decision::discard, DecisionReason::broken}));
}

TEST(DecisionRule, LetsNothingThatSharesBeKeptOfItself) {
  const Grounds shares{.verdict = Verdict::improved, .awaits_isolation = true};
  EXPECT_EQ(decision_of(shares), (TypedDecision{Decision::undecided, DecisionReason::isolation}));
  EXPECT_EQ(decision_of(shares, Goal::improve, AttemptsLeft::none), decision_of(shares));
  EXPECT_EQ(decision_of({.verdict = Verdict::improved, .failures_allow_keep = false, .awaits_isolation = true}),
            (TypedDecision{Decision::discard, DecisionReason::broken}));
}

TEST(Grounds, OfPartsAddUpUnderTheVerdictOfTheWhole) {
  const Grounds whole{.verdict = Verdict::improved, .not_worse = true};
  const Grounds sound{.verdict = Verdict::improved};
  const Grounds guarded{.verdict = Verdict::equivalent, .guard_failed = true, .guard_open = true};
  const Grounds failing{.verdict = Verdict::regressed,
                        .failures_allow_keep = false,
                        .awaits_isolation = true,
                        .control_checks_failed = true};
  const Grounds all = merged(whole, std::vector{sound, guarded, failing});
  EXPECT_EQ(all.verdict, Verdict::improved);
  EXPECT_TRUE(all.not_worse && all.guard_failed && all.guard_open && all.awaits_isolation && all.control_checks_failed);
  EXPECT_FALSE(all.failures_allow_keep);
}

TEST(Grounds, OfSoundPartsLeaveAllAsItIs) {
  const Grounds whole{.verdict = Verdict::improved};
  EXPECT_EQ(decision_of(merged(whole, std::vector{whole, whole})), decision_of(whole));
}

TEST(DecisionRule, KeepsNothingThatIsHeldAgainstAControlWhoseCheckFailed) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved, .control_checks_failed = true}),
            (TypedDecision{Decision::undecided, DecisionReason::invalid}));
}

TEST(DecisionRule, DiscardsABrokenTreatment) {
  for (const VerdictReason reason : {VerdictReason::broken, VerdictReason::checks}) {
    EXPECT_EQ(decision_of({.verdict = Verdict::invalid, .reason = reason}),
              (TypedDecision{Decision::discard, DecisionReason::broken}));
  }
}

TEST(DecisionRule, LeavesItOpenWhereTheSurroundingsFailed) {
  EXPECT_EQ(decision_of({.verdict = Verdict::invalid, .reason = VerdictReason::surroundings}),
            (TypedDecision{Decision::undecided, DecisionReason::invalid}));
}

TEST(DecisionRule, AFailedGuardDiscardsWhatImproved) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved, .guard_failed = true}),
            (TypedDecision{Decision::discard, DecisionReason::guard}));
}

TEST(DecisionRule, AnOpenGuardLeavesItUndecided) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved, .guard_open = true}),
            (TypedDecision{Decision::undecided, DecisionReason::guard_open}));
}

TEST(DecisionRule, KeepsWhatIsNotWorseWhereThatWasTheGoal) {
  const Grounds grounds{.verdict = Verdict::equivalent, .not_worse = true};
  EXPECT_EQ(decision_of(grounds, Goal::not_worse), (TypedDecision{Decision::keep, DecisionReason::not_worse}));
}

TEST(DecisionRule, KeepsNothingThatWasNotShownNotToBeWorse) {
  EXPECT_EQ(decision_of({.verdict = Verdict::inconclusive, .not_worse = false}, Goal::not_worse),
            (TypedDecision{Decision::undecided, DecisionReason::inconclusive}));
}

TEST(DecisionRule, SaysInterruptedOfWhatWasClosedEarly) {
  EXPECT_EQ(decision_of({.verdict = Verdict::inconclusive, .reason = VerdictReason::interrupted}),
            (TypedDecision{Decision::undecided, DecisionReason::interrupted}));
}

TEST(DecisionRule, CapsTheLastAttemptThatDecidesNothing) {
  for (const Grounds& grounds : {Grounds{.verdict = Verdict::inconclusive},
                                 Grounds{.verdict = Verdict::invalid, .reason = VerdictReason::surroundings},
                                 Grounds{.verdict = Verdict::improved, .guard_open = true}}) {
    EXPECT_EQ(decision_of(grounds, Goal::improve, AttemptsLeft::none),
              (TypedDecision{Decision::discard, DecisionReason::capped}));
  }
}

TEST(DecisionRule, CapsNothingThatIsDecided) {
  EXPECT_EQ(decision_of({.verdict = Verdict::improved}, Goal::improve, AttemptsLeft::none).decision, Decision::keep);
}

TEST(AttemptsLeft, AreNoneAfterTheLast) {
  Plan plan;
  plan.protocol.attempts = 3;
  plan.attempt = 2;
  EXPECT_EQ(attempts_left(plan), AttemptsLeft::some);
  plan.attempt = 3;
  EXPECT_EQ(attempts_left(plan), AttemptsLeft::none);
}

TEST(AttemptsLeft, NeverEndForAnExploratoryPlan) {
  Plan plan;
  plan.attempt = 99;
  plan.exploratory = true;
  EXPECT_EQ(attempts_left(plan), AttemptsLeft::some);
}

}  // namespace decision_rule_tests
}  // namespace assay::decide
