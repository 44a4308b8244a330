#include "experiments/record/history/hypotheses.hpp"

#include <gtest/gtest.h>

namespace assay::record {
namespace hypotheses_tests {

struct Told {
  Verdict verdict = Verdict::inconclusive;
  Decision decision = Decision::undecided;
  int attempt = 1;
};

class HypothesesTest : public testing::Test {
 protected:
  void attempt(const Told& told) {
    RecordSummary record = next(RecordKind::attempt);
    record.verdict = told.verdict;
    record.decision = told.decision;
    record.attempt = told.attempt;
    record.attempts = 2;
    records_.push_back(record);
  }
  void reopen() { records_.push_back(next(RecordKind::reopening)); }

  RecordSummary next(RecordKind kind) const {
    RecordSummary record;
    record.kind = kind;
    record.number = static_cast<int>(records_.size()) + 1;
    record.hypothesis_sha256 = "h";
    record.environment_name = "ci";
    return record;
  }

  HypothesisHistory standing() const { return history_of(records_, {"h", "ci"}); }

  std::vector<RecordSummary> records_;
};

TEST_F(HypothesesTest, IsUntriedWithoutRecords) {
  EXPECT_EQ(standing().spent, 0);
  EXPECT_FALSE(is_dead_end(standing()));
}

TEST_F(HypothesesTest, IsADeadEndOnceItsAttemptsAreSpent) {
  attempt({.attempt = 1});
  EXPECT_FALSE(is_dead_end(standing()));
  attempt({.decision = Decision::discard, .attempt = 2});
  EXPECT_TRUE(is_dead_end(standing()));
  EXPECT_EQ(last_word(standing()).number, 2);
}

TEST_F(HypothesesTest, IsADeadEndAtOnceWhereItsDiscardIsFinal) {
  for (const Verdict verdict : {Verdict::equivalent, Verdict::regressed, Verdict::improved}) {
    records_.clear();
    attempt({.verdict = verdict, .decision = Decision::discard});
    EXPECT_TRUE(is_dead_end(standing())) << to_string(verdict);
  }
}

TEST_F(HypothesesTest, InvalidLeavesAnAttempt) {
  attempt({.verdict = Verdict::invalid, .decision = Decision::discard});
  EXPECT_FALSE(is_dead_end(standing()));
}

TEST_F(HypothesesTest, WhatWasKeptIsNoDeadEnd) {
  attempt({.verdict = Verdict::improved, .decision = Decision::keep});
  EXPECT_FALSE(is_dead_end(standing()));
  EXPECT_TRUE(standing().decided_by.has_value());
}

TEST_F(HypothesesTest, TheFirstAttemptsOfTwoBranchesBothCount) {
  attempt({.attempt = 1});
  attempt({.attempt = 1});
  EXPECT_EQ(standing().spent, 2);
  EXPECT_TRUE(is_dead_end(standing()));
}

TEST_F(HypothesesTest, MoreAttemptsCannotBeAskedForLater) {
  attempt({.attempt = 1});
  attempt({.attempt = 2});
  records_.back().attempts = 20;
  EXPECT_EQ(attempts_allowed(standing()), 2);
  EXPECT_TRUE(is_dead_end(standing()));
}

TEST_F(HypothesesTest, AReopeningStartsTheCountAnew) {
  attempt({.verdict = Verdict::equivalent, .decision = Decision::discard});
  reopen();
  EXPECT_FALSE(is_dead_end(standing()));
  EXPECT_EQ(standing().reopened_by.value().number, 2);
  attempt({.attempt = 1});
  EXPECT_EQ(standing().spent, 1);
}

TEST_F(HypothesesTest, KeepsEnvironmentsApartAndLeavesComparisonsOut) {
  attempt({.verdict = Verdict::equivalent, .decision = Decision::discard});
  records_.back().environment_name = "local";
  attempt({.verdict = Verdict::equivalent, .decision = Decision::discard});
  records_.back().exploratory = true;
  EXPECT_EQ(standing().spent, 0);
  EXPECT_EQ(hypotheses_in(records_).size(), 1U);
}

TEST_F(HypothesesTest, ListsOpeningsThatHaveNoRecord) {
  records_.push_back(next(RecordKind::opening));
  records_.back().plan_sha256 = "p1";
  records_.back().attempts = 3;
  EXPECT_EQ(standing().openings.size(), 1U);
  EXPECT_EQ(standing().spent, 0);
  EXPECT_EQ(attempts_allowed(standing()), 3);
  attempt({.attempt = 1});
  records_.back().plan_sha256 = "p1";
  EXPECT_TRUE(standing().openings.empty());
  EXPECT_EQ(standing().spent, 1);
}

TEST_F(HypothesesTest, ListsNoOpeningThatWasClosed) {
  records_.push_back(next(RecordKind::opening));
  records_.back().sha256 = "o";
  records_.push_back(next(RecordKind::closing));
  records_.back().settles = "o";
  EXPECT_TRUE(standing().openings.empty());
}

TEST_F(HypothesesTest, AreKeptOnceWhatHeldThemBackIsAccepted) {
  attempt({.verdict = Verdict::improved});
  records_.back().sha256 = "held";
  EXPECT_FALSE(is_kept(standing()));
  records_.push_back(next(RecordKind::acceptance));
  records_.back().settles = "held";
  EXPECT_TRUE(is_kept(standing()));
  EXPECT_FALSE(is_dead_end(standing()));
  EXPECT_EQ(standing().decided_by->sha256, "held");
}

}  // namespace hypotheses_tests
}  // namespace assay::record
