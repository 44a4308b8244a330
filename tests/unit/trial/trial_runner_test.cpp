#include "experiments/trial/trial_runner.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/side_command.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace trial_runner_tests {

using test::environment_variable;
using test::small_plan;
using Texts = std::vector<std::string>;

const std::string kWork = ASSAY_WORK;
const std::string kAct = ASSAY_ACT;

Metric number_in_results(const std::string& pointer) {
  Metric metric;
  metric.name = "speed";
  metric.source = JsonSource{pointer};
  metric.role = MetricRole::guard;
  metric.margin = Percent{3};
  return metric;
}

/// A plan in a folder of its own; its trials are run one by one.
class TrialRunnerTest : public testing::Test {
 protected:
  TrialRunnerTest() { plan_.folder = folder_.path(); }

  Workload& workload() { return plan_.workloads[0]; }
  /// What the trials of both arms do.
  void command(Argv words) { workload().command = std::move(words); }
  void check(CheckKind kind) { plan_.checks.push_back({"a check", std::move(kind), {}}); }

  TrialReport run(ArmIndex arm = kControl, int padding = 0) { return runner().run(setup(arm), padding); }
  WarmUp warm_up(ArmIndex arm = kControl) { return runner().warm_up(setup(arm)); }
  std::string outcome(ArmIndex arm = kControl) { return describe(run(arm).trial.outcome); }
  ArmSetup setup(ArmIndex arm) { return materialise(plan_, 0, workspace_.resources()).at(arm); }
  TrialRunner& runner() {
    if (!runner_) runner_.emplace(plan_, launcher_, workspace_);
    return *runner_;
  }
  [[nodiscard]] std::string text(const std::string& name) const { return host::read_file(folder_ / name); }

  test::ScratchFolder folder_;
  Plan plan_ = small_plan(environment_variable("FAST"));
  host::Launcher launcher_;
  Workspace workspace_{2, "/run/lock/assay"};
  std::optional<TrialRunner> runner_;
};

TEST_F(TrialRunnerTest, MeasuresATrialThatEndsWell) {
  command({kAct, "exit", "0"});
  const Trial trial = run().trial;
  EXPECT_TRUE(is_measured(trial.outcome));
  ASSERT_TRUE(trial.values[0].has_value());
  EXPECT_GT(*trial.values[0], 0);
  EXPECT_TRUE(trial.notes.empty());
}

TEST_F(TrialRunnerTest, GivesNoValueForATrialThatFails) {
  command({kAct, "exit", "3"});
  const Trial trial = run().trial;
  EXPECT_EQ(describe(trial.outcome), "exited 3");
  EXPECT_EQ(trial.values, std::vector<std::optional<double>>{std::nullopt});
}

TEST_F(TrialRunnerTest, CountsTheExitCodesThatAreDeclaredGood) {
  command({kAct, "exit", "3"});
  workload().success_codes = {0, 3};
  EXPECT_EQ(outcome(), "measured");
}

TEST_F(TrialRunnerTest, CountsEveryExitCodeWhereNoneIsDeclared) {
  command({kAct, "exit", "99"});
  workload().success_codes.clear();
  EXPECT_EQ(outcome(), "measured");
}

TEST_F(TrialRunnerTest, TellsWhichSignalKilledATrial) {
  command({kAct, "abort"});
  EXPECT_TRUE(outcome().starts_with("killed by signal 6"));
}

TEST_F(TrialRunnerTest, EndsATrialThatHangs) {
  command({kAct, "wait"});
  workload().timeout = std::chrono::milliseconds(50);
  workload().grace = std::chrono::milliseconds(50);
  EXPECT_EQ(outcome(), "timed out after 50.0 ms");
}

TEST_F(TrialRunnerTest, NamesWhatATrialLeftRunning) {
  command({kAct, "leave-daemon"});
  const Trial trial = run().trial;
  ASSERT_EQ(trial.left_running.size(), 1U);
  EXPECT_GT(trial.left_running[0].pid, 0);
  const std::string& command_line = trial.left_running[0].command_line;
  EXPECT_NE(command_line.find("act leave-daemon"), std::string::npos) << command_line;
  EXPECT_TRUE(trial.notes.empty());
}

