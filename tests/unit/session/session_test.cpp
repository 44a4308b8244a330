#include "experiments/session/session.hpp"

#include <cmath>
#include <functional>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::session {
namespace session_tests {

Plan simulated_plan() {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.simulation.emplace();
  plan.simulation->shift = Percent{-6};
  return plan;
}

class Watcher final : public SessionObserver {
 public:
  void step(std::string_view) override {}
  void block_finished(const Block& block, const decide::AttemptAnalysis&) override { blocks.push_back(block); }
  void note(std::string_view text) override { notes.emplace_back(text); }

  std::vector<Block> blocks;
  std::vector<std::string> notes;
};

/// What a test changes about a simulated engine.
struct Script {
  std::function<void(Block&)> spoil = [](Block&) {};                      ///< each block before it is handed on
  std::function<std::vector<trial::Fingerprint>(int call)> fingerprints;  ///< in place of the engine's own
  int throw_after = -1;                                                   ///< blocks; then the engine dies
  bool drop_next = false;                                                 ///< the next block is broken off
  bool follow = false;                     ///< tells of each block once its first trial has ended
  std::optional<ClusterNode> runner = {};  ///< the machine that it says it runs on
};

/// A simulated engine with a script.
class ScriptedEngine final : public engine::Engine {
 public:
  ScriptedEngine(const Plan& plan, Script script)
      : engine_({.plan = plan, .lock_path = "", .step = [](std::string_view) {}}), script_(std::move(script)) {}

  std::vector<trial::Fingerprint> fingerprints() override {
    ++fingerprint_calls_;
    return script_.fingerprints ? script_.fingerprints(fingerprint_calls_) : engine_.fingerprints();
  }
  void prepare(const engine::StopSignal& stop) override {
    ++prepared;
    engine_.prepare(stop);
  }
  void follow_running(engine::RunningBlockSink sink) override { running_ = std::move(sink); }
  std::optional<engine::DroppedBlock> run(std::span<const BlockOrder> orders, const engine::BlockSink& sink,
                                          const engine::StopSignal& stop) override {
    if (script_.drop_next)
      return engine::DroppedBlock{orders.front(), {orders.front().arms[1]}, std::chrono::seconds(3)};
    return engine_.run(
        orders,
        [&](std::vector<Block> blocks) {
          if (script_.follow && running_) running_(broken_off(blocks));
          if (script_.throw_after-- == 0) throw std::runtime_error("killed");
          for (Block& block : blocks) script_.spoil(block);
          sink(std::move(blocks));
        },
        stop);
  }
  std::optional<ClusterNode> runner() override { return script_.runner; }
  std::vector<std::string> take_notes() override { return {}; }
  void finish() noexcept override { ++finished; }

  int prepared = 0;
  int finished = 0;

 private:
  /// The blocks after their first trial, while their second one runs.
  static std::vector<Block> broken_off(std::vector<Block> blocks) {
    for (Block& block : blocks) {
      block.broken_off = BrokenOff{{block.trials.at(1).arm}};
      block.trials.resize(1);
    }
    return blocks;
  }

  engine::SimulatedEngine engine_;
  engine::RunningBlockSink running_;
  Script script_;
  int fingerprint_calls_ = 0;
};

engine::StopRequest no_stop() {
  return engine::StopRequest::none;
}

class SessionTest : public testing::Test {
 protected:
  host::AttemptId open(const Plan& plan) {
    host::AttemptRow row;
    row.plan_json = formats::plan_json(plan);
    return journal_.open_attempt(row);
  }
  SessionEnd run(
      const Plan& plan, host::AttemptId attempt, Script script = {},
      const engine::StopSignal& stop = [] { return engine::StopRequest::none; },
      WhenFutile when_futile = WhenFutile::goes_on) {
    ScriptedEngine engine(plan, std::move(script));
    const auto end = run_attempt(plan, attempt, journal_, engine, watcher_, stop, when_futile);
    finished_ = engine.finished;
    prepared_ = engine.prepared;
    return end;
  }

