#include "experiments/record/reviews/target_items.hpp"

#include <gtest/gtest.h>

#include "tests/unit/record/sample_baseline.hpp"

namespace assay::record {
namespace target_items_tests {

/// The median of the warm runs of the sample is 104.5 ms, with 101 to 108 ms around it.
Target at_most(double seconds) {
  return {.workload = "site",
          .state = "warm",
          .metric = "wall",
          .statistic = Statistic::median,
          .bound = Bound::at_most,
          .limit = seconds,
          .unit = "s"};
}

ReviewItem item_for(double seconds) {
  const std::vector<ReviewItem> items = target_items(at_most(seconds), sample_baseline());
  EXPECT_EQ(items.size(), 1U);
  return items.at(0);
}

TEST(TargetItems, HoldIfTheWholeIntervalKeepsTheLimit) {
  EXPECT_EQ(item_for(0.2).fault, ReviewFault::none);
  EXPECT_EQ(item_for(0.2).of, "site/warm/wall/median");
}

TEST(TargetItems, AreRefutedIfTheWholeIntervalLiesBeyond) {
  EXPECT_EQ(item_for(0.05).fault, ReviewFault::beyond);
  EXPECT_EQ(grade_of(item_for(0.05).fault), Grade::refuted);
}

TEST(TargetItems, CannotBeToldIfTheIntervalHoldsTheLimit) {
  EXPECT_EQ(item_for(0.1045).fault, ReviewFault::undecided);
  EXPECT_EQ(grade_of(ReviewFault::undecided), Grade::inconclusive);
}

TEST(TargetItems, AreInvalidIfNothingWasMeasured) {
  Baseline broken = sample_baseline();
  for (BaselineTrial& trial : broken.trials) trial.trial.outcome = Exited{1};
  EXPECT_EQ(target_items(at_most(0.2), broken).at(0).fault, ReviewFault::trials_failed);
}

TEST(TargetItems, AreInvalidIfSomethingChangedMeanwhile) {
  Baseline changed = sample_baseline();
  changed.changes = {"the executable changed"};
  const std::vector<ReviewItem> items = target_items(at_most(0.2), changed);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].fault, ReviewFault::changed);
}

}  // namespace target_items_tests
}  // namespace assay::record
