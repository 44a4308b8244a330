#include "experiments/decide/targets/target_figure.hpp"

#include <gtest/gtest.h>

#include "tests/unit/record/sample_baseline.hpp"

namespace assay::decide {
namespace target_figure_tests {

const std::vector<double> kEight = {1, 2, 3, 4, 5, 6, 7, 8};

Target at_most(double limit) {
  return {.workload = "site",
          .state = "warm",
          .metric = "wall",
          .statistic = Statistic::median,
          .bound = Bound::at_most,
          .limit = limit,
          .unit = "s"};
}

LimitStanding held_against(double limit) {
  return limit_standing(figure_of_values(kEight, Statistic::median), Bound::at_most, limit);
}

TEST(TargetFigure, IsMetOnlyIfTheWholeIntervalKeepsTheLimit) {
  // The smallest and the largest of 8 values bound the median.
  EXPECT_EQ(held_against(8), LimitStanding::met);
  EXPECT_EQ(held_against(7.9), LimitStanding::undecided);
  EXPECT_EQ(held_against(4.6), LimitStanding::undecided);  // the median, 4.5, keeps it
  EXPECT_EQ(held_against(0.9), LimitStanding::missed);
}

TEST(TargetFigure, IsNotDecidableFromFewTrials) {
  EXPECT_EQ(limit_standing(figure_of_values({1, 1, 1}, Statistic::median), Bound::at_most, 5),
            LimitStanding::undecided);
}

TEST(TargetFigure, HoldsALowerLimitAgainstTheLowerEnd) {
  const TargetFigure figure = figure_of_values(kEight, Statistic::median);
  EXPECT_EQ(limit_standing(figure, Bound::at_least, 1), LimitStanding::met);
  EXPECT_EQ(limit_standing(figure, Bound::at_least, 8.1), LimitStanding::missed);
}

TEST(TargetFigure, NoTrialsShowThatTheLargestKeepsALimit) {
  const TargetFigure figure = figure_of_values(kEight, Statistic::maximum);
  EXPECT_EQ(limit_standing(figure, Bound::at_most, 100), LimitStanding::undecided);
  EXPECT_EQ(limit_standing(figure, Bound::at_most, 7), LimitStanding::missed);
  EXPECT_EQ(limit_standing(figure_of_values(kEight, Statistic::minimum), Bound::at_least, 2), LimitStanding::missed);
}

TEST(TargetFigure, BoundsAMeanByStudentsT) {
  const TargetFigure figure = figure_of_values(kEight, Statistic::mean);
  // 4.5 and 2.3646 (t of 7 degrees of freedom at 0.975) times 2.4495 / sqrt(8).
  EXPECT_NEAR(*figure.low, 2.4522, 1e-3);
  EXPECT_NEAR(*figure.high, 6.5478, 1e-3);
}

TEST(TargetFigure, NamesTheLastStageThatIsMet) {
  Target target = at_most(2);
  target.stages = {10, 8, 5};
  EXPECT_EQ(stage_met(figure_of_values(kEight, Statistic::median), target), 8);
  target.stages = {5};
  EXPECT_EQ(stage_met(figure_of_values(kEight, Statistic::median), target), std::nullopt);
}

TEST(TargetFigure, OfABaselineComesFromTheTrialsOfItsCell) {
  const auto figure = target_figure(record::sample_baseline(), at_most(1));
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->trials, 10);
  EXPECT_DOUBLE_EQ(figure->figure, 0.1045);  // 100 to 109 ms
  Target elsewhere = at_most(1);
  elsewhere.state = "idle";
  EXPECT_FALSE(target_figure(record::sample_baseline(), elsewhere));
}

}  // namespace target_figure_tests
}  // namespace assay::decide
