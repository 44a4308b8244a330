#include "experiments/planning/condition_share.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::planning {
namespace condition_share_tests {

/// Times around a level, spread evenly by a factor of up to `spread` on both sides.
std::vector<double> times(double level, double spread) {
  std::vector<double> all;
  for (int pair = -10; pair <= 10; ++pair) all.push_back(level * std::exp(pair / 10.0 * spread));
  return all;
}

TEST(ConditionShare, IsWhatTheConditionAddsToTheTime) {
  const ConditionShare share =
      condition_share({.kind = ConditionKind::smt, .with = times(0.015, 0.02), .without = times(0.010, 0.02)});
  EXPECT_EQ(share.kind, ConditionKind::smt);
  EXPECT_NEAR(share.slower, std::log(1.5), 1e-9);
  EXPECT_GT(share.interval.low, std::log(1.49));
  EXPECT_LT(share.interval.high, std::log(1.51));
}

// The median absolute deviation of an even spread from -w to w is w / 2.
TEST(ConditionShare, IsWhatTheConditionAddsToTheNoise) {
  const ConditionShare share = condition_share({.with = times(0.010, 0.10), .without = times(0.010, 0.02)});
  EXPECT_NEAR(share.spread_with, 1.4826 * 0.05, 1e-4);
  EXPECT_NEAR(share.spread_without, 1.4826 * 0.01, 1e-4);
}

TEST(ConditionShare, NeedsPairsOfTimes) {
  EXPECT_THROW((void)condition_share({}), Error);
  EXPECT_THROW((void)condition_share({.with = {1, 2}, .without = {1}}), Error);
  EXPECT_THROW((void)condition_share({.with = {1}, .without = {0}}), Error);
}

}  // namespace condition_share_tests
}  // namespace assay::planning
