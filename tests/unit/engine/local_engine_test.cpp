#include "experiments/engine/local_engine.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/cpus.hpp"
#include "experiments/design/schedule.hpp"
#include "tests/support/go_on.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace local_engine_tests {

const std::string kWork = ASSAY_WORK;
const std::string kAct = ASSAY_ACT;
using Texts = std::vector<std::string>;

using test::go_on;

/// How often an engine asks whether it is to stop before it starts a block: before and after it tests isolation.
constexpr int kAskedBeforeABlock = 2;

class LocalEngineTest : public testing::Test {
 protected:
  LocalEngineTest() { plan_.folder = folder_.path(); }
  ~LocalEngineTest() override {
    if (engine_) engine_->finish();
  }

  Workload& workload() { return plan_.workloads[0]; }
  LocalEngine& engine() {
    if (!engine_) {
      engine_.emplace(EngineOptions{.plan = plan_,
                                    .lock_path = "/run/lock/assay",
                                    .step = [this](std::string_view step) { steps_.emplace_back(step); }});
    }
    return *engine_;
  }
  std::vector<Block> run(int count, const StopSignal& stop = go_on) {
    std::vector<BlockOrder> orders;
    for (int number = 1; number <= count; ++number) orders.push_back(design::block_order(plan_, 0, number));
    std::vector<Block> blocks;
    dropped_ = engine().run(
        orders, [&](const std::vector<Block>& ended) { blocks.insert(blocks.end(), ended.begin(), ended.end()); },
        stop);
    return blocks;
  }
  [[nodiscard]] std::string log() const { return host::read_file(folder_ / "log"); }

  test::ScratchFolder folder_;
  Plan plan_ = test::small_plan(test::environment_variable("FAST"), {kAct, "exit", "0"});
  std::optional<LocalEngine> engine_;
  std::optional<DroppedBlock> dropped_;
  Texts steps_;
};

TEST_F(LocalEngineTest, RunsEachBlockInTheOrderOfItsCoin) {
  const std::vector<Block> blocks = run(6);
  ASSERT_EQ(blocks.size(), 6U);
  for (int number = 1; number <= 6; ++number) {
    const Block& block = blocks[static_cast<std::size_t>(number - 1)];
    const BlockOrder order = design::block_order(plan_, 0, number);
    EXPECT_EQ(block.number, number);
    EXPECT_EQ(block.padding, order.padding);
    EXPECT_EQ(block.trials[0].arm, order.arms[0]);
    EXPECT_EQ(block.trials[1].arm, order.arms[1]);
  }
}

/// Both arms of each block at once.
class DuetEngineTest : public LocalEngineTest {
 protected:
  void SetUp() override {
    cpus_ = host::choose_cpu_pair(host::usable_cpus());
    if (!cpus_) GTEST_SKIP() << "a duet needs two CPUs, and this process may use one";
    plan_.protocol.design = Design::duet;
  }

  std::optional<host::CpuPair> cpus_;
};

TEST_F(DuetEngineTest, GivesTheArmsTheCpusThatTheCoinPicks) {
  const std::vector<Block> blocks = run(8);
  ASSERT_EQ(blocks.size(), 8U);
  for (const Block& block : blocks) {
    const BlockOrder order = design::block_order(plan_, 0, block.number);
    ASSERT_EQ(block.trials.size(), 2U);
    EXPECT_EQ(block.trials[0].arm, order.arms[0]);
    EXPECT_EQ(block.trials[0].cpu, cpus_->first);
    EXPECT_EQ(block.trials[1].arm, order.arms[1]);
    EXPECT_EQ(block.trials[1].cpu, cpus_->second);
  }
  const Texts notes = engine().take_notes();
  const std::string note = fmt::format("duet on CPUs {} and {}", cpus_->first, cpus_->second);
  EXPECT_EQ(std::count(notes.begin(), notes.end(), note), 1) << note;
}

TEST_F(DuetEngineTest, KeepsWhatOneLeavesFromTheOther) {
  plan_.variable = test::command_variable({kAct, "leave-one"}, {kAct, "print-span", "20"});
  const std::vector<Block> blocks = run(1);
  ASSERT_EQ(blocks.size(), 1U);
  for (const Trial& trial : blocks[0].trials) EXPECT_EQ(trial.left_running.size(), trial.arm == kControl ? 1U : 0U);
}

