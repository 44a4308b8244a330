#include "experiments/record/reviews/baseline_items.hpp"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "experiments/record/reviews/trial_clocks.hpp"
#include "tests/unit/record/sample_baseline.hpp"

namespace assay::record {
namespace baseline_items_tests {

constexpr std::int64_t kSecond = 1'000'000'000;

/// A baseline whose trials follow each other every second.
Baseline spaced_baseline() {
  Baseline baseline = sample_baseline();
  std::int64_t start = kSecond;
  for (BaselineTrial& trial : baseline.trials) trial.started_ns = start += kSecond;
  return baseline;
}

/// Everything takes so many times as long.
Baseline slowed(Baseline baseline, int times) {
  for (BaselineTrial& trial : baseline.trials) {
    trial.trial.usage.wall *= times;
    trial.trial.values = {built_in_value("wall", trial.trial.usage)};
    for (PhaseTime& phase : trial.phases.phases) phase.self *= times;
    trial.phases.rest *= times;
  }
  return baseline;
}

/// The phase is in no trial of these; its time is in the rest.
Baseline without_phase(Baseline baseline, const std::string& name, std::size_t trials = 1000) {
  for (BaselineTrial& trial : baseline.trials) {
    if (trials-- == 0) break;
    for (const PhaseTime& phase : trial.phases.phases) {
      if (phase.name == name) trial.phases.rest += phase.self;
    }
    std::erase_if(trial.phases.phases, [&name](const PhaseTime& phase) { return phase.name == name; });
  }
  return baseline;
}

/// The items that do not hold.
std::vector<ReviewItem> faults(const Baseline& stated, const Baseline& again) {
  std::vector<ReviewItem> items = baseline_items({stated, again});
  std::erase_if(items, [](const ReviewItem& item) { return item.fault == ReviewFault::none; });
  return items;
}

TEST(BaselineItems, HoldIfTheSameIsMeasuredAgain) {
  const std::vector<ReviewItem> items = baseline_items({spaced_baseline(), spaced_baseline()});
  EXPECT_EQ(grade_of(items), Grade::confirmed);
  ASSERT_EQ(items.size(), 12U);  // of each of two cells: trials, wall, two phases, sum, clock
  EXPECT_EQ(items[1].of, "site (cold)");
  EXPECT_EQ(items[1].name, "wall");
  EXPECT_EQ(items[2].stated, "50.0 %");
}

TEST(BaselineItems, RefuteIntervalsWithNoValueInCommon) {
  const std::vector<ReviewItem> found = faults(spaced_baseline(), slowed(spaced_baseline(), 2));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].aspect, ReviewAspect::interval);
  EXPECT_EQ(found[0].fault, ReviewFault::apart);
  EXPECT_EQ(grade_of(found), Grade::refuted);
}

/// Every trial takes this long.
Baseline level(Baseline baseline, std::chrono::microseconds wall) {
  for (BaselineTrial& trial : baseline.trials) {
    trial.trial.usage.wall = wall;
    trial.trial.values = {built_in_value("wall", trial.trial.usage)};
  }
  return baseline;
}

std::vector<ReviewFault> interval_faults(std::chrono::microseconds stated, std::chrono::microseconds again) {
  std::vector<ReviewFault> found;
  for (const ReviewItem& item : baseline_items({level(spaced_baseline(), stated), level(spaced_baseline(), again)})) {
    if (item.aspect == ReviewAspect::interval) found.push_back(item.fault);
  }
  return found;
}

TEST(BaselineItems, LetASessionDriftByOnePercent) {
  using std::chrono::microseconds;
  const std::vector<ReviewFault> holds(2, ReviewFault::none);
  const std::vector<ReviewFault> apart(2, ReviewFault::apart);
  EXPECT_EQ(interval_faults(microseconds(300'000), microseconds(302'900)), holds);
  EXPECT_EQ(interval_faults(microseconds(300'000), microseconds(297'100)), holds);
  EXPECT_EQ(interval_faults(microseconds(300'000), microseconds(303'100)), apart);
  EXPECT_EQ(interval_faults(microseconds(300'000), microseconds(296'900)), apart);
}

TEST(BaselineItems, DecideNothingByAnotherMachinesIntervals) {
  Baseline again = slowed(spaced_baseline(), 2);
  again.machine.cpu_model = "another one";
  const std::vector<ReviewItem> found = faults(spaced_baseline(), again);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::other_machine);
  EXPECT_EQ(grade_of(found), Grade::inconclusive);
}

