#include "experiments/decide/paired_series.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::experiments {
namespace {

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
  const PairedSeries series = series_of(plan_with(MetricKind::positive), measured(0), measured(1));
  EXPECT_EQ(series.unreadable,
            "wall is 0 in block 1 (control): a positive metric is compared as a ratio, which needs values above 0; "
            "declare kind = \"difference\"");
}

TEST(PairedSeries, NamesAValueThatIsMissing) {
  const PairedSeries series =
      series_of(plan_with(MetricKind::difference), measured(1), measured(std::vector<std::optional<double>>{{}}));
  EXPECT_EQ(series.unreadable, "wall has no value in block 1 (treatment)");
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

}  // namespace
}  // namespace assay::experiments