  std::uint64_t futile_seed(const Plan& plan);
  void begin_on(const Plan& plan, host::AttemptId attempt, const std::string& hostname, const std::string& boot_id);

  /// \returns how the undisturbed one ended.
  SessionEnd expect_the_same_wherever_killed(const Plan& plan);

  host::Journal journal_ = host::Journal::in_memory();
  Watcher watcher_;
  int finished_ = 0;
  int prepared_ = 0;
};

TEST_F(SessionTest, RunsToAVerdict) {
  const Plan plan = simulated_plan();
  const SessionEnd end = run(plan, open(plan));
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  EXPECT_FALSE(end.interrupted);
}

/// A plan whose trials vary far too much for its margin.
Plan hopeless_plan() {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = 60;
  plan.simulation->shift = Percent{0};
  return plan;
}

/// Multiplies each time by a factor that is drawn for the trial.
Script noisy(std::uint64_t seed) {
  Script script;
  script.spoil = [seed](Block& block) {
    Generator generator = Seed(seed).stream(Stream::simulation, static_cast<std::uint64_t>(block.number));
    for (Trial& trial : block.trials) {
      for (std::optional<double>& value : trial.values) value = *value * std::exp(generator.normal());
    }
  };
  return script;
}

/// The first of twenty whose blocks become futile before the cap.
std::uint64_t SessionTest::futile_seed(const Plan& plan) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    if (run(plan, open(plan), noisy(seed), no_stop, WhenFutile::pauses).interrupted) return seed;
  }
  ADD_FAILURE() << "none of twenty attempts is futile";
  return 1;
}

TEST_F(SessionTest, PausesIfMoreBlocksAreFutileAndGoesOnIfTold) {
  const Plan plan = hopeless_plan();
  const std::uint64_t seed = futile_seed(plan);
  const host::AttemptId attempt = open(plan);
  const SessionEnd paused = run(plan, attempt, noisy(seed), no_stop, WhenFutile::pauses);
  EXPECT_TRUE(paused.interrupted);
  EXPECT_EQ(paused.result.stop, Stop::futile);
  EXPECT_LT(paused.blocks.size(), 60U);
  // Again: nothing is measured.
  EXPECT_EQ(run(plan, attempt, noisy(seed), no_stop, WhenFutile::pauses).blocks.size(), paused.blocks.size());
  const SessionEnd end = run(plan, attempt, noisy(seed), no_stop, WhenFutile::goes_on);
  const SessionEnd undisturbed = run(plan, open(plan), noisy(seed), no_stop, WhenFutile::goes_on);
  EXPECT_FALSE(end.interrupted);
  EXPECT_EQ(end.result.stop, undisturbed.result.stop);
  EXPECT_EQ(end.result.comparisons, undisturbed.result.comparisons);
}

Script on_machine(const std::string& hostname, const std::string& boot_id, int blocks = -1) {
  Script script;
  ClusterNode machine;
  machine.name = machine.hostname = hostname;
  machine.boot_id = boot_id;
  script.runner = machine;
  script.throw_after = blocks;
  return script;
}

/// Runs three blocks, and is killed.
void SessionTest::begin_on(const Plan& plan, host::AttemptId attempt, const std::string& hostname,
                           const std::string& boot_id) {
  EXPECT_THROW((void)run(plan, attempt, on_machine(hostname, boot_id, 3)), std::runtime_error);
}

std::vector<std::string> nodes_of(const std::vector<Block>& blocks) {
  std::vector<std::string> nodes;
  for (const Block& block : blocks) nodes.push_back(block.node);
  return nodes;
}

TEST_F(SessionTest, NamesTheMachineOfEveryBlockIfSeveralRanThem) {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  const host::AttemptId attempt = open(plan);
  begin_on(plan, attempt, "a", "1");
  const SessionEnd end = run(plan, attempt, on_machine("b", "2"));
  const std::vector<std::string> nodes = nodes_of(end.blocks);
  ASSERT_GT(nodes.size(), 3U);
  EXPECT_EQ(std::vector<std::string>(nodes.begin(), nodes.begin() + 4), (std::vector<std::string>{"a", "a", "a", "b"}));
  EXPECT_EQ(nodes.back(), "b");
  ASSERT_EQ(end.result.audit.nodes.size(), 2U);
  EXPECT_EQ(end.result.audit.nodes[1].boot_id, "2");
}

