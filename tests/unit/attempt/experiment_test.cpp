#include "experiments/attempt/experiment.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/journal/journal.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/comparison.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/acceptance.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/verification/verification.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::attempt {
namespace experiment_tests {

/// Counts what it is told.
class Counter final : public Observer {
 public:
  void measuring_began(const Plan& plan) override { cells_of_plan = cells(plan).size(); }
  void measuring_ended() override { ++ends; }
  void block_finished(const Block& /*block*/, const std::vector<CellProgress>& cells) override {
    ++blocks;
    last = cells;
  }

  std::size_t cells_of_plan = 0;
  int blocks = 0;
  int ends = 0;
  std::vector<CellProgress> last;
};

/// A lab with one simulated experiment in it.
class ExperimentTest : public testing::Test {
 protected:
  ExperimentTest() : lab_(record::Lab::create(folder_.path())) {
    ::setenv("ASSAY_LOCK_DIR", locks_.path().c_str(), 1);
    options_.actor = "ada";
  }
  ~ExperimentTest() override { ::unsetenv("ASSAY_LOCK_DIR"); }

  /// An experiment in which treatment takes this much less or more time.
  void write(const std::string& shift, const std::string& more = "") {
    std::ofstream(folder_ / "poll.toml") << R"(
[experiment]
id = "poll"
hypothesis = "Polling is faster than sleeping"
assumptions = ["one CPU"]

[variable]
kind = "env"
name = "MODE"
control = "sleep"
treatment = "poll"

[[workload]]
name = "wait"
command = ["true"]

[[metric]]
name = "wall"
role = "primary"
margin = "3%"

[protocol]
max_blocks = 40
seed = "7"
)" << more << "\n[simulated]\nnoise = \"2%\"\nshift = \""
                                         << shift << "\"\n";
  }

  ExperimentFile file(const FileOverrides& overrides = {
                          .engine = EngineName::simulated, .seed = {}, .max_blocks = {}}) {
    return read_experiment(folder_ / "poll.toml", overrides, counter_);
  }
  Ending run() { return run_experiment(file(), options_, counter_); }
  Finished finish() { return std::get<Finished>(run()); }
  RefusalReason refused() { return std::get<Refusal>(run()).reason; }

  test::ScratchFolder folder_;
  test::ScratchFolder locks_;
  record::Lab lab_;
  RunOptions options_;
  Counter counter_;
};

TEST_F(ExperimentTest, RunsAFileToItsRecord) {
  write("-20%");
  const Finished end = finish();
  EXPECT_EQ(end.outcome.result.verdict, Verdict::improved);
  EXPECT_EQ(end.outcome.result.decision, Decision::keep);
  ASSERT_TRUE(end.record);
  EXPECT_EQ(end.record->name, "0001-poll");
  const Effect& effect = *end.outcome.result.comparisons.at(0).metrics.at(0).effect;
  EXPECT_LT(percent_of_log_ratio(effect.interval.low), -20);
  EXPECT_GT(percent_of_log_ratio(effect.interval.high), -22);
}

TEST_F(ExperimentTest, WhatIsFiledIsReadBackFromDiskAsItWas) {
  write("-20%");
  const Finished end = finish();
  const Record record = read_record(record::record_path(lab_, end.record->name));
  EXPECT_EQ(formats::plan_json(record.plan),
            formats::plan_json(end.outcome.plan));  // except values of the environment
  EXPECT_EQ(record.blocks, end.outcome.blocks);
  EXPECT_EQ(record.plan_sha256, end.outcome.plan_sha256);
  EXPECT_EQ(record.actor, "ada");
  EXPECT_EQ(record.result.verdict, end.outcome.result.verdict);
}

TEST_F(ExperimentTest, TheJournalHoldsTheBlocksThatTheRecordHolds) {
  write("-20%");
  const Finished end = finish();
  const host::Journal journal(lab_.journal_path());
  EXPECT_EQ(read_blocks(journal, journal.attempts().at(0).id), end.outcome.blocks);
}

