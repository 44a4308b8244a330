#include "stats/sequential/gaussian_walk.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "stats/distributions.hpp"

namespace assay::stats {
namespace gaussian_walk_tests {

TEST(Normal, QuantileInvertsTheTail) {
  for (const double probability : {0.9, 0.5, 0.025, 1e-6, 1e-30}) {
    EXPECT_NEAR(normal_upper_tail(normal_upper_quantile(probability)) / probability, 1, 1e-12);
  }
}

TEST(GaussianWalk, FirstLookIsANormalTail) {
  EXPECT_DOUBLE_EQ(GaussianWalk().crossing(0.3, 1.96), normal_upper_tail(1.96));
}

TEST(GaussianWalk, LooksThatStopNobodyLeaveItNormal) {
  GaussianWalk walk;
  for (const double information : {0.1, 0.15, 0.4, 0.41}) walk.cut(information, GaussianWalk::kUnreachable);
  EXPECT_NEAR(walk.crossing(1, 2.5) / normal_upper_tail(2.5), 1, 1e-6);
}

// Sheppard's formula: P(S_1 < 0, S_2 > 0) = 1/4 - asin(rho) / (2 pi), rho^2 = t_1 / t_2.
TEST(GaussianWalk, SecondCrossingIsSheppardsOrthant) {
  GaussianWalk walk;
  walk.cut(0.25, 0);
  EXPECT_NEAR(walk.crossing(1, 0), 0.25 - std::asin(0.5) / (2 * std::numbers::pi), 1e-9);
}

TEST(GaussianWalk, BoundaryIsWhereTheChanceIsReached) {
  GaussianWalk walk;
  walk.cut(0.4, 2);
  for (const double chance : {0.2, 0.01, 1e-8}) {
    EXPECT_NEAR(walk.crossing(0.5, walk.boundary(0.5, chance)) / chance, 1, 1e-9);
  }
}

TEST(GaussianWalk, ChanceBeyondReachHasNoBoundary) {
  EXPECT_EQ(GaussianWalk().boundary(0.1, 1e-40), GaussianWalk::kUnreachable);
}

// After a look at 2 a crossing of 3.9 one step of 0.0005 later needs 58 standard deviations: the start of the search
// underflows and must not lead it astray.
TEST(GaussianWalk, BoundaryIsFoundWhereItsFirstGuessUnderflows) {
  GaussianWalk walk;
  walk.cut(0.5, 2);
  const double boundary = walk.boundary(0.5005, 5e-5);
  EXPECT_NEAR(walk.crossing(0.5005, boundary) / 5e-5, 1, 1e-6);
}

// A walk looked at 2,000 times with a boundary that nobody reaches is still normal: fine steps need a fine grid.
TEST(GaussianWalk, FineStepsKeepTheirMass) {
  GaussianWalk walk;
  walk.cut(0.5, 4);
  for (int look = 1; look <= 20; ++look) walk.cut(0.5 + look * 0.0005, 4);
  EXPECT_NEAR(walk.crossing(1, -8), 1, 2e-4);
}

}  // namespace gaussian_walk_tests
}  // namespace assay::stats
