#include "experiments/engine/slurm/task_judgement.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace assay::engine {
namespace task_judgement_tests {

using std::chrono::seconds;

const LossRule kRule{.polls = 3, .settling = seconds(60)};

QueueRow row_in(QueueState state) {
  return {.job_name = "assay-0a-g1",
          .task = 0,
          .array_id = "7",
          .state = state,
          .state_name = {},
          .node = {},
          .reason = {}};
}

TEST(JudgeTask, WaitsForOneThatTheQueueHas) {
  EXPECT_EQ(judge({.row = row_in(QueueState::waiting)}, kRule), TaskJudgement::wait);
  EXPECT_EQ(judge({.row = row_in(QueueState::running), .silent_for = seconds(9), .may_be_silent = seconds(10)}, kRule),
            TaskJudgement::wait);
}

TEST(JudgeTask, LosesOneOnlyAfterSeveralReadingsWithoutIt) {
  EXPECT_EQ(judge({.polls_unseen = 2, .unseen_for = seconds(61)}, kRule), TaskJudgement::wait);
  EXPECT_EQ(judge({.polls_unseen = 3, .unseen_for = seconds(61)}, kRule), TaskJudgement::lost);
}

TEST(JudgeTask, GivesASharedFolderTimeToShowTheResult) {
  EXPECT_EQ(judge({.polls_unseen = 9, .unseen_for = seconds(59)}, kRule), TaskJudgement::wait);
}

TEST(JudgeTask, DoesNotBelieveAnEndAtOnce) {
  EXPECT_EQ(judge({.row = row_in(QueueState::ended), .polls_unseen = 1}, kRule), TaskJudgement::wait);
  EXPECT_EQ(judge({.row = row_in(QueueState::ended), .polls_unseen = 3, .unseen_for = seconds(60)}, kRule),
            TaskJudgement::lost);
}

TaskSight begun(const std::optional<QueueRow>& row) {
  return {.row = row,
          .polls_unseen = 9,
          .unseen_for = seconds(70),
          .silent_for = seconds(9),
          .may_be_silent = seconds(10),
          .trials = TrialsBegun::yes};
}

QueueRow ended(bool well) {
  QueueRow row = row_in(QueueState::ended);
  row.ended_well = well;
  return row;
}

TEST(JudgeTask, BelievesABadEndOfOneWhoseTrialsHaveBegun) {
  EXPECT_EQ(judge(begun(ended(false)), kRule), TaskJudgement::lost);
}

TEST(JudgeTask, DoubtsTheAbsenceOfOneWhoseTrialsHaveBegunUntilItIsSilent) {
  TaskSight sight = begun(std::nullopt);
  EXPECT_EQ(judge(sight, kRule), TaskJudgement::wait);
  sight.silent_for = seconds(11);
  EXPECT_EQ(judge(sight, kRule), TaskJudgement::lost);
}

TEST(JudgeTask, DoubtsAGoodEndWithoutAResult) {
  EXPECT_EQ(judge(begun(ended(true)), kRule), TaskJudgement::wait);
}

TEST(JudgeTask, DoubtsAnyEndOfOneThatWasStartedTwice) {
  TaskSight sight = begun(ended(false));
  sight.was_repeated = true;
  EXPECT_EQ(judge(sight, kRule), TaskJudgement::wait);
}

TEST(JudgeTask, EndsOneThatHasBeenSilentForTooLong) {
  EXPECT_EQ(judge({.row = row_in(QueueState::running), .silent_for = seconds(11), .may_be_silent = seconds(10)}, kRule),
            TaskJudgement::cancel_as_lost);
}

TEST(JudgeTask, EndsOneThatWouldBeHeldForEver) {
  EXPECT_EQ(judge({.row = row_in(QueueState::held)}, kRule), TaskJudgement::cancel_as_lost);
}

}  // namespace task_judgement_tests
}  // namespace assay::engine
