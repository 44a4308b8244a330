#include "stats/sequential/sequential_share_difference.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "stats/reference/proportion.hpp"

namespace assay::stats {
namespace sequential_share_difference_tests {

std::vector<DiscordantLook> one_look(int blocks, int treatment_worse, int control_worse) {
  return {{.blocks = blocks, .treatment_worse = treatment_worse, .control_worse = control_worse, .spending_share = 1}};
}

TEST(ShareDifference, WithoutADiscordantBlockIsBoundAsAShareOfNone) {
  // At a limit above 0 the likeliest walk moves only up, so that 0 of n is Clopper and Pearson's case.
  const Interval interval = share_difference_interval(one_look(60, 0, 0), {});
  EXPECT_NEAR(interval.high, clopper_pearson_upper({0, 60}, 0.975), 1e-6);
  EXPECT_NEAR(interval.low, -interval.high, 1e-9);
}

TEST(ShareDifference, TurnsWithItsArms) {
  const Interval interval = share_difference_interval(one_look(80, 4, 15), {});
  const Interval turned = share_difference_interval(one_look(80, 15, 4), {});
  EXPECT_NEAR(interval.low, -turned.high, 1e-9);
  EXPECT_NEAR(interval.high, -turned.low, 1e-9);
}

TEST(ShareDifference, HoldsTheObservedDifferenceAndComesNearTheNormalInterval) {
  const Interval interval = share_difference_interval(one_look(200, 5, 20), {});
  const double difference = -15.0 / 200;
  const double error = std::sqrt((25.0 / 200 - difference * difference) / 200);
  EXPECT_LT(interval.low, difference);
  EXPECT_GT(interval.high, difference);
  EXPECT_NEAR(interval.high, difference + 1.96 * error, 0.012);
  EXPECT_NEAR(interval.low, difference - 1.96 * error, 0.012);
}

TEST(ShareDifference, OfMoreLooksIsWider) {
  std::vector<DiscordantLook> looks = one_look(200, 5, 20);
  const Interval once = share_difference_interval(looks, {});
  looks.insert(looks.begin(), {.blocks = 50, .treatment_worse = 1, .control_worse = 5, .spending_share = 0.6});
  const Interval twice = share_difference_interval(looks, {});
  EXPECT_LT(twice.low, once.low);
  EXPECT_GT(twice.high, once.high);
}

}  // namespace sequential_share_difference_tests
}  // namespace assay::stats