TEST_F(DuetEngineTest, PreparesBothBeforeAndConcludesBothAfter) {
  workload().hooks.prepare = {kWork, "append", "log", "prepare"};
  workload().hooks.conclude = {kWork, "append", "log", "conclude"};
  plan_.variable = test::argument_variable("text", "trial", "trial");
  workload().command = {kWork, "append", "log", "{text}"};
  (void)run(1);
  EXPECT_EQ(log(), "prepare\nprepare\ntrial\ntrial\nconclude\nconclude\n");
}

TEST_F(DuetEngineTest, StartsNeitherWhereOneCannotBePrepared) {
  workload().hooks.prepare = {kWork, "fail-where", "FAST", "9"};
  workload().command = {kWork, "append", "log", "trial"};
  const std::vector<Block> blocks = run(1);
  ASSERT_EQ(blocks[0].trials.size(), 1U);
  EXPECT_EQ(blocks[0].trials[0].arm, 1U);
  EXPECT_TRUE(is_void(blocks[0]));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "log"));
}

TEST_F(DuetEngineTest, GivesEachTrialATemporaryFolderOfItsOwn) {
  workload().command = {"/bin/sh", "-c", "echo \"$TMPDIR\" >> log"};
  (void)run(1);
  const std::string folders = log();
  const std::size_t first = folders.find('\n');
  ASSERT_EQ(folders.size(), 2 * (first + 1));  // equally long
  EXPECT_NE(folders.substr(0, first), folders.substr(first + 1, first));
}

TEST_F(DuetEngineTest, DropsBothWhenStoppedAtOnce) {
  int asked = 0;
  (void)run(2, [&] { return ++asked > kAskedBeforeABlock ? StopRequest::at_once : StopRequest::none; });
  ASSERT_TRUE(dropped_.has_value());
  EXPECT_EQ(dropped_->running, design::block_order(plan_, 0, 1).arms);
}

TEST_F(LocalEngineTest, StopsAfterTheRunningBlock) {
  int asked = 0;
  const std::vector<Block> blocks =
      run(6, [&] { return ++asked > kAskedBeforeABlock ? StopRequest::after_block : StopRequest::none; });
  EXPECT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].trials.size(), 2U);
  EXPECT_FALSE(dropped_.has_value());
}

TEST_F(LocalEngineTest, DropsTheRunningBlockWhenStoppedAtOnce) {
  int asked = 0;
  const std::vector<Block> blocks =
      run(6, [&] { return ++asked > kAskedBeforeABlock ? StopRequest::at_once : StopRequest::none; });
  EXPECT_TRUE(blocks.empty());
  ASSERT_TRUE(dropped_.has_value());
  EXPECT_EQ(dropped_->order, design::block_order(plan_, 0, 1));
  EXPECT_EQ(dropped_->running, std::vector<ArmIndex>{design::block_order(plan_, 0, 1).arms[0]});
}

TEST_F(LocalEngineTest, HandsOnWhatIsLeftOfABlockThatWasBrokenOff) {
  plan_.rules = kNewestRules;
  workload().command = {kWork, "append", "log", "trial"};
  int asked = 0;  // and once after each trial
  const std::vector<Block> blocks =
      run(6, [&] { return ++asked > kAskedBeforeABlock + 1 ? StopRequest::at_once : StopRequest::none; });
  ASSERT_TRUE(dropped_.has_value());
  ASSERT_EQ(blocks.size(), 1U);
  const BlockOrder order = design::block_order(plan_, 0, 1);
  ASSERT_TRUE(blocks[0].broken_off.has_value());
  EXPECT_EQ(blocks[0].broken_off->running, std::vector<ArmIndex>{order.arms[1]});
  ASSERT_EQ(blocks[0].trials.size(), 1U);
  EXPECT_EQ(blocks[0].trials[0].arm, order.arms[0]);
}

TEST_F(LocalEngineTest, ForgetsABlockThatWasBrokenOffBeforeItsFirstTrial) {
  plan_.rules = kNewestRules;
  workload().hooks.prepare = {kAct, "exit", "1"};
  int asked = 0;
  EXPECT_TRUE(run(6, [&] { return ++asked > kAskedBeforeABlock ? StopRequest::at_once : StopRequest::none; }).empty());
  EXPECT_TRUE(dropped_.has_value());
}

