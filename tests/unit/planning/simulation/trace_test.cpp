#include "experiments/planning/simulation/trace.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::planning {
namespace trace_tests {

const std::vector<double> kFourTrials(4, 1.0);

std::vector<std::vector<double>> windows(Trace trace, int count) {
  const Noise noise = trace_noise(std::move(trace));
  Generator generator(9);
  std::vector<std::vector<double>> drawn;
  for (int number = 0; number < count; ++number) drawn.push_back(noise(kFourTrials, generator));
  return drawn;
}

TEST(TraceNoise, DrawsEveryWindowOfConsecutiveValues) {
  std::set<std::vector<double>> seen;
  for (const auto& window : windows({{{1, 2, 3, 4, 5, 6}}}, 200)) seen.insert(window);
  EXPECT_EQ(seen, (std::set<std::vector<double>>{{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}}));
}

TEST(TraceNoise, NeverMixesGroups) {
  for (const auto& window : windows({{{1, 2, 3, 4, 5}, {11, 12, 13, 14, 15}}}, 200)) {
    EXPECT_EQ(window.front() > 10, window.back() > 10);
  }
}

TEST(TraceNoise, DrawsBlocksOneByOneFromAShortGroup) {
  std::set<std::vector<double>> seen;
  for (const auto& window : windows({{{1, 2, 3}}}, 200)) seen.insert(window);
  EXPECT_EQ(seen, (std::set<std::vector<double>>{{1, 2, 1, 2}, {1, 2, 2, 3}, {2, 3, 1, 2}, {2, 3, 2, 3}}));
  EXPECT_TRUE(is_short({{{1, 2, 3}}}, 4));
  EXPECT_FALSE(is_short({{{1, 2, 3}}}, 3));
}

TEST(TraceNoise, RefusesValuesThatAreNotAboveZero) {
  EXPECT_EQ(test::message_of([] {
              (void)trace_noise({{{1, 0}}});
            }),
            "a trace holds 0: expected values above 0, since arms are compared as a ratio");
}

TEST(TraceNoise, RefusesATraceWithoutTwoConsecutiveValues) {
  EXPECT_EQ(test::message_of([] {
              (void)trace_noise({{{1}, {2}}});
            }),
            "a trace has no two consecutive values: a block takes two");
}

}  // namespace trace_tests
}  // namespace assay::planning