TEST_F(ExperimentTest, AnalysingARecordGivesItsResultAgain) {
  write("-20%");
  const Finished end = finish();
  EXPECT_EQ(analyse(read_record(record::record_path(lab_, end.record->name))), end.outcome.result);
}

TEST_F(ExperimentTest, TellsTheObserverOfEveryBlock) {
  write("-20%");
  const Finished end = finish();
  EXPECT_EQ(counter_.blocks, static_cast<int>(end.outcome.blocks.size()));
  EXPECT_EQ(counter_.cells_of_plan, 1U);
  EXPECT_EQ(counter_.ends, 1);
  EXPECT_FALSE(counter_.last.at(0).open);
  EXPECT_EQ(counter_.last.at(0).blocks, end.outcome.result.blocks);
}

TEST_F(ExperimentTest, PlanningRunsNothing) {
  write("-20%");
  const FrozenPlan planned = plan_experiment(file(), options_);
  EXPECT_EQ(planned.plan.environment_name, "simulated");
  EXPECT_EQ(planned.plan.attempt, 1);
  EXPECT_EQ(planned.hypothesis_sha256.size(), 64U);
  EXPECT_EQ(counter_.blocks, 0);
}

TEST_F(ExperimentTest, RefusesWhatWasKeptByItsRecord) {
  write("-20%");
  const Finished end = finish();
  const auto decided = std::get<AlreadyDecided>(refused());
  EXPECT_EQ(decided.by.name, end.record->name);
  EXPECT_EQ(decided.by.sha256, end.record->sha256);
  EXPECT_EQ(decided.by.verdict, Verdict::improved);
  EXPECT_EQ(decided.by.decision, Decision::keep);
}

TEST_F(ExperimentTest, RefusesADeadEndAndNamesTheWayBack) {
  write("20%");
  (void)finish();
  const auto refusal = std::get<Refusal>(run());
  EXPECT_EQ(std::get<DeadEnd>(refusal.reason).by.verdict, Verdict::regressed);
  EXPECT_EQ(way_back(refusal), WayBack::reopen);
  ASSERT_NE(record_behind(refusal), nullptr);
  EXPECT_EQ(record_behind(refusal)->number, 1);
}

TEST_F(ExperimentTest, RefusesALooserTarget) {
  const std::string target = "\n[[target]]\nworkload = \"wait\"\nmetric = \"wall\"\nat_most = \"";
  write("-1.5%", "attempts = 4\n" + target + "1 s\"\n");
  (void)finish();
  write("-1.5%", "attempts = 4\n" + target + "2 s\"\n");
  const auto loosened = std::get<TargetLoosened>(refused());
  EXPECT_EQ(loosened.in_force, 1);
  EXPECT_EQ(loosened.asked, 2);
  EXPECT_EQ(loosened.stated_in, "0001-poll");
}

TEST_F(ExperimentTest, RefusesWhileAnotherMeasurementHoldsTheHost) {
  write("-20%");
  options_.host_patience = nanoseconds(0);
  const host::MeasuringLock other("another test", nanoseconds(0), {});
  // A process that holds the lock is an ancestor of what it starts, and this process is not its own ancestor.
  EXPECT_NE(std::get<HostBusy>(refused()).holder.find("another test"), std::string::npos);
}

TEST_F(ExperimentTest, RefusesWithoutALab) {
  write("-20%");
  std::filesystem::remove_all(folder_ / ".assay");
  EXPECT_EQ(std::get<NoLab>(refused()).folder, folder_.path());
}

TEST_F(ExperimentTest, GoesOnWhereItWasInterrupted) {
  write("-1.5%");
  int blocks = 0;
  options_.stop = [&] { return ++blocks > 5 ? StopRequest::after_block : StopRequest::none; };
  const auto interrupted = std::get<Interrupted>(run());
  ASSERT_FALSE(interrupted.outcome.blocks.empty());
  options_.stop = {};
  const Finished end = finish();
  EXPECT_EQ(end.outcome.plan_sha256, interrupted.outcome.plan_sha256);
  EXPECT_EQ(
      std::vector<Block>(end.outcome.blocks.begin(),
                         end.outcome.blocks.begin() + static_cast<std::ptrdiff_t>(interrupted.outcome.blocks.size())),
      interrupted.outcome.blocks);
}

