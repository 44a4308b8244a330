#include "experiments/attempt/refusal_rules.hpp"

#include <gtest/gtest.h>

namespace assay::attempt {
namespace refusal_rules_tests {

record::RecordSummary summary(int number) {
  record::RecordSummary record;
  record.number = number;
  record.name = "000" + std::to_string(number) + "-poll";
  record.verdict = Verdict::inconclusive;
  record.decision = Decision::undecided;
  record.reason = DecisionReason::inconclusive;
  record.attempts = 3;
  record.alpha = 0.05;
  return record;
}

/// A hypothesis after so many attempts that decided nothing.
PriorAttempts after(int attempts) {
  PriorAttempts prior;
  for (int number = 1; number <= attempts; ++number) prior.history.attempts.push_back(summary(number));
  prior.spent = prior.history.spent = attempts;
  return prior;
}

TEST(RefusalRules, AllowAFirstAttempt) {
  EXPECT_FALSE(refusal_by(after(0), {}));
}

TEST(RefusalRules, AllowWhatIsUndecided) {
  EXPECT_FALSE(refusal_by(after(2), {}));
}

TEST(RefusalRules, RefuseOnceAllAttemptsAreSpent) {
  const auto refusal = refusal_by(after(3), {});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(std::get<AttemptsSpent>(*refusal).allowed, 3);
  EXPECT_EQ(std::get<AttemptsSpent>(*refusal).last->number, 3);
}

TEST(RefusalRules, CountAttemptsWhoseRecordsAreGone) {
  PriorAttempts prior = after(0);
  prior.spent = 3;
  EXPECT_FALSE(std::get<AttemptsSpent>(*refusal_by(prior, {})).last);
}

TEST(RefusalRules, RefuseAnotherNumberOfAttemptsThanTheFirst) {
  Protocol wanted;
  wanted.attempts = 10;
  const auto changed = std::get<AttemptsChanged>(*refusal_by(after(1), wanted));
  EXPECT_EQ(changed.asked, 10);
  EXPECT_EQ(changed.began_with, 3);
  EXPECT_EQ(changed.first.name, "0001-poll");
}

TEST(RefusalRules, RefuseMoreAlphaButAllowLess) {
  Protocol wanted;
  wanted.alpha = 0.1;
  EXPECT_EQ(std::get<AlphaRaised>(*refusal_by(after(1), wanted)).began_with, 0.05);
  wanted.alpha = 0.01;
  EXPECT_FALSE(refusal_by(after(1), wanted));
}

TEST(RefusalRules, TellADeadEndFromAKeep) {
  PriorAttempts prior = after(1);
  prior.history.decided_by = prior.history.attempts.front();
  prior.history.decided_by->decision = Decision::keep;
  EXPECT_TRUE(std::holds_alternative<AlreadyDecided>(*refusal_by(prior, {})));
  prior.history.decided_by->decision = Decision::discard;
  EXPECT_TRUE(std::holds_alternative<DeadEnd>(*refusal_by(prior, {})));
}

}  // namespace refusal_rules_tests
}  // namespace assay::attempt