TEST_F(TrialRunnerTest, NamesAndRemovesWhatATrialLeftInItsTemporaryFolder) {
  command({kWork, "litter", "scrap"});
  EXPECT_EQ(run().trial.notes, (Texts{"left in TMPDIR: scrap"}));
  EXPECT_TRUE(std::filesystem::is_empty(workspace_.resources().temporary_folder));
}

TEST_F(TrialRunnerTest, RunsHooksBeforeAndAfterTheTrial) {
  command({kWork, "append", "log", "trial"});
  workload().hooks.prepare = {kWork, "append", "log", "prepare"};
  workload().hooks.conclude = {kWork, "append", "log", "conclude"};
  (void)run();
  EXPECT_EQ(text("log"), "prepare\ntrial\nconclude\n");
}

TEST_F(TrialRunnerTest, SetsUpEachTrialIfAsked) {
  command({kWork, "append", "log", "trial"});
  workload().hooks = {.setup = {kWork, "append", "log", "setup"},
                      .prepare = {kWork, "append", "log", "prepare"},
                      .conclude = {kWork, "append", "log", "conclude"},
                      .cleanup = {kWork, "append", "log", "cleanup"},
                      .setup_per = SetupPer::trial};
  ASSERT_EQ(runner().set_up(setup(kControl)), std::nullopt);
  (void)warm_up();
  const OutsideClock outside = run().trial.outside;
  ASSERT_EQ(runner().clean_up(setup(kControl)), std::nullopt);
  const std::string once = "setup\nprepare\ntrial\nconclude\ncleanup\n";
  EXPECT_EQ(text("log"), once + once);
  EXPECT_GT(outside.prepare.count(), 0);
  EXPECT_GT(outside.conclude.count(), 0);
}

TEST_F(TrialRunnerTest, EndsTheServiceOfOneTrial) {
  command({kAct, "spin", "5"});
  workload().hooks.setup = {kAct, "leave-flooding"};
  workload().hooks.setup_per = SetupPer::trial;
  const Trial trial = run().trial;
  EXPECT_TRUE(is_measured(trial.outcome));
  EXPECT_GT(trial.outside.services.count(), 0) << "it ran beside the trial";
  EXPECT_TRUE(trial.left_running.empty());
  EXPECT_TRUE(launcher_.end_descendants().empty());
}

TEST_F(TrialRunnerTest, CannotStartATrialWhoseSetupFails) {
  command({kWork, "append", "log", "trial"});
  workload().hooks.setup = {kWork, "fail", "4", "no disk"};
  workload().hooks.setup_per = SetupPer::trial;
  EXPECT_EQ(outcome(), "hook failed: setup: exited 4: no disk");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "log"));
}

TEST_F(TrialRunnerTest, HasAHardwareCountOrSaysWhyNot) {
  command({kAct, "spin", "5"});
  Metric metric = *find_built_in_metric("instructions");
  metric.role = MetricRole::guard;
  metric.margin = Percent{3};
  plan_.metrics.push_back(metric);
  const WarmUp warmed = warm_up();
  const Trial trial = run().trial;
  EXPECT_TRUE(is_measured(trial.outcome)) << "a guard that cannot be measured fails no trial";
  EXPECT_EQ(trial.values[1].has_value(), warmed.unavailable.empty());
  if (trial.values[1]) {
    EXPECT_EQ(*trial.values[1], static_cast<double>(*trial.usage.instructions));
  } else {
    ASSERT_EQ(warmed.unavailable.size(), 1U);
    EXPECT_EQ(warmed.unavailable[0].index, 1U);
    EXPECT_EQ(runner().take_notes(), Texts{"instructions is unavailable: " + warmed.unavailable[0].why});
  }
}