TEST_F(LocalEngineTest, TellsOfTheRunningBlockBeforeEachTrialAndBetweenThem) {
  std::vector<Block> told;
  engine().follow_running([&](const std::vector<Block>& running) { told.push_back(running.at(0)); });
  const std::vector<Block> blocks = run(1);
  const std::vector<ArmIndex> arms = design::block_order(plan_, 0, 1).arms;
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].broken_off, BrokenOff{{arms[0]}});
  EXPECT_TRUE(told[0].trials.empty());
  EXPECT_EQ(told[1].broken_off, BrokenOff{});
  EXPECT_EQ(told[1].trials.size(), 1U);
  EXPECT_EQ(told[2].broken_off, BrokenOff{{arms[1]}});
  EXPECT_EQ(told[2].trials.at(0), blocks.at(0).trials.at(0));
  EXPECT_EQ(told[2].started_ns, blocks.at(0).started_ns);
}

/// Fails every other time, beginning with the first.
Argv fails_every_other_time() {
  return {"/bin/sh", "-c", "if [ -e failed ]; then rm failed; else touch failed; exit 3; fi"};
}

TEST_F(LocalEngineTest, RunsConcludeOnceMoreAndLetsTheTrialStand) {
  plan_.rules = kNewestRules;
  workload().hooks.conclude = fails_every_other_time();
  const std::vector<Block> blocks = run(1);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_FALSE(is_void(blocks[0]));
  for (const Trial& trial : blocks[0].trials) {
    EXPECT_TRUE(is_measured(trial.outcome));
    EXPECT_EQ(trial.outside.failed_concludes, 1);
    EXPECT_EQ(trial.notes, (Texts{"conclude failed: exited 3; run once more, it was well"}));
  }
}

TEST_F(LocalEngineTest, MakesTheTrialBeforeAFailedConcludeVoidByTheRulesOfThen) {
  workload().hooks.conclude = fails_every_other_time();
  EXPECT_TRUE(is_void(run(1).at(0)));
}

TEST_F(LocalEngineTest, RunsNothingMoreWhenConcludeFailedTwice) {
  plan_.rules = kNewestRules;
  workload().command = {kWork, "append", "log", "trial"};
  workload().hooks.conclude = {kAct, "exit", "3"};
  std::vector<Block> told;
  engine().follow_running([&](const std::vector<Block>& running) { told.push_back(running.at(0)); });
  const std::string label = plan_.variable.levels[design::block_order(plan_, 0, 1).arms[0]].label;
  EXPECT_EQ(test::message_of([this] { (void)run(1); }),
            "conclude of " + label +
                " (work) failed twice: exited 3; nothing more is run: fix the hook, and run the same command again");
  EXPECT_EQ(log(), "trial\n");
  EXPECT_EQ(told.back().trials.size(), 1U);  // what was measured is handed on
}

TEST_F(LocalEngineTest, GivesAWholeBlockBeforeItEndsForItsLastConclude) {
  plan_.rules = kNewestRules;
  const ArmIndex last = design::block_order(plan_, 0, 1).arms[1];
  workload().hooks.conclude = {"/bin/sh", "-c", last == kControl ? "[ \"$FAST\" = 1 ]" : "[ \"$FAST\" != 1 ]"};
  std::vector<Block> blocks;
  const std::vector<BlockOrder> orders = {design::block_order(plan_, 0, 1)};
  EXPECT_THROW((void)engine().run(
                   orders, [&](std::vector<Block> ended) { blocks = std::move(ended); }, go_on),
               Error);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].trials.size(), 2U);
  EXPECT_FALSE(is_void(blocks[0]));
}

TEST_F(LocalEngineTest, SetsUpEachArmOnceAndCleansItUp) {
  workload().hooks.setup = {kWork, "append", "log", "setup"};
  workload().hooks.cleanup = {kWork, "append", "log", "cleanup"};
  engine().prepare(go_on);
  (void)run(2);
  engine().finish();
  EXPECT_EQ(log(), "setup\nsetup\ncleanup\ncleanup\n");
}

