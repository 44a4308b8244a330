#include "experiments/planning/simulation/claims.hpp"

#include <gtest/gtest.h>

#include "tests/unit/planning/simulation/plays.hpp"

namespace assay::planning {
namespace claims_tests {

TEST(Claims, AreTheSameWhateverTheNumberOfThreads) {
  const Play play = test::small_play(Percent{-3});
  EXPECT_EQ(count_claims(play, {.attempts = 20, .threads = 1}), count_claims(play, {.attempts = 20, .threads = 3}));
}

TEST(Claims, OfALargeEffectAreThoseOfItsDirection) {
  const Claims claims = count_claims(test::small_play(Percent{-20}), {.attempts = 10});
  EXPECT_EQ(claims.below_zero, 10);
  EXPECT_EQ(claims.below_kappa_margin, 10);
  EXPECT_EQ(claims.above_zero, 0);
  EXPECT_EQ(claims.equivalent, 0);
  EXPECT_LE(claims.blocks_below_zero, 12);
}

TEST(Claims, GoOnToTheCapWhereTheVerdictWouldHaveEndedTheAttempt) {
  // Without effect most attempts end as equivalent near 26 blocks; the difference test goes on to 60.
  const Claims claims = count_claims(test::small_play(), {.attempts = 10});
  EXPECT_GE(claims.equivalent, 8);
  EXPECT_GE(claims.blocks_below_zero, 45);
}

}  // namespace claims_tests
}  // namespace assay::planning