TEST_F(TrialRunnerTest, RecordsNothingOutsideTheClockIfNothingRunsThere) {
  command({kAct, "exit", "0"});
  EXPECT_EQ(run().trial.outside, OutsideClock{});
}

TEST_F(TrialRunnerTest, RecordsWhatHooksAndChecksTake) {
  command({kAct, "exit", "0"});
  workload().hooks.prepare = {kAct, "spin", "20"};
  workload().hooks.conclude = {kAct, "spin", "10"};
  check(CommandCheck{{kAct, "spin", "15"}});
  const OutsideClock outside = run().trial.outside;
  EXPECT_GE(outside.prepare, std::chrono::milliseconds(20));
  EXPECT_GE(outside.prepare_cpu, std::chrono::milliseconds(10));
  EXPECT_GE(outside.conclude, std::chrono::milliseconds(10));
  EXPECT_GE(outside.after, std::chrono::milliseconds(15));
}

TEST_F(TrialRunnerTest, RecordsWhatTheProofOfAStateTakes) {
  command({kAct, "exit", "0"});
  plan_.states = {{.name = "ready", .prove = {kAct, "spin", "20"}}};
  workload().states = {"ready"};
  const OutsideClock outside = run().trial.outside;
  EXPECT_GE(outside.prepare, std::chrono::milliseconds(20));
  EXPECT_GE(outside.prepare_cpu, std::chrono::milliseconds(10));
}

TEST_F(TrialRunnerTest, RecordsWhatRepeatedWarmUpsTake) {
  // The proof holds from the second time on, and each trial spins.
  command({kAct, "spin", "20"});
  plan_.states = {{.prove = {"sh", "-c", "test -e proven || { touch proven; exit 1; }"}}};
  workload().hooks.conclude = {kAct, "spin", "10"};
  const Trial trial = run().trial;
  ASSERT_TRUE(is_measured(trial.outcome)) << describe(trial.outcome);
  EXPECT_EQ(trial.warm_ups_repeated, 1);
  EXPECT_GE(trial.outside.prepare, std::chrono::milliseconds(30));
  EXPECT_GE(trial.outside.prepare_cpu, std::chrono::milliseconds(20));
}

TEST_F(TrialRunnerTest, RecordsWhatListCommandsTake) {
  command({kAct, "exit", "0"});
  check(NoLeaksCheck{{}, {{kAct, "spin", "20"}}, {"/*"}});
  const OutsideClock outside = run().trial.outside;
  EXPECT_GE(outside.prepare, std::chrono::milliseconds(20));
  EXPECT_GE(outside.prepare_cpu, std::chrono::milliseconds(10));
  EXPECT_GE(outside.conclude, std::chrono::milliseconds(20));
  EXPECT_GE(outside.conclude_cpu, std::chrono::milliseconds(10));
}

TEST_F(TrialRunnerTest, RecordsNothingOutsideTheClockForAWatchWithoutListCommands) {
  command({kAct, "exit", "0"});
  check(NoLeaksCheck{{}, {}, {"/*"}});
  OutsideClock outside = run().trial.outside;
  outside.after = {};
  EXPECT_EQ(outside, OutsideClock{});
}

TEST_F(TrialRunnerTest, RecordsHowLongAProcessOutlivedATrialAndThatItWasStopped) {
  command({kAct, "leave-one-ignoring-term"});
  EXPECT_GE(run().trial.outside.survived, std::chrono::milliseconds(500));
  command({kAct, "be-stopped-once"});
  EXPECT_EQ(run().trial.outside.stops, 1);
}

TEST_F(TrialRunnerTest, RecordsTheCpuTimeOfServices) {
  command({kAct, "spin", "50"});
  workload().hooks.setup = {kAct, "leave-flooding"};
  ASSERT_EQ(runner().set_up(setup(kControl)), std::nullopt);
  EXPECT_GT(run().trial.outside.services.count(), 0);
}