TEST_F(ExperimentTest, RefusesAFileThatChangedSinceItsAttemptBegan) {
  write("-1.5%");
  int blocks = 0;
  options_.stop = [&] { return ++blocks > 5 ? StopRequest::after_block : StopRequest::none; };
  (void)run();
  write("-1.5%", "attempts = 5\n");
  const auto refusal = std::get<Refusal>(run());
  EXPECT_EQ(std::get<ChangedSinceBegun>(refusal.reason).attempt, 1);
  EXPECT_EQ(way_back(refusal), WayBack::restore_or_close);
}

TEST_F(ExperimentTest, ClosingSpendsTheInterruptedAttempt) {
  write("-1.5%");
  int blocks = 0;
  options_.stop = [&] { return ++blocks > 5 ? StopRequest::after_block : StopRequest::none; };
  (void)run();
  options_.stop = {};
  const auto closed = std::get<Finished>(close_experiment(file(), options_, counter_));
  EXPECT_EQ(closed.outcome.result.verdict, Verdict::inconclusive);
  ASSERT_TRUE(closed.record);
  EXPECT_EQ(finish().outcome.plan.attempt, 2);
  const auto nothing = std::get<Refusal>(close_experiment(file(), options_, counter_));
  EXPECT_TRUE(std::holds_alternative<NoOpenAttempt>(nothing.reason));
}

TEST_F(ExperimentTest, ACapThatHasNothingToCapIsAMistake) {
  write("-20%", "blocks = 12\n");
  EXPECT_THROW((void)file({.engine = EngineName::simulated, .seed = {}, .max_blocks = 10}), Error);
}

TEST_F(ExperimentTest, AComparisonIsRecordedOnlyIfAsked) {
  write("-20%");
  ComparisonRequest comparison{.definition = definition_of(file()), .folder = folder_.path(), .keep = Keep::nothing};
  EXPECT_FALSE(std::get<Finished>(run_comparison(comparison, options_, counter_)).record);
  comparison.keep = Keep::record;
  const auto again = std::get<Finished>(run_comparison(comparison, options_, counter_));
  EXPECT_TRUE(again.record);
  EXPECT_TRUE(again.outcome.plan.exploratory);
  const std::vector<std::string>& notes = again.outcome.result.audit.notes;
  EXPECT_NE(std::find(notes.begin(), notes.end(), "run 2 of this comparison today"), notes.end());
}

/// What attempts leave in the chain when they begin, and what is held against their neighbours.
class OpeningTest : public ExperimentTest {
 protected:
  /// Runs until the experiment has this many blocks.
  void interrupt_after(int blocks) {
    int asked = 0;
    options_.stop = [&asked, blocks] { return ++asked > blocks ? StopRequest::at_once : StopRequest::none; };
    (void)run();
    options_.stop = {};
  }
  std::vector<record::RecordSummary> of_kind(RecordKind kind) {
    std::vector<record::RecordSummary> records = record::list_records(lab_);
    std::erase_if(records, [kind](const auto& record) { return record.kind != kind; });
    return records;
  }
  /// As in a clone of the lab.
  void lose_the_journal() { std::filesystem::remove(lab_.journal_path()); }
  /// The same question with one word more.
  void write_neighbour(const std::string& shift) {
    write(shift);
    std::string text = host::read_file(folder_ / "poll.toml");
    text.replace(text.find("[\"true\"]"), 8, "[\"true\", \"x\"]");
    std::ofstream(folder_ / "poll.toml") << text;
  }
};

TEST_F(OpeningTest, IsAParentOfTheRecordAndHasItsNumber) {
  write("-20%");
  const Finished end = finish();
  const auto openings = of_kind(RecordKind::opening);
  ASSERT_EQ(openings.size(), 1U);
  EXPECT_EQ(openings[0].number, 1);
  EXPECT_EQ(openings[0].plan_sha256, end.outcome.plan_sha256);
  EXPECT_EQ(read_record(record::record_path(lab_, end.record->name)).parents, std::vector{openings[0].sha256});
}