TEST_F(SessionTest, GivesTheSameVerdictWhateverMachinesRanTheBlocks) {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  const host::AttemptId attempt = open(plan);
  begin_on(plan, attempt, "a", "1");
  AttemptResult on_two = run(plan, attempt, on_machine("b", "2")).result;
  const AttemptResult on_one = run(plan, open(plan)).result;
  std::erase_if(on_two.comparisons[0].diagnostics,
                [](const Diagnostic& found) { return found.kind == DiagnosticKind::node_effects; });
  EXPECT_EQ(on_two.comparisons, on_one.comparisons);
}

TEST_F(SessionTest, TellsMachinesOfOneNameApartByTheirBoot) {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  const host::AttemptId attempt = open(plan);
  begin_on(plan, attempt, "runner", "1111111122222222");
  const SessionEnd end = run(plan, attempt, on_machine("runner", "3333333344444444"));
  EXPECT_EQ(end.blocks.front().node, "runner");
  EXPECT_EQ(end.blocks.back().node, "runner (boot 33333333)");
}

TEST_F(SessionTest, NamesNoMachineIfOneRanAllBlocks) {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  const host::AttemptId attempt = open(plan);
  begin_on(plan, attempt, "a", "1");
  const SessionEnd end = run(plan, attempt, on_machine("a", "1"));
  EXPECT_EQ(end.blocks.front().node, "");
  EXPECT_EQ(end.blocks.back().node, "");
  EXPECT_TRUE(end.result.audit.nodes.empty());
}

TEST_F(SessionTest, NamesNoMachineByTheRulesThatKnewNone) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  begin_on(plan, attempt, "a", "1");
  const SessionEnd end = run(plan, attempt, on_machine("b", "2"));
  EXPECT_EQ(end.blocks.back().node, "");
  EXPECT_TRUE(end.result.audit.nodes.empty());
}

TEST_F(SessionTest, StopsIfMoreBlocksAreFutileAndThatIsAskedFor) {
  const Plan plan = hopeless_plan();
  const SessionEnd end = run(plan, open(plan), noisy(futile_seed(plan)), no_stop, WhenFutile::stops);
  EXPECT_FALSE(end.interrupted);
  EXPECT_EQ(end.result.reason, VerdictReason::futile);
  EXPECT_TRUE(end.result.futile_chance);
}

TEST_F(SessionTest, JournalsEveryBlockAsItWasSeen) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  (void)run(plan, attempt);
  const std::vector<std::string> journalled = journal_.blocks(attempt);
  ASSERT_EQ(journalled.size(), watcher_.blocks.size());
  for (std::size_t index = 0; index < journalled.size(); ++index) {
    EXPECT_EQ(formats::parse_block(journalled[index]), watcher_.blocks[index]);
  }
}

// Wherever a kill strikes, the attempt ends with the same blocks and the same result as one that was left in peace.
SessionEnd SessionTest::expect_the_same_wherever_killed(const Plan& plan) {
  const host::AttemptId undisturbed = open(plan);
  const SessionEnd expected = run(plan, undisturbed);
  const int blocks = static_cast<int>(journal_.blocks(undisturbed).size());
  EXPECT_GE(blocks, 8);
  for (int killed_after = 0; killed_after < blocks; ++killed_after) {
    const host::AttemptId attempt = open(plan);
    Script dying;
    dying.throw_after = killed_after;
    EXPECT_THROW((void)run(plan, attempt, dying), std::runtime_error);
    const SessionEnd end = run(plan, attempt);
    EXPECT_EQ(journal_.blocks(attempt), journal_.blocks(undisturbed)) << killed_after;
    EXPECT_EQ(end.result, expected.result) << killed_after;
    EXPECT_EQ(journal_.interruptions(attempt).size(), 1U);
  }
  return expected;
}