TEST_F(TrialRunnerTest, NotesThatATrialAlteredTheLauncher) {
  command({kAct, "alter-parent", "cpus"});
  (void)run();
  const Texts notes = runner().take_notes();
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0],
            "the CPU mask of the launcher was altered while a trial of control ran; it was restored, and no trial "
            "inherited it");
}

TEST_F(TrialRunnerTest, GivesHooksTheEnvironmentOfTheArm) {
  command({kAct, "exit", "0"});
  workload().hooks.prepare = {kWork, "append-variable", "log", "FAST"};
  (void)run(1);
  EXPECT_EQ(text("log"), "1\n");
}

TEST_F(TrialRunnerTest, VoidsATrialWhosePrepareFailsAndDoesNotRunIt) {
  command({kWork, "append", "log", "trial"});
  workload().hooks.prepare = {kWork, "fail", "4", "no disk"};
  EXPECT_EQ(outcome(), "hook failed: prepare: exited 4: no disk");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "log"));
}

TEST_F(TrialRunnerTest, VoidsATrialWhoseConcludeFails) {
  command({kAct, "exit", "0"});
  workload().hooks.conclude = {kWork, "fail", "4", "no disk"};
  EXPECT_EQ(outcome(), "hook failed: conclude: exited 4: no disk");
}

// Else a treatment that crashes and leaves a mess would be run again until it does not.
TEST_F(TrialRunnerTest, DoesNotForgiveACrashForAConcludeThatFailsAfterIt) {
  command({kAct, "exit", "3"});
  workload().hooks.conclude = {kWork, "fail", "4", "no disk"};
  const Trial trial = run().trial;
  EXPECT_EQ(describe(trial.outcome), "exited 3");
  EXPECT_EQ(trial.notes, (Texts{"conclude failed too: exited 4: no disk"}));
}

TEST_F(TrialRunnerTest, FailsATrialWhoseCheckFails) {
  command({kAct, "exit", "0"});
  check(CommandCheck{{kWork, "fail", "1", "the page is empty"}});
  EXPECT_EQ(outcome(), "check failed: a check: exited 1: the page is empty");
}

TEST_F(TrialRunnerTest, RunsChecksInTheTrialsFolderOnWhatItWrote) {
  command({kWork, "write", "out", "text"});
  check(CommandCheck{{kWork, "exists", "out"}});
  EXPECT_EQ(outcome(), "measured");
}

TEST_F(TrialRunnerTest, RunsNoCheckOfAnotherWorkload) {
  command({kAct, "exit", "0"});
  check(CommandCheck{{kWork, "exists", "nothing"}});
  plan_.checks[0].workloads = {"another"};
  EXPECT_EQ(outcome(), "measured");
}

TEST_F(TrialRunnerTest, ReadsMetricsFromTheResultsFile) {
  command({kWork, "write", "results.json", R"({"speed": 7})"});
  workload().results = "results.json";
  plan_.metrics.push_back(number_in_results("/speed"));
  EXPECT_EQ(run().trial.values[1], 7);
}

TEST_F(TrialRunnerTest, ReadsMetricsFromStandardOutput) {
  command({kAct, "print-argument", R"({"speed": 7})"});
  plan_.metrics.push_back(number_in_results("/speed"));
  EXPECT_EQ(run().trial.values[1], 7);
}

TEST_F(TrialRunnerTest, ReadsMetricsFromAnOutputFile) {
  command({kAct, "print-argument", R"({"speed": 7})"});
  workload().standard_output = OutputTarget::file;
  workload().output_file = "out.json";
  plan_.metrics.push_back(number_in_results("/speed"));
  EXPECT_EQ(run().trial.values[1], 7);
}

// A treatment that writes nothing must not be given control's numbers.
TEST_F(TrialRunnerTest, NeverReadsTheResultsOfAnEarlierTrial) {
  command({kWork, "write-where", "results.json", R"({"speed": 7})", "FAST"});
  workload().results = "results.json";
  plan_.metrics.push_back(number_in_results("/speed"));
  EXPECT_EQ(outcome(1), "measured");
  EXPECT_TRUE(outcome(0).starts_with("check failed: metric speed: cannot read ")) << outcome(0);
}

