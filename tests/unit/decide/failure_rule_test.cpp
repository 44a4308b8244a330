#include "experiments/decide/rules/failure_rule.hpp"

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace failure_rule_tests {

/// One block a letter: '.' both measured, 't' only treatment failed, 'c' only control, 'b' both, 'k' a check failed in
/// treatment alone, 'u' treatment's primary metric could not be read.
FailureTally tally_of(const std::string& letters) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks;
  for (const char letter : letters) {
    const bool control_fails = letter == 'c' || letter == 'b';
    Trial treatment = letter == 't' || letter == 'b' ? failed() : measured(1);
    if (letter == 'k') treatment = failed(CheckFailed{"same page", "differs"});
    if (letter == 'u') treatment = failed(CheckFailed{"metric wall", "no number", true});
    blocks.push_back(block_of(plan, static_cast<int>(blocks.size()) + 1,
                              {control_fails ? failed(TimedOut{}) : measured(1), treatment}));
  }
  return tally_failures(blocks, 1);
}

TEST(FailureTally, CountsTrialsAndBlocks) {
  const FailureTally tally = tally_of("..ttb.ckt");
  EXPECT_EQ(tally, (FailureTally{.blocks = 9,
                                 .control = 2,
                                 .treatment = 5,
                                 .only_control = 1,
                                 .only_treatment = 4,
                                 .both = 1,
                                 .longest_row = 2,
                                 .treatment_checks = 1}));
}

TEST(FailureRule, ThreeRunningEndTheAttempt) {
  EXPECT_EQ(attempt_ending_failures(tally_of("..tt")), std::nullopt);
  EXPECT_EQ(attempt_ending_failures(tally_of("..ttt")), VerdictReason::broken);
}

TEST(FailureRule, ABlockThatControlFailedTooBreaksTheRow) {
  EXPECT_EQ(attempt_ending_failures(tally_of("..ttbtt")), std::nullopt);
}

TEST(FailureRule, FiveInAllEndTheAttempt) {
  EXPECT_EQ(attempt_ending_failures(tally_of("t.t.t.t.")), std::nullopt);
  EXPECT_EQ(attempt_ending_failures(tally_of("t.t.t.t.t")), VerdictReason::broken);
}

TEST(FailureRule, APrimaryMetricThatCannotBeReadMeasuresNothing) {
  EXPECT_EQ(attempt_ending_failures(tally_of("uuu")), VerdictReason::unmeasured);
  EXPECT_EQ(attempt_ending_failures(tally_of("ukk")), VerdictReason::checks);
  EXPECT_FALSE(failures_allow_keep(tally_of("....u...")));
}

TEST(FailureRule, ControlMayFailAsOftenAsItLikes) {
  EXPECT_EQ(attempt_ending_failures(tally_of("cccccccc")), std::nullopt);
}

TEST(FailureRule, NothingMeasuredInThreeBlocksEndsTheAttempt) {
  EXPECT_EQ(attempt_ending_failures(tally_of("bb")), std::nullopt);
  EXPECT_EQ(attempt_ending_failures(tally_of("bbb")), VerdictReason::unmeasured);
  EXPECT_EQ(attempt_ending_failures(tally_of(".bbbb")), std::nullopt);
}

TEST(FailureRule, SaysChecksWhereOnlyChecksFailed) {
  EXPECT_EQ(attempt_ending_failures(tally_of(".kkk")), VerdictReason::checks);
  EXPECT_EQ(attempt_ending_failures(tally_of(".kkt")), VerdictReason::broken);
}

TEST(FailureRule, KeepNeedsATreatmentThatNeverFailed) {
  EXPECT_TRUE(failures_allow_keep(tally_of("....")));
  EXPECT_TRUE(failures_allow_keep(tally_of("..c.")));
  EXPECT_FALSE(failures_allow_keep(tally_of("..t.")));
}

TEST(FailureRule, KeepAllowsAsManyFailuresAsControlHad) {
  EXPECT_TRUE(failures_allow_keep(tally_of("tcc.b")));
  EXPECT_TRUE(failures_allow_keep(tally_of("tc")));
  EXPECT_FALSE(failures_allow_keep(tally_of("ttc")));
}

TEST(FailureRule, OneFailedCheckInTreatmentForbidsKeep) {
  EXPECT_FALSE(failures_allow_keep(tally_of("k")));
  EXPECT_FALSE(failures_allow_keep(tally_of("ccccccck")));
}

TEST(FailureRule, ComparesFailuresByMcNemarsExactTest) {
  // Four discordant blocks, all to one side: 2 (1/2)^4.
  EXPECT_DOUBLE_EQ(failure_p_value(tally_of("cccc")).value(), 0.125);
  EXPECT_EQ(failure_p_value(tally_of("....")), std::nullopt);
}

}  // namespace failure_rule_tests
}  // namespace assay::decide