TEST_F(SessionTest, EndsTheSameWhereverItWasKilled) {
  EXPECT_EQ(expect_the_same_wherever_killed(simulated_plan()).result.verdict, Verdict::improved);
}

TEST_F(SessionTest, EndsTheSameWhereverItWasKilledWhileItIsConfirmed) {
  Plan plan = simulated_plan();
  plan.protocol.confirm = 8;
  const SessionEnd end = expect_the_same_wherever_killed(plan);
  EXPECT_EQ(end.result.comparisons[0].fresh_blocks, 8);
  EXPECT_TRUE(end.result.comparisons[0].metrics[0].effect_at_stop.has_value());
}

TEST_F(SessionTest, EndsTheSameAfterBeingStoppedAtEveryBlock) {
  const Plan plan = simulated_plan();
  const host::AttemptId undisturbed = open(plan);
  const SessionEnd expected = run(plan, undisturbed);
  const host::AttemptId attempt = open(plan);
  SessionEnd end;
  do {
    const std::size_t blocks_before = watcher_.blocks.size();
    end = run(plan, attempt, {}, [&] {
      return watcher_.blocks.size() > blocks_before ? engine::StopRequest::after_block : engine::StopRequest::none;
    });
  } while (end.interrupted);
  EXPECT_EQ(journal_.blocks(attempt), journal_.blocks(undisturbed));
  EXPECT_EQ(end.result, expected.result);
}

TEST_F(SessionTest, EndsTheSameAfterAKillBetweenItsLastBlockAndItsEnd) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  const SessionEnd first = run(plan, attempt);
  const SessionEnd second = run(plan, attempt);
  EXPECT_EQ(second.result, first.result);
  EXPECT_EQ(prepared_, 0);  // nothing is warmed up for an attempt that needs no block
}

Plan newest_plan() {
  Plan plan = simulated_plan();
  plan.rules = kNewestRules;
  return plan;
}

TEST_F(SessionTest, KeepsTheTrialsOfABlockThatAKillBrokeOffAndRunsItAgainWithItsCoin) {
  const Plan plan = newest_plan();
  const host::AttemptId attempt = open(plan);
  Script dying;
  dying.follow = true;
  dying.throw_after = 2;
  EXPECT_THROW((void)run(plan, attempt, dying), std::runtime_error);
  const SessionEnd end = run(plan, attempt);
  ASSERT_GE(end.blocks.size(), 4U);
  const Block& lost = end.blocks[2];
  const Block& again = end.blocks[3];
  ASSERT_TRUE(lost.broken_off.has_value());
  EXPECT_EQ(lost.number, 3);
  EXPECT_EQ(lost.trials.size(), 1U);
  EXPECT_EQ(lost.broken_off->running, std::vector<ArmIndex>{again.trials[1].arm});
  EXPECT_EQ(again.number, 3);
  EXPECT_EQ(again.rerun, 1);
  EXPECT_EQ(again.losses, 1);
  EXPECT_EQ(again.trials[0].arm, lost.trials[0].arm);
  EXPECT_EQ(end.result.lost_blocks, 1);
  EXPECT_EQ(end.result.void_blocks, 0);
  ASSERT_FALSE(watcher_.notes.empty());
  EXPECT_EQ(watcher_.notes[0], "block 3 of work is lost: it was broken off while " +
                                   plan.variable.levels[again.trials[1].arm].label +
                                   " ran; it is run again, and every test takes it at its worst");
}

TEST_F(SessionTest, ForgetsABlockThatAKillBrokeOffByTheRulesOfThen) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  Script dying;
  dying.follow = true;
  dying.throw_after = 2;
  EXPECT_THROW((void)run(plan, attempt, dying), std::runtime_error);
  EXPECT_EQ(journal_.blocks(attempt).size(), 2U);
  EXPECT_EQ(run(plan, attempt).result.lost_blocks, 0);
}

