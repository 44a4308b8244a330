#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/formats/result/result_json.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace attempt_race_tests {

Plan race_of(std::size_t levels) {
  Plan plan = simple_plan();
  plan.variable = {VariableKind::level, "workers", {}};
  for (std::size_t level = 0; level < levels; ++level) {
    const std::string value = std::to_string(std::size_t{1} << level);
    plan.variable.levels.push_back({"workers=" + value, ArgumentLevel{value}});
  }
  return plan;
}

/// The trial of each level, whatever the order; those that are not run are not looked at.
using LevelTrials = std::function<std::vector<Trial>(int number)>;

void feed_one(AttemptAnalysis& analysis, const Plan& plan, const LevelTrials& trials) {
  const int number = analysis.complete_blocks(0) + 1;
  const BlockOrder order = design::block_order(plan, 0, number, 0, analysis.arms_of_next_blocks(0));
  const std::vector<Trial> all = trials(number);
  Block block;
  block.number = number;
  block.padding = order.padding;
  for (const ArmIndex arm : order.arms) {
    block.trials.push_back(all[arm]);
    block.trials.back().arm = arm;
  }
  analysis.add(block);
}

AttemptResult run(const Plan& plan, const LevelTrials& trials) {
  AttemptAnalysis analysis(plan);
  while (!analysis.finished()) feed_one(analysis, plan, trials);
  return analysis.result();
}

/// About 1 s times e^effect, with 1 % of noise.
LevelTrials drawn(const std::vector<double>& effects, double noise = 0.01) {
  return [=](int number) {
    std::vector<Trial> trials;
    Generator generator = Seed(3).stream(Stream::simulation, 0, static_cast<std::uint64_t>(number));
    for (const double effect : effects) trials.push_back(measured(std::exp(effect + noise * generator.normal())));
    return trials;
  };
}

TEST(Race, FindsTheBestAndConfirmsItInFreshBlocks) {
  const AttemptResult result = run(race_of(4), drawn({0, -0.3, -0.6, -0.4}));
  ASSERT_EQ(result.searches.size(), 1U);
  const LevelSearch& search = result.searches[0];
  EXPECT_EQ(search.best.value().index, ArmIndex{2});
  EXPECT_EQ(search.stop, Stop::boundary);
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.decision, Decision::keep);
  ASSERT_EQ(result.comparisons.size(), 1U);
  const Comparison& fresh = result.comparisons[0];
  EXPECT_EQ(fresh.treatment.index, ArmIndex{2});
  EXPECT_EQ(fresh.blocks, 12);
  EXPECT_EQ(result.blocks, search.blocks + 12);
  EXPECT_NEAR(fresh.metrics[0].effect->estimate, -0.6, 0.02);
  EXPECT_DOUBLE_EQ(fresh.metrics[0].effect->confidence, 0.95);
}

TEST(Race, OfRisingNumbersNamesTheKnee) {
  Plan plan = race_of(4);
  plan.rules = kNewestRules;
  // The third gains 30 % on the second, the fourth 1 % more, which is less than the margin.
  const AttemptResult result = run(plan, drawn({0, -0.3, -0.6, -0.61}, 0.001));
  ASSERT_TRUE(result.searches[0].knee);
  EXPECT_EQ(result.searches[0].knee->label, "workers=4");
  EXPECT_EQ(result.searches[0].largest_within->label, "workers=8");
}

TEST(Race, NamesTheLargestLevelInsideTheBudgetAndWithoutMemoryPressure) {
  Plan plan = race_of(4);
  plan.rules = kNewestRules;
  plan.budget.memory = Bytes{450};
  const LevelTrials trials = [](int number) {
    std::vector<Trial> all = drawn({0, -0.3, -0.6, -0.9})(number);
    for (std::size_t level = 0; level < all.size(); ++level) {
      all[level].usage.memory_peak = Bytes{100 * (std::int64_t{1} << level)};
    }
    return all;
  };
  const AttemptResult result = run(plan, trials);
  EXPECT_EQ(result.searches[0].best->label, "workers=8");
  EXPECT_EQ(result.searches[0].largest_within->label, "workers=4");
  EXPECT_EQ(result.searches[0].knee->label, "workers=8");
  EXPECT_EQ(result.decision_reason, DecisionReason::budget);
  const AttemptResult pressed = run(plan, [&trials](int number) {
    std::vector<Trial> all = trials(number);
    all[2].usage.oom_kills = 1;
    return all;
  });
  EXPECT_EQ(pressed.searches[0].largest_within->label, "workers=2");
  const LevelSearch read = formats::parse_result(plan, formats::result_json(pressed)).searches[0];
  EXPECT_EQ(read.knee, pressed.searches[0].knee);
  EXPECT_EQ(read.largest_within, pressed.searches[0].largest_within);
  EXPECT_EQ(read.levels[2].pressed_trials, pressed.searches[0].levels[2].pressed_trials);
  EXPECT_EQ(read.levels[3].budget, pressed.searches[0].levels[3].budget);
}

