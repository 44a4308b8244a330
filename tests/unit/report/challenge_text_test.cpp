#include "experiments/report/entries/challenge_text.hpp"

#include <gtest/gtest.h>

#include "core/record/entry.hpp"
#include "experiments/report/entries/failed_tests.hpp"

namespace assay::report {
namespace challenge_text_tests {

const ClaimedMetric kWall{"wall", "s", Direction::lower};

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

ChallengeEntry invalid(GradeReason reason) {
  ChallengeEntry entry;
  entry.result.grade = Grade::invalid;
  entry.result.reason = reason;
  entry.checks = {"same page: passed", "planted off by one: control: check right failed; treatment: failed",
                  "inventory: failed in 0 trials of control and 6 trials of treatment: test_b is missing"};
  entry.findings = {
      {"plants/off-by-one.patch", "with the planted fault off by one, control fails and treatment passes"}};
  return entry;
}

std::string grade_of(const ChallengeEntry& entry) {
  return grade_text({kWall, entry.effect, entry.result, failed_text(entry)});
}

TEST(GradeText, NamesWhatFailed) {
  EXPECT_EQ(failed_text(invalid(GradeReason::failed_trials)), invalid(GradeReason::failed_trials).checks.back());
  EXPECT_TRUE(says(grade_of(invalid(GradeReason::failed_trials)),
                   "treatment fails, or fails checks, where control does not: inventory: failed in 0 trials"));
  EXPECT_TRUE(says(grade_of(invalid(GradeReason::weakened)), "passes treatment's: plants/off-by-one.patch"));
  EXPECT_EQ(failed_text(invalid(GradeReason::guard)), "");
}

TEST(GradeText, NamesAFailedCheckWhateverItIsCalledOrSays) {
  ChallengeEntry entry = invalid(GradeReason::failed_trials);
  entry.checks = {"same page: failed in 6 trials of treatment: the status line is: passed",
                  "planted by hand: failed in 2 trials of treatment", "port open: passed"};
  entry.failed_checks = {1, 2};
  EXPECT_EQ(failed_text(entry), entry.checks[0] + "; " + entry.checks[1]);
  entry.failed_checks = {0, 3, 4, -1};  // whoever wrote the record, nothing beyond its checks is read
  EXPECT_EQ(failed_text(entry), entry.checks[2]);
}

TEST(GradeText, SaysWhyTheLargestClaimLiesAboveTheInterval) {
  ChallengeResult result;
  result.grade = Grade::exaggerated;
  result.blocks = 12;
  result.estimate = 1.95;
  result.measured = {1.91, 2.0};
  result.largest_claim = 2.0111;
  const ClaimedEffect effect = ClaimedRatio{8};
  EXPECT_TRUE(says(grade_text({kWall, effect, result}), "is 2.01x (nine tenths of its gain are enough: 1.91x)"));
  EXPECT_TRUE(says(next_step_text({kWall, effect, result}), "state at most 2.01x instead (nine tenths"));
}

TEST(MeasuredText, TellsTheRatioWithoutFailuresAndThatItHasNoGrade) {
  ChallengeResult result;
  result.grade = Grade::invalid;
  result.reason = GradeReason::failed_trials;
  result.blocks = 8;
  result.among_good = GoodBlocks{3, 1.93};
  const ClaimedEffect effect = ClaimedRatio{4};
  EXPECT_EQ(measured_text({kWall, effect, result}),
            "nothing bounds it after 8 blocks; 1.93x better in the 3 blocks in which nothing failed: no grade");
  result.among_good = GoodBlocks{};
  EXPECT_TRUE(says(measured_text({kWall, effect, result}), "; there is no block in which nothing failed"));
}

TEST(FailedTestsText, GroupsTestsByTheArmsInWhichTheyFail) {
  CheckResult check;
  EXPECT_EQ(failed_tests_text(check), "");
  check.tests = {{"ordered", 0, 5}, {"port", 3, 2}, {"slow", 1, 0}};
  check.reported_control = 9;
  check.reported_treatment = 8;
  EXPECT_EQ(
      failed_tests_text(check),
      "in treatment only: ordered (5 of 8 trials); in both arms: port (3 of 9 trials of control, 2 of 8 trials of "
      "treatment); in control only: slow (1 of 9 trials)");
  check.tests = std::vector<FailedTest>(7, {"a", 0, 1});
  EXPECT_TRUE(says(failed_tests_text(check), "a (1 of 8 trials), and 2 more"));
}

TEST(NextStep, OfARateThatNothingShowsIsAFloorAndNoLargerCap) {
  ChallengeResult result;
  result.blocks = 60;
  const ClaimedEffect all = ClaimedRate{1, std::nullopt};
  const ClaimedEffect floored = ClaimedRate{1, 0.95};
  EXPECT_TRUE(says(next_step_text({kWall, all, result}), "--at-least"));
  EXPECT_TRUE(says(next_step_text({kWall, floored, result}), "--cap"));
}

std::string review_of(const ClaimedEffect& effect, const std::optional<MeasuredRange>& rests_on) {
  ChallengeEntry challenge;
  challenge.metric = kWall;
  challenge.effect = effect;
  challenge.rests_on = rests_on;
  challenge.result.planted.low = 0.9;
  Entry entry;
  entry.content = challenge;
  return review_section(entry, {});
}

TEST(ReviewSection, ShowsTheClaimantsFigureOfEveryKindOfClaim) {
  const ClaimedEffect limit = ClaimedLimit{Statistic::median, Bound::at_most, 1};
  EXPECT_TRUE(says(review_of(ClaimedRatio{2}, MeasuredRange{1.5, 2.5}), "claimant's record | 1.50x to 2.50x"));
  EXPECT_TRUE(says(review_of(ClaimedNotWorse{3}, MeasuredRange{0.99, {}}), "claimant's record | 0.990x to no bound"));
  EXPECT_TRUE(says(review_of(limit, MeasuredRange{0.25, 0.25}), "claimant's record | median 250 ms"));
  EXPECT_TRUE(says(review_of(ClaimedRate{1, 0.9}, MeasuredRange{0.98, 0.98}), "| 98 % of blocks succeeded"));
  EXPECT_TRUE(says(review_of(ClaimedCorrectness{}, MeasuredRange{1, 1}), "| 100 % of blocks passed"));
  EXPECT_TRUE(says(review_of(limit, std::nullopt), "claimant's record | nothing was measured"));
}

TEST(ReviewSection, SaysThatNothingBoundsControl) {
  EXPECT_TRUE(says(review_of(ClaimedRatio{2}, std::nullopt), "control against itself | no bound |"));
}

TEST(ChallengeText, OfAClosedChallengeSaysAfterHowManyBlocksAndAdvisesNoQuieterMachine) {
  ChallengeResult result;
  result.blocks = 4;
  result.reason = GradeReason::interrupted;
  const ClaimedEffect effect = ClaimedRatio{2};
  const GradedClaim graded{kWall, effect, result, {}, 60};
  EXPECT_EQ(grade_text(graded), "inconclusive: closed after 4 of 60 blocks");
  EXPECT_EQ(next_step_text(graded), "challenge again, and let it measure to its end");
}

TEST(ReviewSection, NeverRoundsABoundToOne) {
  EXPECT_TRUE(says(review_of(ClaimedRatio{2}, MeasuredRange{1.0003, 0.99996}), "record | 1.0003x to 0.99996x"));
}

TEST(FindingText, NamesNoFileIfThereIsNone) {
  EXPECT_EQ(finding_text({"a.sh:1", "adds a skip"}), "a.sh:1: adds a skip");
  EXPECT_EQ(finding_text({"", "an arm broken on purpose"}), "an arm broken on purpose");
}

}  // namespace challenge_text_tests
}  // namespace assay::report
