#include "experiments/engine/isolation_results.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace isolation_results_tests {

/// The drawn ones among the first 48 blocks.
std::vector<int> drawn_with(std::uint64_t seed, std::size_t cell = 0) {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"/bin/true"});
  plan.seed = Seed(seed);
  std::vector<std::string> notes;
  const IsolationResults results(plan, notes);
  std::vector<int> drawn;
  for (int number = 1; number <= 48; ++number) {
    if (results.is_drawn({.cell = cell, .number = number, .arms = {}})) drawn.push_back(number);
  }
  return drawn;
}

TEST(IsolationResults, DrawOneOfTheFirstSixBlocksAndOneOfEveryTwelve) {
  std::set<int> first;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const std::vector<int> drawn = drawn_with(seed);
    ASSERT_EQ(drawn.size(), 4U);
    EXPECT_LE(drawn[0], 6);
    for (int stretch = 0; stretch < 4; ++stretch) {
      const int number = drawn[static_cast<std::size_t>(stretch)];
      EXPECT_EQ((number - 1) / 12, stretch) << number;
    }
    first.insert(drawn[0]);
  }
  EXPECT_EQ(first.size(), 6U);
}

TEST(IsolationResults, DrawForEachCellByItself) {
  EXPECT_NE(drawn_with(1, 0), drawn_with(1, 1));
  EXPECT_EQ(drawn_with(1, 1), drawn_with(1, 1));
}

}  // namespace isolation_results_tests
}  // namespace assay::engine
