#include "experiments/report/box_plot.hpp"

#include <gtest/gtest.h>

#include "experiments/report/layout.hpp"

namespace assay::report {
namespace box_plot_tests {

ArmSummary arm(double minimum, double lower_quartile, double median, double upper_quartile, double maximum) {
  ArmSummary summary;
  summary.count = 10;
  summary.minimum = minimum;
  summary.lower_quartile = lower_quartile;
  summary.median = median;
  summary.upper_quartile = upper_quartile;
  summary.maximum = maximum;
  return summary;
}

TEST(BoxPlot, PutsEveryFigureInItsColumn) {
  EXPECT_EQ(box_plot(arm(0, 4, 6, 8, 10), {0, 10}, 11, {}), "|---[=|=]-|");
}

TEST(BoxPlot, SharesItsScaleWithTheOtherArm) {
  const ArmSummary low = arm(0, 2, 3, 4, 5);
  const ArmSummary high = arm(10, 12, 13, 14, 15);
  const PlotScale scale = plot_scale({low, high});
  EXPECT_EQ(box_plot(low, scale, 16, {}), "|-[|]|          ");
  EXPECT_EQ(box_plot(high, scale, 16, {}), "          |-[|]|");
}

TEST(BoxPlot, OneStrayTrialDoesNotFlattenTheBoxes) {
  // The box is 2 wide, so the scale ends at 6 + 3 * 2 = 12, and the whisker shows that it goes on.
  const ArmSummary stray = arm(2, 4, 5, 6, 1000);
  EXPECT_EQ(plot_scale({stray}).high, 12);
  EXPECT_EQ(box_plot(stray, plot_scale({stray}), 11, {}), "|-[|]----->");
}

TEST(BoxPlot, EqualValuesAreOneBar) {
  EXPECT_EQ(box_plot(arm(3, 3, 3, 3, 3), {1, 5}, 5, {}), "  |  ");
}

TEST(BoxPlot, UnicodeTakesTheSameColumns) {
  TextStyle unicode;
  unicode.unicode = true;
  const std::string plot = box_plot(arm(0, 4, 6, 8, 10), {0, 10}, 11, unicode);
  EXPECT_EQ(plot, "├───▐▒┃▒▌─┤");
  EXPECT_EQ(display_width(plot), 11);
}

TEST(PlotScale, LeavesArmsWithoutTrialsAside) {
  const PlotScale scale = plot_scale({ArmSummary{}, arm(2, 4, 5, 6, 8)});
  EXPECT_EQ(scale.low, 2);
  EXPECT_EQ(scale.high, 8);
}

TEST(PlotScale, OfNoTrialsIsEmpty) {
  const PlotScale scale = plot_scale({ArmSummary{}});
  EXPECT_FALSE(scale.high > scale.low);
}

}  // namespace box_plot_tests
}  // namespace assay::report