TEST_F(SessionTest, SaysThatABlockIsLostIfItsProofFailedAfterATrial) {
  const Plan plan = newest_plan();
  Script script;
  script.spoil = [](Block& block) {
    if (block.number == 2 && block.rerun == 0) block.trials[1].outcome = StateUnproven{"half of it was in memory"};
  };
  const SessionEnd end = run(plan, open(plan), script);
  EXPECT_EQ(end.result.lost_blocks, 1);
  EXPECT_EQ(end.result.void_blocks, 1);
  ASSERT_FALSE(watcher_.notes.empty());
  EXPECT_TRUE(watcher_.notes[0].starts_with("block 2 of work is lost: ")) << watcher_.notes[0];
}

TEST_F(SessionTest, ForgetsABlockThatWasVoidBeforeATrialStarted) {
  const Plan plan = newest_plan();
  Script script;
  script.spoil = [](Block& block) {
    if (block.number != 2 || block.rerun > 0) return;
    block.trials.resize(1);
    block.trials[0].usage = {};
    block.trials[0].outcome = HookFailed{"prepare", "exited 1"};
  };
  const SessionEnd end = run(plan, open(plan), script);
  EXPECT_EQ(end.result.lost_blocks, 0);
  EXPECT_EQ(end.result.void_blocks, 1);
}

TEST_F(SessionTest, ToldToStopIsInterruptedAndLeavesTheVerdictOpen) {
  const Plan plan = simulated_plan();
  const SessionEnd end = run(plan, open(plan), {}, [this] {
    return watcher_.blocks.size() == 2 ? engine::StopRequest::after_block : engine::StopRequest::none;
  });
  EXPECT_TRUE(end.interrupted);
  EXPECT_EQ(end.result.stop, Stop::interrupted);
  EXPECT_EQ(end.result.reason, VerdictReason::interrupted);
  EXPECT_EQ(end.result.decision, Decision::undecided);
  EXPECT_EQ(end.result.decision_reason, DecisionReason::interrupted);
  EXPECT_EQ(end.result.comparisons.front().reason, VerdictReason::interrupted);
  EXPECT_EQ(watcher_.blocks.size(), 2U);
}

TEST_F(SessionTest, NotesTheBlockThatWasDroppedAndTheArmThatWasRunning) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  Script script;
  script.drop_next = true;
  const SessionEnd end = run(plan, attempt, script, [&] {
    return watcher_.notes.empty() ? engine::StopRequest::none
                                  : engine::StopRequest::at_once;  // as soon as the block was dropped
  });
  EXPECT_TRUE(end.interrupted);
  ASSERT_EQ(watcher_.notes.size(), 1U);
  EXPECT_TRUE(watcher_.notes[0].starts_with("block 1 of work dropped: ")) << watcher_.notes[0];
  EXPECT_TRUE(watcher_.notes[0].ends_with(" had been running for 3.00 s")) << watcher_.notes[0];
  EXPECT_EQ(journal_.interruptions(attempt).size(), 1U);
}

TEST_F(SessionTest, RunsAVoidBlockAgainUnderItsNumberWithItsCoin) {
  const Plan plan = simulated_plan();
  Script script;
  script.spoil = [](Block& block) {
    if (block.number == 2 && block.rerun == 0) block.trials[0].outcome = HookFailed{"prepare", "exited 1"};
  };
  (void)run(plan, open(plan), script);
  std::vector<Block> tries;
  for (const Block& block : watcher_.blocks) {
    if (block.number == 2) tries.push_back(block);
  }
  ASSERT_EQ(tries.size(), 2U);
  EXPECT_EQ(tries[1].rerun, 1);
  EXPECT_EQ(tries[1].padding, tries[0].padding);
  EXPECT_EQ(tries[1].trials[0].arm, tries[0].trials[0].arm);
}

