#include "experiments/planning/simulation/play.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "experiments/planning/simulation/trace.hpp"
#include "tests/unit/planning/simulation/plays.hpp"

namespace assay::planning {
namespace play_tests {

using test::small_play;

TEST(PlayedAttempts, AreTheSameWhateverTheNumberOfThreads) {
  const Play play = small_play(Percent{5});
  EXPECT_EQ(play_attempts(play, {.attempts = 20, .threads = 1}), play_attempts(play, {.attempts = 20, .threads = 3}));
}

TEST(PlayedAttempts, EndAsTheFullAnalysisOfTheirBlocksDoes) {
  const Play play = small_play();
  for (int number = 0; number < 20; ++number) {
    Plan plan = play.plan;
    plan.seed = plan.seed.derive(Stream::trials, static_cast<std::uint64_t>(number));
    decide::AttemptAnalysis analysis(plan);
    const DrawnBlocks drawn = draw_blocks(play, number);
    for (std::size_t block = 0; !analysis.finished(); ++block) {
      analysis.add(design::value_block(drawn.orders[block], drawn.pairs[block]));
    }
    const AttemptResult result = analysis.result();
    const decide::ComparisonOutline outline = play_attempt(play, number);
    EXPECT_EQ(outline.verdict, result.verdict);
    EXPECT_EQ(outline.reason, result.reason);
    EXPECT_EQ(outline.stop, result.stop);
    EXPECT_EQ(outline.blocks, result.blocks);
    EXPECT_EQ(outline.interval, result.comparisons[0].metrics[0].effect->interval);
  }
}

TEST(DrawnBlocks, HoldTheShiftInTreatmentAlone) {
  Play play = small_play(Percent{50});
  play.noise = trace_noise({{std::vector<double>(200, 10.0)}});
  for (const design::ValuePair& pair : draw_blocks(play, 0).pairs) EXPECT_EQ(pair, (design::ValuePair{10, 15}));
}

TEST(DrawnBlocks, HoldConsecutiveValuesInTheOrderOfTheCoin) {
  Play play = small_play();
  std::vector<double> ascending(120);
  for (std::size_t row = 0; row < ascending.size(); ++row) ascending[row] = static_cast<double>(row + 1);
  play.noise = trace_noise({{ascending}});
  const DrawnBlocks drawn = draw_blocks(play, 3);
  int control_first = 0;
  for (std::size_t block = 0; block < drawn.pairs.size(); ++block) {
    const bool first = drawn.orders[block].arms.front() == kControl;
    const double earlier = 2 * static_cast<double>(block) + 1;
    EXPECT_EQ(drawn.pairs[block],
              first ? (design::ValuePair{earlier, earlier + 1}) : (design::ValuePair{earlier + 1, earlier}));
    control_first += first ? 1 : 0;
  }
  EXPECT_GT(control_first, 15);  // of 60 fair coins
  EXPECT_LT(control_first, 45);
}

}  // namespace play_tests
}  // namespace assay::planning
