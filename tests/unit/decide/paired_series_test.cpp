#include "experiments/decide/blocks/paired_series.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace paired_series_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Plan plan_with(MetricKind kind, Direction direction = Direction::lower) {
  Plan plan = simple_plan();
  plan.metrics[0].kind = kind;
  plan.metrics[0].direction = direction;
  return plan;
}

PairedSeries series_of(const Plan& plan, const Trial& control, const Trial& treatment) {
  const std::vector<Block> blocks = {block_of(plan, 1, {control, treatment})};
  return paired_series(plan, {0, 1}, blocks);
}

TEST(PairedSeries, ComparesAPositiveMetricAsLogRatio) {
  EXPECT_DOUBLE_EQ(series_of(plan_with(MetricKind::positive), measured(2), measured(3)).effects[0], std::log(1.5));
}

TEST(PairedSeries, ComparesTheOtherKindsAsDifference) {
  EXPECT_DOUBLE_EQ(series_of(plan_with(MetricKind::difference), measured(2), measured(-3)).effects[0], -5);
  EXPECT_DOUBLE_EQ(series_of(plan_with(MetricKind::proportion), measured(0.5), measured(1)).effects[0], 0.5);
}

TEST(PairedSeries, AFailedTreatmentIsInfinitelyWorse) {
  EXPECT_EQ(series_of(plan_with(MetricKind::positive), measured(1), failed()).effects[0], kInfinity);
  EXPECT_EQ(series_of(plan_with(MetricKind::positive, Direction::higher), measured(1), failed()).effects[0],
            -kInfinity);
}

TEST(PairedSeries, AFailedControlIsInfinitelyBetterForTreatment) {
  EXPECT_EQ(series_of(plan_with(MetricKind::positive), failed(), measured(1)).effects[0], -kInfinity);
}

TEST(PairedSeries, TwoFailuresAreNoDifference) {
  EXPECT_EQ(series_of(plan_with(MetricKind::positive), failed(), failed()).effects[0], 0);
}

TEST(PairedSeries, KnowsWhichArmCameFirst) {
  const Plan plan = simple_plan();
  std::vector<Block> blocks;
  for (int number = 1; number <= 20; ++number) blocks.push_back(block_of(plan, number, {measured(1), measured(2)}));
  const PairedSeries series = paired_series(plan, {0, 1}, blocks);
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    EXPECT_EQ(series.treatment_position[block], blocks[block].trials[0].arm == 1 ? 0 : 1);
  }
}

TEST(PairedSeries, NamesAValueThatHasNoLogarithm) {
  const Plan plan = plan_with(MetricKind::positive);
  const PairedSeries series = series_of(plan, measured(0), measured(1));
  EXPECT_EQ(series.unreadable, (UnreadableValue{.block = 1, .arm = kControl, .value = 0}));
  EXPECT_EQ(unreadable_text(plan, plan.metrics[0], series.unreadable.value()),
            "wall is 0 in block 1 (control): a positive metric is compared as a ratio, which needs values above 0; "
            "declare kind = \"difference\"");
}

TEST(PairedSeries, NamesAValueThatIsMissing) {
  const Plan plan = plan_with(MetricKind::difference);
  const PairedSeries series = series_of(plan, measured(1), measured(std::vector<std::optional<double>>{{}}));
  EXPECT_EQ(series.unreadable, (UnreadableValue{.block = 1, .arm = 1, .value = std::nullopt}));
  EXPECT_EQ(unreadable_text(plan, plan.metrics[0], series.unreadable.value()),
            "wall has no value in block 1 (treatment)");
}

PairedSeries series_with(std::vector<double> effects) {
  PairedSeries series;
  series.control.resize(effects.size());
  series.treatment = effects;
  series.effects = std::move(effects);
  return series;
}

TEST(AverageSeries, IsTheMeanOfTheCellsBlockByBlock) {
  const PairedSeries average =
      average_series(simple_plan().metrics[0], std::vector{series_with({0.1, 0.2}), series_with({0.3, 0})});
  EXPECT_DOUBLE_EQ(average.effects[0], 0.2);
  EXPECT_DOUBLE_EQ(average.effects[1], 0.1);
}

TEST(AverageSeries, AFailureOfTheTreatmentOutweighsOneOfControl) {
  const PairedSeries average =
      average_series(simple_plan().metrics[0], std::vector{series_with({-kInfinity}), series_with({kInfinity})});
  EXPECT_EQ(average.effects[0], kInfinity);
}

/// A block that holds these values of control and of treatment, in turn.
Block block_of_rounds(const std::vector<double>& control, const std::vector<double>& treatment) {
  Block block;
  for (std::size_t round = 0; round < control.size(); ++round) {
    block.trials.push_back(measured(control[round]));
    block.trials.push_back(measured(treatment[round]));
    block.trials.back().arm = 1;
  }
  return block;
}

TEST(PairedSeriesOfQuads, TakesTheMeanOfTheLogarithms) {
  Plan plan = simple_plan();
  plan.protocol.design = Design::abba;
  const std::vector<Block> quads = {block_of_rounds({1, 4}, {2, 3})};
  const PairedSeries series = paired_series(plan, {0, 1}, quads);
  EXPECT_NEAR(series.effects[0], std::log(6) / 2 - std::log(4) / 2, 1e-15);
  EXPECT_EQ(series.control_values, (std::vector<double>{1, 4}));
}

TEST(PairedSeriesOfQuads, IsInfiniteWhereOneTrialOfAnArmFailed) {
  Plan plan = simple_plan();
  plan.protocol.design = Design::abba;
  Block quad = block_of_rounds({1, 4}, {2, 3});
  quad.trials[3] = failed();
  quad.trials[3].arm = 1;
  EXPECT_EQ(paired_series(plan, {0, 1}, std::vector{quad}).effects[0], std::numeric_limits<double>::infinity());
  quad.trials[0] = failed();
  EXPECT_EQ(paired_series(plan, {0, 1}, std::vector{quad}).effects[0], 0);
}

TEST(PairedSeriesOfInnerTrials, ReducesEachArmToItsStatistic) {
  Plan plan = simple_plan();
  plan.protocol.inner = 3;
  const std::vector<Block> blocks = {block_of_rounds({1, 2, 6}, {5, 4, 9})};
  const auto effect = [&](InnerStatistic statistic) {
    plan.protocol.inner_statistic = statistic;
    return paired_series(plan, {0, 1}, blocks).effects[0];
  };
  EXPECT_NEAR(effect(InnerStatistic::median), std::log(5.0 / 2), 1e-15);
  EXPECT_NEAR(effect(InnerStatistic::min), std::log(4.0 / 1), 1e-15);
  EXPECT_NEAR(effect(InnerStatistic::mean), std::log(6.0 / 3), 1e-15);
}

TEST(PairedSeriesOfInnerTrials, ShowsTheReducedValuesAsTheArms) {
  Plan plan = simple_plan();
  plan.protocol.inner = 3;
  const PairedSeries series = paired_series(plan, {0, 1}, std::vector{block_of_rounds({1, 2, 6}, {5, 4, 9})});
  EXPECT_EQ(series.control_values, (std::vector<double>{2}));
  EXPECT_EQ(series.treatment_values, (std::vector<double>{5}));
}

}  // namespace paired_series_tests
}  // namespace assay::decide