TEST(Race, OfLevelsWithoutAnOrderHasNoKnee) {
  Plan plan = race_of(3);
  plan.rules = kNewestRules;
  for (const char* unordered : {"many", "nan", "inf", "-infinity"}) {
    plan.variable.levels[1].value = ArgumentLevel{unordered};
    const AttemptResult result = run(plan, drawn({0, -0.3, -0.6}));
    EXPECT_FALSE(result.searches[0].knee) << unordered;
    EXPECT_FALSE(result.searches[0].largest_within) << unordered;
  }
  plan.variable.levels[1].value = ArgumentLevel{"2"};
  plan.variable.levels[2].value = ArgumentLevel{"inf"};
  EXPECT_FALSE(run(plan, drawn({0, -0.3, -0.6})).searches[0].knee);
}

TEST(Race, TestsEachSideOfEachPairAtItsShareOfAlpha) {
  const AttemptResult result = run(race_of(4), drawn({0, -0.3, -0.6, -0.4}));
  EXPECT_DOUBLE_EQ(result.searches[0].confidence, 1 - 2 * 0.05 / (4 * 3));
}

TEST(Race, DropsALevelAtTheLookThatShowsItWorseThanAnother) {
  // The last is far worse, the others are close: it leaves first, and is measured no more.
  const AttemptResult result = run(race_of(3), drawn({0, -0.02, 0.5}, 0.03));
  const LevelSearch& search = result.searches[0];
  EXPECT_EQ(search.levels[2].fate, LevelFate::worse);
  EXPECT_LT(search.levels[2].blocks, search.blocks);
  EXPECT_EQ(search.levels[2].values.count, search.levels[2].blocks);
  EXPECT_EQ(search.levels[1].compared_blocks, search.blocks);
}

TEST(Race, OfEquivalentLevelsTakesTheFirstListed) {
  const AttemptResult result = run(race_of(3), drawn({0, 0, 0}));
  EXPECT_EQ(result.searches[0].stop, Stop::equivalence);
  EXPECT_EQ(result.searches[0].best.value().index, kControl);
  EXPECT_EQ(result.verdict, Verdict::equivalent);
  EXPECT_EQ(result.decision, Decision::discard);
  EXPECT_TRUE(result.comparisons.empty());
}

TEST(Race, OfEquivalentLevelsThatBeatTheFirstConfirmsTheFirstListedOfThem) {
  const AttemptResult result = run(race_of(3), drawn({0, -0.3, -0.3}));
  EXPECT_EQ(result.searches[0].best.value().index, ArmIndex{1});
  EXPECT_EQ(result.verdict, Verdict::improved);
}

TEST(Race, AtTheCapReportsThoseThatAreLeft) {
  Plan plan = race_of(3);
  plan.protocol.max_blocks = 15;
  const AttemptResult result = run(plan, drawn({0.3, 0, -0.02}, 0.05));
  const LevelSearch& search = result.searches[0];
  EXPECT_EQ(search.best, std::nullopt);
  EXPECT_EQ(search.levels[0].fate, LevelFate::worse);
  EXPECT_EQ(search.levels[1].fate, LevelFate::surviving);
  EXPECT_EQ(search.levels[2].fate, LevelFate::surviving);
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::several_left);
  EXPECT_EQ(result.stop, Stop::cap);
  EXPECT_GT(result.advice.blocks_needed, 15);
}

TEST(Race, ThatTheFirstLevelWinsIsARegression) {
  const AttemptResult result = run(race_of(3), drawn({0, 0.3, 0.5}));
  EXPECT_EQ(result.searches[0].best.value().index, kControl);
  EXPECT_EQ(result.verdict, Verdict::regressed);
  EXPECT_EQ(result.decision_reason, DecisionReason::worse);
}

TEST(Race, DropsALevelThatFailsHoweverFastItIs) {
  const LevelTrials fine = drawn({0, -0.2, -0.9});
  const AttemptResult result = run(race_of(3), [&](int number) {
    std::vector<Trial> trials = fine(number);
    if (number % 2 == 0) trials[2] = failed();
    return trials;
  });
  EXPECT_EQ(result.searches[0].levels[2].fate, LevelFate::broken);
  EXPECT_EQ(result.searches[0].best.value().index, ArmIndex{1});
}