TEST_F(OpeningTest, IsNotWrittenForAComparison) {
  write("-20%");
  const ComparisonRequest comparison{
      .definition = definition_of(file()), .folder = folder_.path(), .keep = Keep::record};
  (void)run_comparison(comparison, options_, counter_);
  EXPECT_TRUE(of_kind(RecordKind::opening).empty());
}

TEST_F(OpeningTest, CountsAsSpentWhereTheJournalIsGone) {
  write("-1.5%");
  interrupt_after(5);
  EXPECT_EQ(of_kind(RecordKind::opening).size(), 1U);
  lose_the_journal();
  EXPECT_EQ(finish().outcome.plan.attempt, 2);
}

TEST_F(OpeningTest, LetsALostAttemptBindLaterOnes) {
  const std::string check = "\n[[check]]\nname = \"ok\"\nkind = \"command\"\ncommand = [\"true\"]\n";
  write("-1.5%", check);
  interrupt_after(5);
  lose_the_journal();
  write("-1.5%");
  const auto less = std::get<AsksForLess>(refused());
  ASSERT_EQ(less.changes.size(), 1U);
  EXPECT_EQ(less.changes[0].requirement, Requirement::check);
  EXPECT_EQ(less.changes[0].standing, EarlierStanding::not_evaluated);
}

TEST_F(OpeningTest, OfAnAttemptThatGoesOnIsWrittenOnce) {
  write("-1.5%");
  interrupt_after(5);
  (void)finish();
  EXPECT_EQ(of_kind(RecordKind::opening).size(), 1U);
}

TEST_F(OpeningTest, IsClosedIfNoBlockEndedAndThenSpendsNothing) {
  write("-1.5%");
  interrupt_after(3);  // asked before building, before the first block, and in it
  ASSERT_EQ(of_kind(RecordKind::opening).size(), 1U);
  ASSERT_TRUE(read_blocks(host::Journal(lab_.journal_path()), 1).empty());
  write("-1.5%", "attempts = 5\n");
  EXPECT_EQ(finish().outcome.plan.attempt, 1);
  EXPECT_EQ(of_kind(RecordKind::closing).size(), 1U);
  lose_the_journal();
  EXPECT_EQ(finish().outcome.plan.attempt, 2);
}

TEST_F(OpeningTest, OfAnInterruptedAttemptHoldsBackItsNeighbour) {
  write("-1.5%");
  interrupt_after(5);
  write_neighbour("-20%");
  const AttemptResult result = finish().outcome.result;
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision_reason, DecisionReason::near);
  EXPECT_EQ(result.audit.neighbours.at(0).record, of_kind(RecordKind::opening).at(0).name);
}

TEST_F(OpeningTest, OfADiscardedQuestionHoldsBackItsNeighbourUntilThatIsAccepted) {
  write("0%");
  (void)finish();
  write_neighbour("-20%");
  EXPECT_EQ(planned_neighbours(plan_experiment(file(), options_), record::list_records(lab_)).at(0).record,
            "0001-poll");
  const Finished held = finish();
  EXPECT_EQ(held.outcome.result.decision_reason, DecisionReason::near);

  record::AcceptanceRequest request{.attempt = record::find_summary(lab_, "2"), .reason = "x means something"};
  const auto accept = [&](const auto& records) { return record::checked_acceptance(records, request); };
  (void)record::file_entry(lab_, "ada", accept);
  EXPECT_TRUE(std::holds_alternative<AlreadyDecided>(refused()));
  EXPECT_THROW((void)record::file_entry(lab_, "ada", accept), Error);
  request.attempt = record::find_summary(lab_, "1");
  EXPECT_THROW((void)record::file_entry(lab_, "ada", accept), Error);
  const std::string decisions = host::read_file(lab_.decisions_path());
  EXPECT_NE(decisions.find("accepted: kept, by 0003-acceptance"), std::string::npos);
  EXPECT_FALSE(record::verify_lab(lab_, {}).difference);
}

}  // namespace experiment_tests
}  // namespace assay::attempt