TEST_F(SessionTest, GivesUpWhereEveryBlockIsVoid) {
  const Plan plan = simulated_plan();
  Script script;
  script.spoil = [](Block& block) { block.trials[0].outcome = HookFailed{"prepare", "exited 1"}; };
  const SessionEnd end = run(plan, open(plan), script);
  EXPECT_EQ(end.result.verdict, Verdict::invalid);
  EXPECT_EQ(end.result.reason, VerdictReason::surroundings);
}

TEST_F(SessionTest, MeasuresNothingWhereTheArmsAreConfounded) {
  const Plan plan = simulated_plan();
  Script script;
  script.fingerprints = [](int) {
    return std::vector<trial::Fingerprint>{{0, 0, {{{trial::PartKind::environment, "HOME"}, "1"}}},
                                           {0, 1, {{{trial::PartKind::environment, "HOME"}, "2"}}}};
  };
  const SessionEnd end = run(plan, open(plan), script);
  EXPECT_EQ(end.result.reason, VerdictReason::confounded);
  EXPECT_EQ(end.result.audit.intruders, (std::vector<std::string>{"treatment also differs in env HOME"}));
  EXPECT_TRUE(watcher_.blocks.empty());
  EXPECT_EQ(prepared_, 0);
}

std::vector<trial::Fingerprint> fingerprints_with(const std::string& digest) {
  return {{0, 0, {{{trial::PartKind::input, "a"}, digest}, {{trial::PartKind::environment, "FAST"}, "0"}}},
          {0, 1, {{{trial::PartKind::input, "a"}, digest}, {{trial::PartKind::environment, "FAST"}, "1"}}}};
}

TEST_F(SessionTest, IsInvalidWhereAnInputChangedWhileItRan) {
  const Plan plan = simulated_plan();
  Script script;
  script.fingerprints = [](int call) { return fingerprints_with(call < 3 ? "1" : "2"); };
  const SessionEnd end = run(plan, open(plan), script);
  EXPECT_EQ(end.result.verdict, Verdict::invalid);
  EXPECT_EQ(end.result.audit.intruders, (std::vector<std::string>{"input a changed during the attempt"}));
  EXPECT_FALSE(watcher_.blocks.empty());
}

TEST_F(SessionTest, IsInvalidWhereAnInputChangedBetweenTwoSessions) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  Script script;
  script.fingerprints = [](int) { return fingerprints_with("1"); };
  (void)run(plan, attempt, script, [this] {
    return watcher_.blocks.size() == 1 ? engine::StopRequest::after_block : engine::StopRequest::none;
  });
  script.fingerprints = [](int) { return fingerprints_with("2"); };
  const SessionEnd end = run(plan, attempt, script);
  EXPECT_EQ(end.result.reason, VerdictReason::confounded);
  EXPECT_EQ(watcher_.blocks.size(), 1U);
}

TEST_F(SessionTest, CountsTheMeasuringTimeOfEarlierSessions) {
  Plan plan = simulated_plan();
  plan.protocol.max_time = std::chrono::hours(1);
  const host::AttemptId attempt = open(plan);
  Script script;  // each block takes 20 min
  script.spoil = [](Block& block) {
    for (Trial& trial : block.trials) trial.usage.wall = std::chrono::minutes(10);
  };
  (void)run(plan, attempt, script, [this] {
    return watcher_.blocks.size() == 3 ? engine::StopRequest::after_block : engine::StopRequest::none;
  });
  const SessionEnd end = run(plan, attempt, script);
  EXPECT_EQ(end.result.stop, Stop::time);
  EXPECT_EQ(watcher_.blocks.size(), 3U);
}

TEST_F(SessionTest, EndsWhatTheEngineStartedAfterAnError) {
  const Plan plan = simulated_plan();
  Script dying;
  dying.throw_after = 0;
  ScriptedEngine engine(plan, dying);
  EXPECT_THROW(
      (void)run_attempt(plan, open(plan), journal_, engine, watcher_, [] { return engine::StopRequest::none; }),
      std::runtime_error);
  EXPECT_EQ(engine.finished, 1);
}

