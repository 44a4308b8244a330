#include "experiments/decide/baseline/phase_spending.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace assay::decide {
namespace phase_spending_tests {

/// One trial of a phase that was open for 1000 ns.
PhaseTime trial(int cpu, int io, int memory = 0) {
  return {.name = "pull",
          .spans = 1,
          .use = PhaseUse{nanoseconds(1000), nanoseconds(cpu), nanoseconds(io), nanoseconds(memory)}};
}

std::optional<PhaseSpending> spending_of(const std::vector<PhaseTime>& trials) {
  std::vector<const PhaseTime*> pointers;
  for (const PhaseTime& one : trials) pointers.push_back(&one);
  return phase_spending(pointers);
}

std::optional<PhaseBound> bound_of(const std::vector<PhaseTime>& trials) {
  return spending_of(trials)->bound;
}

std::vector<PhaseTime> six_of(const PhaseTime& one) {
  return std::vector<PhaseTime>(6, one);
}

TEST(PhaseSpending, IsBoundByWhatTakesHalfOfItsTime) {
  EXPECT_EQ(bound_of(six_of(trial(900, 50))), PhaseBound::cpu);
  EXPECT_EQ(bound_of(six_of(trial(100, 700))), PhaseBound::io);
  EXPECT_EQ(bound_of(six_of(trial(100, 0, 600))), PhaseBound::memory);
  EXPECT_EQ(bound_of(six_of(trial(100, 100))), PhaseBound::waiting);
  EXPECT_EQ(bound_of(six_of(trial(400, 300))), PhaseBound::mixed);
}

TEST(PhaseSpending, SharesAreOfTheTimeInWhichItsSpansWereOpen) {
  const PhaseSpending spending = *spending_of(six_of(trial(250, 100)));
  EXPECT_DOUBLE_EQ(spending.cpu.median, 0.25);
  EXPECT_DOUBLE_EQ(spending.io->median, 0.1);
  EXPECT_DOUBLE_EQ(spending.waiting->median, 0.65);
}

// Six trials bound the median by their smallest and largest, and one of them spent 40 % on the processor.
TEST(PhaseSpending, IsMixedIfTheIntervalReachesBelowHalf) {
  std::vector<PhaseTime> trials = six_of(trial(900, 0));
  trials.back() = trial(400, 0);
  EXPECT_EQ(bound_of(trials), PhaseBound::mixed);
}

TEST(PhaseSpending, OfFiveTrialsNamesNoBound) {
  EXPECT_EQ(bound_of(std::vector<PhaseTime>(5, trial(1000, 0))), std::nullopt);
}

TEST(PhaseSpending, OnSeveralProcessorsLeavesNothingToWaitFor) {
  const PhaseSpending spending = *spending_of(six_of(trial(1900, 0)));
  EXPECT_DOUBLE_EQ(spending.cpu.median, 1.9);
  EXPECT_DOUBLE_EQ(spending.waiting->median, 0);
}

TEST(PhaseSpending, OfCpuTimeOnlyNamesNothingElse) {
  PhaseTime half{.name = "pull", .spans = 1, .use = PhaseUse{nanoseconds(1000), nanoseconds(300)}};
  EXPECT_EQ(bound_of(six_of(half)), std::nullopt);
  half.use->cpu = nanoseconds(800);
  EXPECT_EQ(bound_of(six_of(half)), PhaseBound::cpu);
  EXPECT_EQ(spending_of(six_of(half))->waiting, std::nullopt);
}

TEST(PhaseSpending, IsNotKnownIfOneTrialDoesNotReportIt) {
  std::vector<PhaseTime> trials = six_of(trial(900, 0));
  trials.front().use.reset();
  EXPECT_EQ(spending_of(trials), std::nullopt);
}

}  // namespace phase_spending_tests
}  // namespace assay::decide
