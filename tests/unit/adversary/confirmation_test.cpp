#include "experiments/adversary/confirmation.hpp"

#include <gtest/gtest.h>

#include "experiments/planning/simulation/synthetic_noise.hpp"

namespace assay::adversary {
namespace confirmation_tests {

ChallengePlay play_of(double claimed, double truth) {
  return {.claimed = claimed,
          .truth = truth,
          .alpha = 0.04,
          .cap = 30,
          .noise = planning::lognormal_noise(0.03),
          .seed = Seed(7)};
}
constexpr ChallengeCount kCount{.challenges = 200, .threads = 2};

TEST(PlayChallenges, ConfirmsATrueClaimAndFlagsAnInflatedOne) {
  EXPECT_GE(play_challenges(play_of(4, 4), kCount).confirmed, 0.97);
  const GradeShares inflated = play_challenges(play_of(4, 3), kCount);
  EXPECT_GE(inflated.exaggerated, 0.97);
  EXPECT_EQ(inflated.confirmed, 0);
}

TEST(PlayChallenges, RefutesAClaimOfNothing) {
  const GradeShares shares = play_challenges(play_of(1.1, 1), kCount);
  EXPECT_GE(shares.refuted, 0.9);
  EXPECT_LE(shares.confirmed, 0.02);
}

TEST(PlayChallenges, WaitForThePlantedChangeBeforeTheyRefute) {
  ChallengePlay play = play_of(1.1, 1);
  play.planted_percent = 5;
  EXPECT_GE(play_challenges(play, kCount).refuted, 0.9);
  play.planted_percent = 0.01;  // no 30 blocks of 3 % noise find it
  const GradeShares shares = play_challenges(play, kCount);
  EXPECT_LE(shares.refuted, 0.1);
  EXPECT_GE(shares.inconclusive, 0.85);
}

// 2 standard errors of 200 challenges at the one-sided level of 0.02 are 0.02.
TEST(PlayChallenges, RarelyConfirmsWhatIsJustBelowTheConfirmingRatio) {
  for (const double claimed : {1.05, 1.5, 20.0}) {
    const double truth = 1 + 0.9 * (claimed - 1) * 0.9999;
    EXPECT_LE(play_challenges(play_of(claimed, truth), kCount).confirmed, 0.04) << claimed;
  }
}

// A clock of 1 ms shows 30 ms against 30 ms / 3.7 as 30 against 8, a ratio of 3.75, in every single block.
TEST(PlayChallenges, DoNotTakeARoundedRatioForTheTrueOne) {
  ChallengePlay play = play_of(4, 3.6999);
  play.noise = planning::synthetic_noise(planning::SyntheticNoise::quantised);
  EXPECT_LE(play_challenges(play, kCount).confirmed, 0.02);
}

TEST(PlayChallenges, AreTheSameOnAnyNumberOfThreadsAndInBothDirections) {
  const ChallengePlay play = play_of(1.1, 1.1);
  EXPECT_EQ(play_challenges(play, {.challenges = 50, .threads = 1}),
            play_challenges(play, {.challenges = 50, .threads = 3}));
  ChallengePlay higher = play;
  higher.direction = Direction::higher;
  EXPECT_NEAR(play_challenges(higher, kCount).confirmed, play_challenges(play, kCount).confirmed, 0.15);
}

TEST(CapToConfirm, GrowsAsTheClaimComesNearerToNothing) {
  const auto easy = cap_to_confirm(play_of(4, 4), 0.8, kCount);
  const auto hard = cap_to_confirm(play_of(1.1, 1.1), 0.8, kCount);
  ASSERT_TRUE(easy && hard);
  EXPECT_EQ(*easy, 60);
  EXPECT_GT(*hard, 60);
  EXPECT_FALSE(cap_to_confirm(play_of(1.001, 1), 0.8, {.challenges = 20, .threads = 2}));
}

}  // namespace confirmation_tests
}  // namespace assay::adversary
