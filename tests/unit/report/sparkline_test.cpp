#include "experiments/report/sparkline.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "experiments/report/layout.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace sparkline_tests {

std::vector<double> log_ratios(const std::vector<double>& percents) {
  std::vector<double> effects;
  for (const double percent : percents) effects.push_back(std::log1p(percent / 100));
  return effects;
}

TEST(Sparkline, DrawsEachBlockBetweenTheSmallestAndTheLargestEffect) {
  TextStyle style;
  style.unicode = true;
  EXPECT_EQ(effect_sparkline(example_comparison(), log_ratios({-8, -3.1, 2, -8}), style),
            "  effect of each block  ▁▅█▁  -8.0 % to +2.0 %\n");
}

TEST(Sparkline, HasDigitsWhereThereIsNoUnicode) {
  EXPECT_EQ(effect_sparkline(example_comparison(), log_ratios({-8, 2}), {}),
            "  effect of each block  18  -8.0 % to +2.0 %\n");
}

TEST(Sparkline, MarksABlockWithAFailedTrial) {
  std::vector<double> effects = log_ratios({-8, 2});
  effects.insert(effects.begin() + 1, std::numeric_limits<double>::infinity());
  EXPECT_EQ(effect_sparkline(example_comparison(), effects, {}), "  effect of each block  1x8  -8.0 % to +2.0 %\n");
}

TEST(Sparkline, PutsManyBlocksIntoOneMarkByTheirMedian) {
  std::vector<double> percents(90, 1);
  percents[4] = 50;  // one stray block does not show among three
  percents[88] = percents[89] = 5;
  const std::string line = effect_sparkline(example_comparison(), log_ratios(percents), {});
  EXPECT_EQ(line, "  effects, 3 blocks a mark  " + std::string(29, '1') + "8  +1.0 % to +5.0 %\n");
  EXPECT_LE(display_width(line), 80);
}

TEST(Sparkline, EqualEffectsAreALevelLine) {
  EXPECT_EQ(effect_sparkline(example_comparison(), log_ratios({3, 3, 3}), {}),
            "  effect of each block  555  +3.0 % to +3.0 %\n");
}

TEST(Sparkline, IsLeftOutWhereFewerThanTwoEffectsAreKnown) {
  EXPECT_EQ(effect_sparkline(example_comparison(), {}, {}), "");
  EXPECT_EQ(effect_sparkline(example_comparison(), std::vector<double>{0.1}, {}), "");
}

}  // namespace sparkline_tests
}  // namespace assay::report