TEST_F(TrialRunnerTest, NeverComparesTheOutputOfAnEarlierTrial) {
  command({kWork, "write-where", "out", "the same", "FAST"});
  check(SameOutputCheck{"out"});
  EXPECT_EQ(outcome(1), "measured");
  EXPECT_EQ(outcome(0), "check failed: a check: out was not written by this trial");
}

TEST_F(TrialRunnerTest, RefusesToReadMetricsFromAFlood) {
  command({kAct, "flood", "3000000"});
  plan_.metrics.push_back(number_in_results("/speed"));
  EXPECT_TRUE(outcome().starts_with("check failed: metric speed: standard output is 3.00 MB, more than the "))
      << outcome();
}

TEST_F(TrialRunnerTest, TellsOutputsApartByTheirBytes) {
  command({kWork, "print-variable", "FAST"});
  check(SameOutputCheck{});
  OutputReferences references(plan_);
  std::vector<TrialReport> reports = {run(1), run(0)};
  references.judge(0, reports);
  EXPECT_TRUE(describe(reports[0].trial.outcome).starts_with("check failed: a check: standard output differs"));
  EXPECT_TRUE(is_measured(reports[1].trial.outcome));
}

TEST_F(TrialRunnerTest, LetsNoSingleLeakPass) {
  command({kWork, "litter", "scrap"});
  check(NoLeaksCheck{{}, {}, {"/*"}});  // other programs create and remove files in the shared folders
  EXPECT_EQ(outcome(), "check failed: a check: left behind: file $TMPDIR/scrap");
}

TEST_F(TrialRunnerTest, GivesBothArmsEnvironmentsOfTheSameSize) {
  command({kWork, "append-environment", "log"});
  (void)run(0, 100);
  (void)run(1, 100);
  (void)run(1, 0);
  const std::string lines = text("log");
  const std::size_t end = lines.find('\n');
  EXPECT_EQ(lines.substr(0, end), lines.substr(end + 1, end));
  EXPECT_NE(lines.substr(0, end), lines.substr(2 * (end + 1)));
}

TEST_F(TrialRunnerTest, WarmsUpAndTellsWhatAnArmPrints) {
  command({kWork, "print-variable", "FAST"});
  const WarmUp control = warm_up(0);
  EXPECT_TRUE(is_measured(control.outcome));
  EXPECT_EQ(control.standard_output_sha256.size(), 64U);
  EXPECT_NE(control.standard_output_sha256, warm_up(1).standard_output_sha256);
}

TEST_F(TrialRunnerTest, TellsWhatAFailingWarmUpSaid) {
  command({kWork, "fail", "2", "no such table"});
  const WarmUp failed = warm_up();
  EXPECT_EQ(with_line(describe(failed.outcome), failed.error_line), "exited 2: no such table");
}

TEST_F(TrialRunnerTest, TellsWhyASetupFailed) {
  workload().hooks.setup = {kWork, "fail", "5", "port taken"};
  EXPECT_EQ(runner().set_up(setup(0)), "exited 5: port taken");
}

TEST_F(TrialRunnerTest, LeavesWhatASetupStartedAloneUntilItIsEnded) {
  command({kAct, "exit", "0"});
  workload().hooks.setup = {kAct, "leave-daemon"};
  EXPECT_EQ(runner().set_up(setup(0)), std::nullopt);
  EXPECT_TRUE(run().trial.notes.empty());
  EXPECT_EQ(launcher_.end_descendants().size(), 1U);
}

TEST_F(TrialRunnerTest, RefusesAProgramThatIsMissing) {
  command({"./nothing"});
  EXPECT_NE(test::message_of([this] { (void)run(); }).find("nothing"), std::string::npos);
}

}  // namespace trial_runner_tests
}  // namespace assay::trial