TEST(BaselineItems, NameAPhaseThatTheBaselineLeavesOut) {
  const std::vector<ReviewItem> found = faults(without_phase(spaced_baseline(), "pull"), spaced_baseline());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::missing);
  EXPECT_EQ(found[0].name, "pull");
  EXPECT_EQ(found[0].stated, "");
  EXPECT_EQ(found[0].found, "50.0 %");
}

TEST(BaselineItems, NameAPhaseThatDoesNotOccurAgain) {
  const std::vector<ReviewItem> found = faults(spaced_baseline(), without_phase(spaced_baseline(), "start"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::gone);
  EXPECT_EQ(found[0].name, "start");
}

TEST(BaselineItems, DecideNothingByAPhaseThatOccursAtTimes) {
  const std::vector<ReviewItem> found =
      faults(without_phase(spaced_baseline(), "pull", 2), without_phase(spaced_baseline(), "pull"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::sometimes);
  EXPECT_EQ(grade_of(found), Grade::inconclusive);
}

TEST(BaselineItems, DecideNothingByTooFewTrials) {
  Baseline few = spaced_baseline();
  few.trials.resize(10);  // five of each cell
  const std::vector<ReviewItem> found = faults(few, spaced_baseline());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::too_few);
}

TEST(BaselineItems, AreInvalidIfNothingCanBeMeasured) {
  Baseline broken = spaced_baseline();
  for (BaselineTrial& trial : broken.trials) trial.trial.outcome = Exited{3};
  const std::vector<ReviewItem> found = faults(spaced_baseline(), broken);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].fault, ReviewFault::trials_failed);
  EXPECT_EQ(found[0].found, "0 of 10 trials measured; 10 exited 3");
  EXPECT_EQ(grade_of(found), Grade::invalid);
}

TEST(BaselineItems, AreInvalidIfSomethingChangedMeanwhile) {
  Baseline changed = spaced_baseline();
  changed.changes = {"the executable changed"};
  const std::vector<ReviewItem> found = faults(spaced_baseline(), changed);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fault, ReviewFault::changed);
  EXPECT_EQ(found[0].found, "the executable changed");
}

TEST(BaselineItems, RefutePhasesThatDoNotAddUp) {
  Baseline stated = spaced_baseline();
  stated.trials[0].phases.rest += stated.trials[0].trial.usage.wall / 50;
  const std::vector<ReviewItem> found = faults(stated, spaced_baseline());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fault, ReviewFault::sum_off);
  EXPECT_EQ(found[0].stated, "trial 1: 204.000 ms of 200.000 ms");
}

TEST(BaselineItems, RefuteAWallTimeThatIsNotTheLaunchers) {
  Baseline stated = spaced_baseline();
  stated.trials[0].trial.values = {0.19};
  const std::vector<ReviewItem> found = faults(stated, spaced_baseline());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fault, ReviewFault::clock_off);
  EXPECT_EQ(found[0].stated, "trial 1: 190.000 ms, and the launcher measured 200.000 ms");
}

TEST(BaselineItems, RefuteATrialThatTookLongerThanItCan) {
  Baseline stated = spaced_baseline();
  stated.trials[1].started_ns = stated.trials[0].started_ns + kSecond / 10;
  const std::vector<ReviewItem> found = faults(stated, spaced_baseline());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].stated, "trial 1: 200.000 ms, and the next one began after 100.000 ms");
}

TEST(SameTime, IsWithinOnePercentOrTenMicroseconds) {
  using std::chrono::microseconds;
  EXPECT_TRUE(is_same_time(microseconds(1000), microseconds(1010)));
  EXPECT_FALSE(is_same_time(microseconds(1000), microseconds(1011)));
  EXPECT_TRUE(is_same_time(microseconds(5), microseconds(15)));
  EXPECT_FALSE(is_same_time(microseconds(5), microseconds(16)));
}

TEST(ReviewGrade, IsTheWorstThatAnyItemSays) {
  const auto grade = [](std::vector<ReviewFault> all) {
    std::vector<ReviewItem> items;
    for (const ReviewFault fault : all) items.push_back({.fault = fault});
    return grade_of(items);
  };
  EXPECT_EQ(grade({}), Grade::inconclusive);
  EXPECT_EQ(grade({ReviewFault::none}), Grade::confirmed);
  EXPECT_EQ(grade({ReviewFault::none, ReviewFault::too_few}), Grade::inconclusive);
  EXPECT_EQ(grade({ReviewFault::too_few, ReviewFault::changed}), Grade::invalid);
  EXPECT_EQ(grade({ReviewFault::changed, ReviewFault::gone}), Grade::refuted);
}

}  // namespace baseline_items_tests
}  // namespace assay::record
