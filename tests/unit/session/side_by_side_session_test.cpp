#include <functional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/engine/weight.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/session/session.hpp"
#include "tests/support/side_by_side_plan.hpp"

namespace assay::session {
namespace side_by_side_session_tests {

/// Workloads a and c run side by side, b alone. Treatment is faster.
Plan simulated_plan() {
  Plan plan = test::plan_of_groups();
  plan.simulation.emplace();
  plan.simulation->shift = Percent{-6};
  return plan;
}

Plan without_groups(Plan plan) {
  plan.groups.clear();
  plan.protocol.side_by_side = false;
  return plan;
}

class Watcher final : public SessionObserver {
 public:
  void step(std::string_view) override {}
  void block_finished(const Block&, const decide::AttemptAnalysis&) override { ++blocks; }
  void note(std::string_view text) override { notes.emplace_back(text); }

  int blocks = 0;
  std::vector<std::string> notes;
};

/// A simulated engine that changes what it hands on, and may die in the middle of a turn or between two of them.
class ScriptedEngine final : public engine::Engine {
 public:
  using Spoil = std::function<void(std::vector<Block>&)>;

  explicit ScriptedEngine(const Plan& plan)
      : engine_({.plan = plan, .lock_path = "", .step = [](std::string_view) {}}) {}

  std::vector<trial::Fingerprint> fingerprints() override { return engine_.fingerprints(); }
  void prepare(const engine::StopSignal& stop) override { engine_.prepare(stop); }
  void follow_running(engine::RunningBlockSink sink) override { running_ = std::move(sink); }
  std::optional<engine::DroppedBlock> run(std::span<const BlockOrder> orders, const engine::BlockSink& sink,
                                          const engine::StopSignal& stop) override {
    return engine_.run(
        orders,
        [&](std::vector<Block> blocks) {
          if (dies_in_turn == turns && running_) running_(after_first_trials(blocks));
          if (dies_in_turn == turns || dies_after == turns) throw std::runtime_error("killed");
          ++turns;
          if (spoil) spoil(blocks);
          void_together(blocks);
          sink(std::move(blocks));
        },
        stop);
  }
  std::vector<std::string> take_notes() override { return {}; }
  void finish() noexcept override {}

  int turns = 0;
  int dies_after = -1;    ///< turns
  int dies_in_turn = -1;  ///< counted from 0: its first trials have ended
  Spoil spoil;

 private:
  static std::vector<Block> after_first_trials(std::vector<Block> blocks) {
    for (Block& block : blocks) {
      block.broken_off = BrokenOff{{block.trials.at(1).arm}};
      block.trials.resize(1);
    }
    return blocks;
  }

  engine::SimulatedEngine engine_;
  engine::RunningBlockSink running_;
};

class SideBySideSessionTest : public testing::Test {
 protected:
  host::AttemptId open(const Plan& plan) {
    host::AttemptRow row;
    row.plan_json = formats::plan_json(plan);
    return journal_.open_attempt(row);
  }
  SessionEnd run(const Plan& plan, host::AttemptId attempt, ScriptedEngine& engine) {
    return run_attempt(plan, attempt, journal_, engine, watcher_, [] { return engine::StopRequest::none; });
  }
  SessionEnd run(const Plan& plan, host::AttemptId attempt) {
    ScriptedEngine engine(plan);
    return run(plan, attempt, engine);
  }
  SessionEnd run(const Plan& plan) { return run(plan, open(plan)); }

