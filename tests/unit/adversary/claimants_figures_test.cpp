#include "experiments/adversary/claimants_figures.hpp"

#include <gtest/gtest.h>

#include "tests/unit/record/sample_record.hpp"

namespace assay::adversary {
namespace claimants_figures_tests {

/// A claim on the sample record, in which treatment takes a fifth less time in each of 12 blocks.
ChallengeTarget target_of(ClaimedEffect effect) {
  ChallengeTarget target;
  target.record = record::sample_record();
  target.claim.workload = "sort";
  target.claim.state = "warm";
  target.claim.control = "control";
  target.claim.treatment = "treatment";
  target.claim.metric = {"wall", "s", Direction::lower};
  target.claim.effect = effect;
  return target;
}

TEST(ClaimantsRange, OfARatioIsItsInterval) {
  const auto range = claimants_range(target_of(ClaimedRatio{1.2}));
  ASSERT_TRUE(range && range->low);
  EXPECT_NEAR(*range->low, 1.25, 1e-9);  // 1/0.8 in every block
}

TEST(ClaimantsRange, OfALimitIsTheFigureOfTreatmentsTrials) {
  const ChallengeTarget target = target_of(ClaimedLimit{Statistic::maximum, Bound::at_most, 1});
  const auto range = claimants_range(target);
  ASSERT_TRUE(range);
  EXPECT_EQ(range->low, target.record->result.comparisons.front().metrics.front().treatment.maximum);
  EXPECT_EQ(range->low, range->high);
}

TEST(ClaimantsRange, OfARateAndOfCorrectnessIsTheShareOfBlocksThatSucceeded) {
  for (const ClaimedEffect& effect : {ClaimedEffect(ClaimedRate{1, 0.9}), ClaimedEffect(ClaimedCorrectness{})}) {
    ChallengeTarget target = target_of(effect);
    target.claim.metric = {};
    const double blocks = target.record->result.blocks;
    EXPECT_EQ(claimants_range(target)->low, 1);
    for (Trial& trial : target.record->blocks.back().trials) {
      if (trial.arm == 1) trial.outcome = Exited{7};
    }
    EXPECT_NEAR(*claimants_range(target)->low, (blocks - 1) / blocks, 1e-12);
  }
}

TEST(ClaimantsRange, IsNoneWithoutARecord) {
  ChallengeTarget target = target_of(ClaimedRatio{1.2});
  target.record.reset();
  EXPECT_EQ(claimants_range(target), std::nullopt);
}

}  // namespace claimants_figures_tests
}  // namespace assay::adversary