TEST_F(SessionTest, TakesTheCellsInTurn) {
  Plan plan = simulated_plan();
  plan.workloads.push_back(plan.workloads[0]);
  plan.workloads[1].name = "more work";
  (void)run(plan, open(plan));
  for (std::size_t index = 0; index < 12; ++index) EXPECT_EQ(watcher_.blocks[index].cell, index % 2);
}

Plan racing_plan() {
  Plan plan = simulated_plan();
  plan.variable = {VariableKind::level,
                   "jobs",
                   {{"jobs=1", ArgumentLevel{"1"}}, {"jobs=2", ArgumentLevel{"2"}}, {"jobs=4", ArgumentLevel{"4"}}}};
  plan.workloads[0].command = {"work", "{jobs}"};
  plan.simulation->shifts = {Percent{-10}, Percent{-20}};
  return plan;
}

TEST_F(SessionTest, RunsTheLevelsThatAreLeftAndThenTheWinnerAfresh) {
  const Plan plan = racing_plan();
  const SessionEnd end = run(plan, open(plan));
  EXPECT_EQ(end.result.searches.at(0).best.value().index, ArmIndex{2});
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  EXPECT_EQ(watcher_.blocks.front().trials.size(), 3U);
  const auto race = static_cast<std::size_t>(end.result.searches[0].blocks);
  ASSERT_EQ(watcher_.blocks.size(), race + 12);
  for (std::size_t block = race; block < race + 12; ++block) {
    for (const Trial& trial : watcher_.blocks[block].trials) EXPECT_NE(trial.arm, ArmIndex{1});
  }
}

TEST_F(SessionTest, TakesARaceUpWhereItWasLeft) {
  const Plan plan = racing_plan();
  const SessionEnd whole = run(plan, open(plan));
  const std::vector<Block> blocks = std::exchange(watcher_.blocks, {});
  const host::AttemptId attempt = open(plan);
  for (const std::size_t stop_at : {std::size_t{4}, blocks.size() - 5}) {
    (void)run(plan, attempt, {}, [this, stop_at] {
      return watcher_.blocks.size() >= stop_at ? engine::StopRequest::after_block : engine::StopRequest::none;
    });
  }
  const SessionEnd end = run(plan, attempt);
  EXPECT_EQ(end.result, whole.result);
  EXPECT_EQ(watcher_.blocks, blocks);
}

TEST_F(SessionTest, EndsTheSameWhereverItWasKilledInQuadsAndWithInnerTrials) {
  Plan plan = simulated_plan();
  plan.simulation->noise = Percent{6};
  plan.protocol.design = Design::abba;
  EXPECT_EQ(expect_the_same_wherever_killed(plan).result.verdict, Verdict::improved);
  EXPECT_EQ(watcher_.blocks.front().trials.size(), 4U);
  plan.protocol.design = Design::blocks;
  plan.protocol.inner = 3;
  EXPECT_EQ(expect_the_same_wherever_killed(plan).result.verdict, Verdict::improved);
}

TEST_F(SessionTest, EndsTheSameWhereverItWasKilledWithAnytimeEvidence) {
  Plan plan = simulated_plan();
  plan.protocol.looks = LookMode::anytime;
  plan.protocol.max_blocks = kNoCap;
  const SessionEnd end = expect_the_same_wherever_killed(plan);
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  EXPECT_EQ(end.result.stop, Stop::boundary);
}

TEST_F(SessionTest, EndsTheSameWhereverItWasKilledBetweenCostlyTrials) {
  Plan plan = simulated_plan();
  plan.simulation->shift = Percent{-20};
  plan.protocol.design = Design::costly;
  plan.protocol.min_blocks = 5;
  plan.protocol.max_blocks = 8;
  const SessionEnd end = expect_the_same_wherever_killed(plan);
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  EXPECT_EQ(watcher_.blocks.front().trials.size(), 1U);
  plan.protocol.design = Design::costly_quads;
  plan.protocol.looks = LookMode::once;
  EXPECT_EQ(expect_the_same_wherever_killed(plan).result.verdict, Verdict::improved);
}

}  // namespace session_tests
}  // namespace assay::session