  host::Journal journal_ = host::Journal::in_memory();
  Watcher watcher_;
};

std::vector<Block> of_cell(const std::vector<Block>& blocks, std::size_t cell) {
  std::vector<Block> own;
  for (const Block& block : blocks) {
    if (block.cell == cell) own.push_back(block);
  }
  return own;
}

/// All turns of a and c have both of them, with the same number, arms and start.
void expect_lockstep(const std::vector<Block>& blocks) {
  for (std::size_t index = 0; index < blocks.size(); ++index) {
    const Block& block = blocks[index];
    if (block.cell == 1) {
      EXPECT_TRUE(block.beside.empty());
      continue;
    }
    const bool is_first = block.cell == 0;
    EXPECT_EQ(block.beside, std::vector<std::size_t>{is_first ? 2U : 0U});
    if (!is_first) continue;
    ASSERT_LT(index + 1, blocks.size());
    const Block& other = blocks[index + 1];
    EXPECT_TRUE(ran_side_by_side(block, other));
    ASSERT_EQ(other.trials.size(), block.trials.size());
    for (std::size_t trial = 0; trial < block.trials.size(); ++trial) {
      EXPECT_EQ(other.trials[trial].arm, block.trials[trial].arm);
    }
  }
}

TEST_F(SideBySideSessionTest, RunsTheCellsOfAGroupInLockstep) {
  const SessionEnd end = run(simulated_plan());
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  expect_lockstep(end.blocks);
  EXPECT_EQ(of_cell(end.blocks, 0).size(), of_cell(end.blocks, 2).size());
}

TEST_F(SideBySideSessionTest, ComesToTheSameVerdictsAsTheWorkloadsAlone) {
  for (const double shift : {-6.0, 0.0, 6.0}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Plan plan = simulated_plan();
      plan.protocol.max_blocks = 60;
      plan.simulation->shift = Percent{shift};
      plan.seed = Seed(seed);
      const AttemptResult together = run(plan).result;
      const AttemptResult alone = run(without_groups(plan)).result;
      ASSERT_EQ(together.comparisons.size(), 3U);
      for (std::size_t cell = 0; cell < 3; ++cell) {
        const Comparison& one = together.comparisons[cell];
        const Comparison& other = alone.comparisons[cell];
        EXPECT_EQ(one.verdict, other.verdict) << shift << " " << seed << " " << cell;
        EXPECT_EQ(one.blocks, other.blocks);
        EXPECT_EQ(one.metrics[0].effect->estimate, other.metrics[0].effect->estimate);
      }
    }
  }
}

/// c shows its effect at once, a never: c runs on beside a, and is judged by what it had.
TEST_F(SideBySideSessionTest, JudgesADecidedCellByTheBlocksThatItHadThen) {
  Plan plan = simulated_plan();
  plan.protocol.max_blocks = 30;
  plan.simulation->shift = Percent{0};
  ScriptedEngine engine(plan);
  engine.spoil = [](std::vector<Block>& blocks) {
    for (Block& block : blocks) {
      if (block.cell != 2) continue;
      for (Trial& trial : block.trials) {
        // At first much better, and once c is decided much worse.
        const double factor = trial.arm == kControl ? 1 : block.number <= 12 ? 0.5 : 2;
        trial.values[0] = *trial.values[0] * factor;
      }
    }
  };
  const SessionEnd end = run(plan, open(plan), engine);
  const Comparison& of_c = end.result.comparisons[2];
  EXPECT_EQ(of_c.verdict, Verdict::improved);
  EXPECT_LE(of_c.blocks, 12);
  EXPECT_GT(end.result.comparisons[0].blocks, 12);
  expect_lockstep(end.blocks);
  const int more = static_cast<int>(of_cell(end.blocks, 2).size()) - of_c.blocks;
  EXPECT_GT(more, 0);
  const std::string note = "c: " + std::to_string(more) +
                           " of its blocks ran only beside others, after it was decided; they are recorded, and its "
                           "verdict does not rest on them";
  const std::vector<std::string>& notes = end.result.audit.notes;
  EXPECT_EQ(std::count(notes.begin(), notes.end(), note), 1);
}

TEST_F(SideBySideSessionTest, JournalsTheBlocksOfATurnTogether) {
  const Plan plan = simulated_plan();
  const host::AttemptId attempt = open(plan);
  ScriptedEngine engine(plan);
  engine.dies_after = 1;
  EXPECT_THROW((void)run(plan, attempt, engine), std::runtime_error);
  ASSERT_EQ(journal_.blocks(attempt).size(), 2U);
  EXPECT_EQ(formats::parse_block(journal_.blocks(attempt)[1]).cell, 2U);
}

/// Whose turn comes next depends on which turns were taken, so only the blocks themselves are the same.
TEST_F(SideBySideSessionTest, EndsTheSameWhereverItWasKilledBetweenTwoTurns) {
  const Plan plan = simulated_plan();
  ScriptedEngine whole(plan);
  const SessionEnd expected = run(plan, open(plan), whole);
  ASSERT_GE(whole.turns, 12);
  for (int killed_after = 0; killed_after < whole.turns; ++killed_after) {
    const host::AttemptId attempt = open(plan);
    ScriptedEngine dying(plan);
    dying.dies_after = killed_after;
    EXPECT_THROW((void)run(plan, attempt, dying), std::runtime_error);
    const SessionEnd end = run(plan, attempt);
    EXPECT_EQ(end.result.verdict, expected.result.verdict);
    EXPECT_EQ(end.result.lost_blocks, 0);
    for (std::size_t cell = 0; cell < 3; ++cell) {
      EXPECT_EQ(end.result.comparisons[cell], expected.result.comparisons[cell]) << killed_after << " " << cell;
      const std::vector<Block> own = of_cell(end.blocks, cell);
      const std::vector<Block> undisturbed = of_cell(expected.blocks, cell);
      for (std::size_t index = 0; index < std::min(own.size(), undisturbed.size()); ++index) {
        EXPECT_EQ(own[index], undisturbed[index]);
      }
    }
    expect_lockstep(end.blocks);
  }
}

TEST_F(SideBySideSessionTest, LosesAllBlocksOfTheTurnInWhichItWasKilledAndRunsThemAgainTogether) {
  const Plan plan = simulated_plan();
  ScriptedEngine whole(plan);
  (void)run(plan, open(plan), whole);
  int groups_lost = 0;
  for (int killed_in = 0; killed_in < whole.turns; ++killed_in) {
    const host::AttemptId attempt = open(plan);
    ScriptedEngine dying(plan);
    dying.dies_in_turn = killed_in;
    EXPECT_THROW((void)run(plan, attempt, dying), std::runtime_error);
    const SessionEnd end = run(plan, attempt);
    std::vector<Block> lost;
    for (const Block& block : end.blocks) {
      if (block.broken_off) lost.push_back(block);
    }
    ASSERT_FALSE(lost.empty());
    EXPECT_EQ(lost.size(), lost.front().cell == 1 ? 1U : 2U) << killed_in;
    groups_lost += static_cast<int>(lost.size()) - 1;
    EXPECT_EQ(end.result.lost_blocks, static_cast<int>(lost.size()));
    EXPECT_EQ(end.result.verdict, Verdict::improved);
    expect_lockstep(end.blocks);
  }
  EXPECT_GE(groups_lost, 6);
}

TEST_F(SideBySideSessionTest, RunsWhatRanBesideAVoidBlockAgainWithIt) {
  const Plan plan = simulated_plan();
  ScriptedEngine engine(plan);
  engine.spoil = [](std::vector<Block>& blocks) {
    Block& block = blocks.front();
    if (block.cell == 0 && block.number == 2 && block.rerun == 0) {
      block.trials[1].outcome = HookFailed{"prepare", "exited 1"};
    }
  };
  const SessionEnd end = run(plan, open(plan), engine);
  std::vector<Block> second_of_c = of_cell(end.blocks, 2);
  std::erase_if(second_of_c, [](const Block& block) { return block.number != 2; });
  ASSERT_EQ(second_of_c.size(), 2U);
  EXPECT_TRUE(second_of_c[0].broken_off.has_value());
  EXPECT_EQ(second_of_c[1].rerun, 1);
  EXPECT_EQ(second_of_c[1].losses, 1);
  EXPECT_EQ(end.result.lost_blocks, 2);
  EXPECT_EQ(end.result.verdict, Verdict::improved);
  ASSERT_EQ(watcher_.notes.size(), 2U);
  EXPECT_EQ(watcher_.notes[1],
            "block 2 of c is lost: it was broken off between two trials, together with what runs beside it; it is run "
            "again, and every test takes it at its worst");
}

TEST_F(SideBySideSessionTest, RefusesBlocksThatDoNotSayWhatRanBesideThem) {
  const Plan plan = simulated_plan();
  ScriptedEngine engine(plan);
  engine.spoil = [](std::vector<Block>& blocks) { blocks.front().beside.clear(); };
  EXPECT_THROW((void)run(plan, open(plan), engine), Error);
}

TEST(TimeSideBySide, CountsEachTurnByItsLongestTrial) {
  const auto block = [](std::size_t cell, std::size_t other, nanoseconds first, nanoseconds second) {
    Block one{.cell = cell, .started_ns = 5, .trials = {}, .beside = {other}};
    one.trials.resize(2);
    one.trials[0].usage.wall = first;
    one.trials[1].usage.wall = second;
    return one;
  };
  using std::chrono::seconds;
  std::vector<Block> blocks = {block(0, 1, seconds(3), seconds(1)), block(1, 0, seconds(2), seconds(4))};
  EXPECT_EQ(measuring_time(blocks, Design::blocks), seconds(7));
  blocks[1].beside.clear();
  blocks[0].beside.clear();
  EXPECT_EQ(measuring_time(blocks, Design::blocks), seconds(10));
}

}  // namespace side_by_side_session_tests
}  // namespace assay::session
