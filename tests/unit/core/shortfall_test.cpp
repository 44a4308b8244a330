#include "core/result/shortfall.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace shortfall_tests {

std::optional<Shortfall> shortfall(Verdict verdict, Decision decision, DecisionReason reason) {
  AttemptResult result;
  result.verdict = verdict;
  result.decision = decision;
  result.decision_reason = reason;
  return shortfall_of(result);
}

TEST(Shortfall, NothingThatIsKeptFallsShort) {
  EXPECT_EQ(shortfall(Verdict::improved, Decision::keep, DecisionReason::improved), std::nullopt);
  EXPECT_EQ(shortfall(Verdict::inconclusive, Decision::keep, DecisionReason::not_worse), std::nullopt);
}

TEST(Shortfall, AnImprovementThatNobodyDecidesOnDoesNotFallShort) {
  EXPECT_EQ(shortfall(Verdict::improved, Decision::undecided, DecisionReason::inconclusive), std::nullopt);
}

TEST(Shortfall, AGuardThatObjectsOutweighsTheImprovement) {
  for (const DecisionReason reason : {DecisionReason::guard, DecisionReason::budget, DecisionReason::memory_pressure}) {
    EXPECT_EQ(shortfall(Verdict::improved, Decision::discard, reason), Shortfall::guard);
  }
}

TEST(Shortfall, WhatHoldsAnImprovementBackLeavesItInconclusive) {
  for (const DecisionReason reason : {DecisionReason::guard_open, DecisionReason::isolation, DecisionReason::near,
                                      DecisionReason::stopped_trials, DecisionReason::budget_untold}) {
    EXPECT_EQ(shortfall(Verdict::improved, Decision::undecided, reason), Shortfall::inconclusive) << to_string(reason);
  }
}

TEST(Shortfall, AnInvalidVerdictIsThatWhateverTheReason) {
  EXPECT_EQ(shortfall(Verdict::invalid, Decision::discard, DecisionReason::guard), Shortfall::invalid);
}

TEST(Shortfall, ABrokenTreatmentIsInvalidHoweverFast) {
  EXPECT_EQ(shortfall(Verdict::improved, Decision::discard, DecisionReason::broken), Shortfall::invalid);
}

}  // namespace shortfall_tests
}  // namespace assay