TEST(Race, DropsALevelThatBreaksAGuard) {
  Plan plan = race_of(3);
  Metric guard = *find_built_in_metric("max_rss");
  guard.role = MetricRole::guard;
  guard.margin = Percent{10};
  plan.metrics.push_back(guard);
  const LevelTrials walls = drawn({0, -0.04, -0.05}, 0.02);
  const AttemptResult result = run(plan, [&](int number) {
    std::vector<Trial> trials = walls(number);
    for (std::size_t level = 0; level < trials.size(); ++level) {
      trials[level].values.push_back((level == 2 ? 3e6 : 1e6) + number * 1000.0 + static_cast<double>(level));
    }
    return trials;
  });
  EXPECT_EQ(result.searches[0].levels[2].fate, LevelFate::guard);
}

TEST(Race, WhereNothingWorksIsInvalid) {
  const AttemptResult result = run(race_of(3), [](int) { return std::vector<Trial>(3, failed()); });
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::unmeasured);
}

TEST(Race, CutByTimeHasNoWinnerThatWasNotConfirmed) {
  const Plan plan = race_of(3);
  AttemptAnalysis analysis(plan);
  const LevelTrials trials = drawn({0, -0.3, -0.9});
  while (analysis.arms_of_next_blocks(0).size() == 3) feed_one(analysis, plan, trials);
  analysis.cut_by_time();
  EXPECT_TRUE(analysis.finished());
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.reason, VerdictReason::awaiting_confirmation);
  EXPECT_EQ(result.decision, Decision::discard);  // the only attempt is spent
  EXPECT_EQ(result.decision_reason, DecisionReason::capped);
}

TEST(Race, RefusesABlockWithALevelThatIsOut) {
  const Plan plan = race_of(3);
  AttemptAnalysis analysis(plan);
  const LevelTrials trials = drawn({0, -0.3, -0.9});
  while (analysis.arms_of_next_blocks(0).size() == 3) feed_one(analysis, plan, trials);
  Block block = block_of(plan, analysis.complete_blocks(0) + 1, trials(1));
  EXPECT_THROW(analysis.add(block), Error);
}

TEST(Race, IsReadBackAsItWasWritten) {
  const Plan plan = race_of(4);
  const AttemptResult result = run(plan, drawn({0, -0.3, -0.6, -0.4}));
  const nlohmann::json json = formats::result_json(result);
  EXPECT_EQ(json["searches"][0]["best"], "workers=4");
  const LevelSearch read = formats::parse_result(plan, json).searches.at(0);
  const LevelSearch& written = result.searches[0];
  EXPECT_EQ(read.best, written.best);
  EXPECT_EQ(read.verdict, written.verdict);
  EXPECT_EQ(read.decision_reason, written.decision_reason);
  EXPECT_EQ(read.stop, written.stop);
  EXPECT_EQ(read.blocks, written.blocks);
  EXPECT_EQ(read.confidence, written.confidence);
  ASSERT_EQ(read.levels.size(), 4U);
  for (std::size_t level = 0; level < 4; ++level) {
    EXPECT_EQ(read.levels[level].fate, written.levels[level].fate);
    EXPECT_EQ(read.levels[level].beaten_by, written.levels[level].beaten_by);
    EXPECT_EQ(read.levels[level].values, written.levels[level].values);
    EXPECT_EQ(read.levels[level].compared_blocks, written.levels[level].compared_blocks);
    EXPECT_EQ(read.levels[level].metrics.size(), written.levels[level].metrics.size());
  }
}

TEST(Race, GoesOnAsItWouldHaveWhereItIsTakenUpAgain) {
  const Plan plan = race_of(4);
  const LevelTrials trials = drawn({0, -0.05, -0.1, -0.12}, 0.04);
  AttemptAnalysis whole(plan);
  while (!whole.finished()) {
    feed_one(whole, plan, trials);
    // A second analysis that is fed the same blocks from the start asks for the same arms.
    AttemptAnalysis again(plan);
    while (again.complete_blocks(0) < whole.complete_blocks(0)) feed_one(again, plan, trials);
    ASSERT_EQ(again.arms_of_next_blocks(0), whole.arms_of_next_blocks(0));
    if (whole.complete_blocks(0) > 20) break;
  }
}

TEST(Race, RunsInQuadsAndWithInnerTrials) {
  for (const Design design : {Design::abba, Design::blocks}) {
    Plan plan = race_of(3);
    plan.protocol.design = design;
    if (design == Design::blocks) plan.protocol.inner = 3;
    const AttemptResult result = run(plan, drawn({0, -0.3, -0.6}));
    EXPECT_EQ(result.searches[0].best.value().index, ArmIndex{2});
    EXPECT_EQ(result.verdict, Verdict::improved);
    EXPECT_EQ(result.comparisons[0].blocks, 12);
  }
}

TEST(Race, ConfirmsInAsManyFreshBlocksAsThePlanSays) {
  Plan plan = race_of(3);
  plan.protocol.confirm = 20;
  EXPECT_EQ(run(plan, drawn({0, -0.3, -0.6})).comparisons.at(0).blocks, 20);
}

}  // namespace attempt_race_tests
}  // namespace assay::decide
