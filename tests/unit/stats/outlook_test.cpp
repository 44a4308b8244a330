#include "stats/outlook.hpp"

#include <gtest/gtest.h>

namespace assay::stats {
namespace outlook_tests {

/// Half of 100 blocks, no effect seen, noise 0.1.
Outlook halfway(double effect) {
  return {.estimate = 0, .blocks = 50, .tau = 0.1, .effect = effect};
}
/// The standard deviation of the estimate after 100 blocks: 0.1 sqrt(50) / 100.
constexpr double kDeviation = 0.0070710678;

TEST(Outlook, HasHalfOfItsMeanFromTheBlocksToCome) {
  EXPECT_NEAR(chance_below(halfway(-0.02), 100, -0.01), 0.5, 1e-12);
  EXPECT_NEAR(chance_above(halfway(0.02), 100, 0.01), 0.5, 1e-12);
}

TEST(Outlook, IsNormalAroundIt) {
  // The upper tail of a standard normal at 1.
  EXPECT_NEAR(chance_below(halfway(-0.02), 100, -0.01 - kDeviation), 0.158655, 1e-5);
  EXPECT_NEAR(chance_within(halfway(0), 100, kDeviation), 1 - 2 * 0.158655, 1e-5);
}

TEST(Outlook, IsNeverWithinALimitThatLeavesNothing) {
  EXPECT_EQ(chance_within(halfway(0), 100, 0), 0);
  EXPECT_EQ(chance_within(halfway(0), 100, -0.01), 0);
}

}  // namespace outlook_tests
}  // namespace assay::stats