TEST_F(LocalEngineTest, SetsUpAWorkloadOnceForAllItsStates) {
  plan_.states = {{"warm", 0}, {"cold", 0}};
  workload().states = {"warm", "cold"};
  workload().hooks.setup = {kWork, "append", "log", "setup"};
  engine().prepare(go_on);
  EXPECT_EQ(log(), "setup\nsetup\n");
}

TEST_F(LocalEngineTest, NamesTheArmWhoseSetupFails) {
  workload().hooks.setup = {kWork, "fail-where", "FAST", "9"};
  EXPECT_EQ(test::message_of([this] { engine().prepare(go_on); }), "setup of treatment (work) failed: exited 9");
}

TEST_F(LocalEngineTest, CleansUpAfterASetupThatFailed) {
  workload().hooks.setup = {kWork, "fail-where", "FAST", "9"};
  workload().hooks.cleanup = {kWork, "append", "log", "cleanup"};
  EXPECT_THROW(engine().prepare(go_on), Error);
  engine().finish();
  EXPECT_EQ(log(), "cleanup\ncleanup\n");
}

TEST_F(LocalEngineTest, EndsWhatSetupsLeftRunning) {
  workload().hooks.setup = {kAct, "leave-daemon"};
  engine().prepare(go_on);
  engine().finish();
  EXPECT_TRUE(engine().launchers().front()->end_descendants().empty());
}

TEST_F(LocalEngineTest, WarmsUpEachArmAsOftenAsTheStateAsks) {
  plan_.states[0].warmup = 2;
  workload().command = {kWork, "append", "log", "trial"};
  engine().prepare(go_on);
  EXPECT_EQ(log(), "trial\ntrial\ntrial\ntrial\n");
  EXPECT_EQ(steps_[0], "warm-up of control (work)");
}

TEST_F(LocalEngineTest, NotesThatTheArmsPrintDifferently) {
  plan_.states[0].warmup = 1;
  workload().command = {kWork, "print-variable", "FAST"};
  engine().prepare(go_on);
  EXPECT_EQ(engine().take_notes(), (Texts{"standard output of treatment (work) differs from that of control"}));
}

TEST_F(LocalEngineTest, NotesNothingOfArmsThatPrintTheSame) {
  plan_.states[0].warmup = 1;
  workload().command = {kAct, "speak"};
  engine().prepare(go_on);
  EXPECT_TRUE(engine().take_notes().empty());
}

TEST_F(LocalEngineTest, NotesWhatAFailingWarmUpSaid) {
  plan_.states[0].warmup = 1;
  workload().command = {kWork, "fail", "2", "no such table"};
  engine().prepare(go_on);
  EXPECT_EQ(engine().take_notes(), (Texts{"the warm-up of control (work) failed: exited 2: no such table",
                                          "the warm-up of treatment (work) failed: exited 2: no such table"}));
}

TEST_F(LocalEngineTest, RefusesToMeasureWhereAHookFailsFromTheStart) {
  plan_.states[0].warmup = 1;
  workload().hooks.prepare = {kWork, "fail", "2", "no disk"};
  EXPECT_EQ(test::message_of([this] { engine().prepare(go_on); }),
            "prepare of control (work) failed: exited 2: no disk");
}

TEST_F(LocalEngineTest, HoldsOutputsAgainstThatOfTheWarmUp) {
  plan_.states[0].warmup = 1;
  plan_.checks = {{"same output", SameOutputCheck{}, {}}};
  workload().command = {kWork, "print-variable", "FAST"};
  engine().prepare(go_on);
  const std::vector<Block> blocks = run(1);
  for (const Trial& trial : blocks.at(0).trials) EXPECT_EQ(is_measured(trial.outcome), trial.arm == kControl);
}

TEST_F(LocalEngineTest, TakesAFingerprintOfEachArm) {
  const std::vector<trial::Fingerprint> fingerprints = engine().fingerprints();
  ASSERT_EQ(fingerprints.size(), 2U);
  EXPECT_FALSE(fingerprints[0].parts.contains({trial::PartKind::environment, "FAST"}));
  EXPECT_TRUE(fingerprints[1].parts.contains({trial::PartKind::environment, "FAST"}));
  EXPECT_EQ(fingerprints[0].parts.at({trial::PartKind::executable}), kAct);
}

}  // namespace local_engine_tests
}  // namespace assay::engine
