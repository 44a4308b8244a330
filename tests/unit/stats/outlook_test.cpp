#include "stats/outlook.hpp"

#include <gtest/gtest.h>

namespace assay::stats {
namespace outlook_tests {

/// Half of 100 blocks, no effect seen, noise 0.1.
Outlook halfway() {
  return {.estimate = 0, .blocks = 50, .tau = 0.1, .effects = {-0.02, 0.02}};
}

TEST(Outlook, TakesTheEffectThatSpeaksMostForIt) {
  // At -0.02 the mean after 100 blocks is -0.01 and its deviation 0.1 sqrt(50) / 100 = 0.00707.
  EXPECT_NEAR(chance_below(halfway(), 100, -0.01), 0.5, 1e-12);
  EXPECT_NEAR(chance_above(halfway(), 100, 0.01), 0.5, 1e-12);
  // A limit one deviation further: the upper tail of a standard normal at 1.
  EXPECT_NEAR(chance_below(halfway(), 100, -0.01 - 0.0070710678), 0.158655, 1e-5);
}

TEST(Outlook, IsNearestToZeroWithTheEffectThatBringsItThere) {
  EXPECT_NEAR(chance_within(halfway(), 100, 0.0070710678), 1 - 2 * 0.158655, 1e-5);
  Outlook far = halfway();
  far.estimate = 0.04;  // at -0.02 the mean is 0.01, at -0.04 it would be 0
  EXPECT_NEAR(chance_within(far, 100, 0.01), 0.5 - 0.00234, 1e-4);
}

TEST(Outlook, IsNeverWithinALimitThatLeavesNothing) {
  EXPECT_EQ(chance_within(halfway(), 100, 0), 0);
  EXPECT_EQ(chance_within(halfway(), 100, -0.01), 0);
}

}  // namespace outlook_tests
}  // namespace assay::stats
