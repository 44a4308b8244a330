#include "stats/diagnosis/diagnostics.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include <gtest/gtest.h>

#include "stats/diagnosis/resolution.hpp"
#include "tests/unit/stats/simulated_blocks.hpp"

namespace assay::stats {
namespace diagnostics_tests {

using test::find;
using test::SimulatedBlocks;
using test::white_noise;

constexpr Seed kSeed{5};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Adds to the trial of each block that came second.
void add_to_second_trials(SimulatedBlocks& blocks, double shift) {
  for (std::size_t block = 0; block < blocks.control.size(); ++block) {
    (blocks.treatment_position[block] == 1 ? blocks.treatment : blocks.control)[block] += shift;
  }
}

/// Rounds both arms to whole multiples of a step, as a coarse clock does.
void quantise(SimulatedBlocks& blocks, double step) {
  for (std::vector<double>* arm : {&blocks.control, &blocks.treatment}) {
    for (double& value : *arm) value = std::log(step * std::round(std::exp(value) / step));
  }
}

TEST(Diagnostics, AllAreListedInOrderWhereNoneIsFlagged) {
  SimulatedBlocks blocks = white_noise(40, Seed(2));
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  std::vector<std::string> names;
  for (const Diagnostic& diagnostic : diagnosis.diagnostics) {
    names.emplace_back(to_string(diagnostic.kind));
    EXPECT_FALSE(diagnostic.flag) << to_string(diagnostic.kind);
    EXPECT_EQ(diagnostic.note, "");
  }
  EXPECT_EQ(names, (std::vector<std::string>{"order-effect", "drift", "unstable", "autocorrelation", "modes",
                                             "asymmetry", "resolution"}));
  EXPECT_EQ(diagnosis.resolution, 0);
  EXPECT_FALSE(diagnosis.unstable);
  EXPECT_EQ(diagnosis.autocorrelation_factor, 1);
  EXPECT_FALSE(diagnosis.first_in_block_effect);
}

TEST(Diagnostics, SameSeriesAndSeedGiveTheSameDiagnosis) {
  SimulatedBlocks blocks = white_noise(60, Seed(3));
  const Diagnosis once = diagnose(blocks.series(), kSeed);
  EXPECT_EQ(once.diagnostics, diagnose(blocks.series(), kSeed).diagnostics);
}

TEST(Diagnostics, NothingIsFlaggedBelowSixBlocks) {
  for (std::size_t count = 0; count < 6; ++count) {
    SimulatedBlocks blocks = white_noise(count, Seed(4));
    add_to_second_trials(blocks, 0.5);
    quantise(blocks, 20);
    for (const Diagnostic& diagnostic : diagnose(blocks.series(), kSeed).diagnostics) {
      EXPECT_FALSE(diagnostic.flag) << to_string(diagnostic.kind) << " of " << count;
    }
  }
}

// The second trial of a block takes 6 % longer: 12 % between the two orders, four standard deviations.
TEST(OrderEffect, SlowerSecondTrialsAreFlaggedAndMeasured) {
  SimulatedBlocks blocks = white_noise(40, Seed(6));
  add_to_second_trials(blocks, std::log(1.06));
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  const Diagnostic& order = find(diagnosis, DiagnosticKind::order_effect);
  EXPECT_TRUE(order.flag);
  EXPECT_GT(order.statistic, 0.5);
  EXPECT_LT(*order.p, 0.01);
  EXPECT_NE(order.note.find("the second trial of a block differs from the first by +6."), std::string::npos)
      << order.note;
}

// First trials have nothing before them in their block: their comparison holds the effect of 10 % alone.
TEST(OrderEffect, FirstTrialsGiveTheEffectFreeOfIt) {
  SimulatedBlocks blocks = white_noise(60, Seed(7));
  for (double& value : blocks.treatment) value += std::log(1.1);
  add_to_second_trials(blocks, 0.3);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  ASSERT_TRUE(diagnosis.first_in_block_effect);
  EXPECT_NEAR(*diagnosis.first_in_block_effect, std::log(1.1), 0.02);
  EXPECT_LT(diagnosis.first_in_block_interval->low, std::log(1.1));
  EXPECT_GT(diagnosis.first_in_block_interval->high, std::log(1.1));
}

TEST(OrderEffect, IsFoundBehindALargeEffectAndFailedTrials) {
  SimulatedBlocks blocks = white_noise(60, Seed(8));
  for (double& value : blocks.treatment) value -= std::log(4.0);
  add_to_second_trials(blocks, 0.1);
  BlockSeries series = blocks.series();
  blocks.effects[3] = kInfinity;
  blocks.treatment[3] = kNan;
  blocks.effects[9] = -kInfinity;
  blocks.control[9] = kNan;
  blocks.effects[20] = 0;
  blocks.treatment[20] = blocks.control[20] = kNan;
  const Diagnosis diagnosis = diagnose(series, kSeed);
  EXPECT_TRUE(find(diagnosis, DiagnosticKind::order_effect).flag);
  EXPECT_NEAR(*diagnosis.first_in_block_effect, -std::log(4.0), 0.05);
}

// As a slower second trial, but of a duet: nothing is carried over from one trial of a moment into the other.
TEST(OrderEffect, OfADuetIsThatOfItsCpus) {
  SimulatedBlocks blocks = white_noise(40, Seed(6));
  add_to_second_trials(blocks, std::log(1.06));
  BlockSeries series = blocks.series();
  series.positions = Positions::on_cpus;
  const Diagnosis diagnosis = diagnose(series, kSeed);
  const Diagnostic& cpu = find(diagnosis, DiagnosticKind::cpu_effect);
  EXPECT_TRUE(cpu.flag);
  EXPECT_EQ(cpu.note.find("the second CPU differs from the first by +6."), 0U) << cpu.note;
  EXPECT_EQ(diagnosis.first_in_block_effect, std::nullopt);
}

TEST(OrderEffect, ConstantEffectIsNone) {
  SimulatedBlocks blocks = white_noise(30, Seed(9));
  for (double& value : blocks.treatment) value += 0.5;
  EXPECT_FALSE(find(diagnose(blocks.series(), kSeed), DiagnosticKind::order_effect).flag);
}

TEST(Drift, ControlThatGrowsByMoreThanTheMarginIsFlagged) {
  SimulatedBlocks blocks = white_noise(40, Seed(10));
  for (std::size_t block = 0; block < 40; ++block) {
    blocks.control[block] += 0.005 * static_cast<double>(block);
    blocks.treatment[block] += 0.005 * static_cast<double>(block);
  }
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_TRUE(find(diagnosis, DiagnosticKind::drift).flag);
  EXPECT_FALSE(diagnosis.unstable);
}

// 2 % in all at a noise of 0.1 %: beyond doubt, and below the margin of 3 %.
TEST(Drift, TrendWithinTheMarginIsNotFlagged) {
  SimulatedBlocks blocks = white_noise(40, Seed(11));
  for (std::size_t block = 0; block < 40; ++block) {
    blocks.control[block] = 0.03 * blocks.control[block] + 0.0005 * static_cast<double>(block);
  }
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_LT(*find(diagnosis, DiagnosticKind::drift).p, 0.01);
  EXPECT_FALSE(find(diagnosis, DiagnosticKind::drift).flag);
}

TEST(Instability, EffectThatFadesIsFlaggedWithItsEnds) {
  SimulatedBlocks blocks = white_noise(60, Seed(12));
  for (std::size_t block = 0; block < 60; ++block) {
    blocks.treatment[block] -= 0.2 * static_cast<double>(60 - block) / 60;
  }
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_TRUE(diagnosis.unstable);
  EXPECT_NE(find(diagnosis, DiagnosticKind::unstable).note.find("from -1"), std::string::npos)
      << find(diagnosis, DiagnosticKind::unstable).note;
}

/// Effects that remember `memory` of the one before.
SimulatedBlocks remembering(double memory, Seed seed) {
  SimulatedBlocks blocks = white_noise(100, seed);
  double carried = 0;
  for (std::size_t block = 0; block < 100; ++block) {
    carried = memory * carried + blocks.treatment[block] - std::log(100.0);
    blocks.treatment[block] = std::log(100.0) + carried;
    blocks.control[block] = std::log(100.0) + 0.01 * (blocks.control[block] - std::log(100.0));
  }
  return blocks;
}

TEST(Autocorrelation, EffectsAlikeTheirNeighboursWidenPlans) {
  SimulatedBlocks blocks = remembering(0.6, Seed(13));
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  const Diagnostic& found = find(diagnosis, DiagnosticKind::autocorrelation);
  EXPECT_TRUE(found.flag);
  EXPECT_NEAR(found.statistic, 0.6, 0.15);
  EXPECT_DOUBLE_EQ(diagnosis.autocorrelation_factor, std::sqrt((1 + found.statistic) / (1 - found.statistic)));
}

TEST(Autocorrelation, AlternatingEffectsAreFlaggedAndNarrowNothing) {
  SimulatedBlocks blocks = remembering(-0.6, Seed(14));
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_TRUE(find(diagnosis, DiagnosticKind::autocorrelation).flag);
  EXPECT_EQ(diagnosis.autocorrelation_factor, 1);
}

/// Puts a share of an arm's trials into a mode 20 % slower, six standard deviations away.
void slow_down(std::vector<double>& arm, double share, Seed seed) {
  Generator generator = seed.stream(Stream::simulation);
  for (double& value : arm) value += generator.uniform() < share ? std::log(1.2) : 0;
}

TEST(Modes, TwoModesAreFlaggedWithPlacesAndShares) {
  SimulatedBlocks blocks = white_noise(100, Seed(15));
  slow_down(blocks.control, 0.4, Seed(16));
  slow_down(blocks.treatment, 0.4, Seed(17));
  BlockSeries series = blocks.series();
  series.unit = "ms";
  const Diagnosis diagnosis = diagnose(series, kSeed);
  const Diagnostic& modes = find(diagnosis, DiagnosticKind::modes);
  EXPECT_TRUE(modes.flag);
  EXPECT_EQ(modes.note, "control has two modes, about 99.83 ms (63 %) and 119.5 ms (37 %)");
}

// One trial of ten times the others' time draws any cut by squares to itself; a mode holds 15 % at least.
TEST(Modes, OneSlowTrialIsNotTakenForTheUpperMode) {
  SimulatedBlocks blocks = white_noise(100, Seed(38));
  slow_down(blocks.control, 0.4, Seed(39));
  blocks.control[50] += std::log(10.0);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  const Diagnostic& modes = find(diagnosis, DiagnosticKind::modes);
  EXPECT_TRUE(modes.flag);
  EXPECT_EQ(modes.note.find("(1 %)"), std::string::npos) << modes.note;
}

TEST(Modes, ChangeOfTheirSharesIsNamed) {
  SimulatedBlocks blocks = white_noise(100, Seed(18));
  slow_down(blocks.control, 0.6, Seed(19));
  slow_down(blocks.treatment, 0.2, Seed(20));
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_NE(find(diagnosis, DiagnosticKind::modes).note.find("change of shares"), std::string::npos)
      << find(diagnosis, DiagnosticKind::modes).note;
}

TEST(Modes, WideGapIsEnoughInFewBlocks) {
  SimulatedBlocks blocks = white_noise(10, Seed(21));
  for (std::size_t block = 0; block < 10; block += 3) blocks.control[block] += 1;
  EXPECT_TRUE(find(diagnose(blocks.series(), kSeed), DiagnosticKind::modes).flag);
}

TEST(Modes, TicksOfACoarseClockAreNone) {
  SimulatedBlocks blocks = white_noise(100, Seed(22));
  quantise(blocks, 3);
  EXPECT_FALSE(find(diagnose(blocks.series(), kSeed), DiagnosticKind::modes).flag);
}

TEST(Asymmetry, LongTailOnOneSideIsFlagged) {
  SimulatedBlocks blocks = white_noise(80, Seed(23));
  Generator generator = Seed(24).stream(Stream::simulation);
  for (double& value : blocks.treatment) value = std::log(100.0) - 0.1 * std::log1p(-generator.uniform());
  for (double& value : blocks.control) value = std::log(100.0);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  const Diagnostic& asymmetry = find(diagnosis, DiagnosticKind::asymmetry);
  EXPECT_TRUE(asymmetry.flag);
  EXPECT_GT(asymmetry.statistic, 0);
  EXPECT_NE(asymmetry.note.find("upwards"), std::string::npos);
}

TEST(Asymmetry, HeavyTailsOnBothSidesAreNotFlagged) {
  SimulatedBlocks blocks = white_noise(80, Seed(25));
  Generator generator = Seed(26).stream(Stream::simulation);
  // A Cauchy distribution has no mean, and is symmetric.
  for (double& value : blocks.treatment) value += 0.01 * std::tan(std::numbers::pi * (generator.uniform() - 0.5));
  EXPECT_FALSE(find(diagnose(blocks.series(), kSeed), DiagnosticKind::asymmetry).flag);
}

// A clock of 1 ms on 100 ms: the step of 1 % is more than a quarter of the margin of 3 %.
TEST(Resolution, StepOfACoarseClockIsSeenAndWidensIntervals) {
  SimulatedBlocks blocks = white_noise(40, Seed(27));
  quantise(blocks, 1);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_TRUE(find(diagnosis, DiagnosticKind::resolution).flag);
  EXPECT_NEAR(diagnosis.resolution, 0.01, 0.0005);
  EXPECT_EQ(widening_of(blocks.series()), diagnosis.resolution);
  EXPECT_NE(find(diagnosis, DiagnosticKind::resolution).note.find("steps of 1 %"), std::string::npos)
      << find(diagnosis, DiagnosticKind::resolution).note;
}

TEST(Resolution, FineStepIsNotFlagged) {
  SimulatedBlocks blocks = white_noise(40, Seed(28));
  quantise(blocks, 0.1);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_FALSE(find(diagnosis, DiagnosticKind::resolution).flag);
  EXPECT_EQ(diagnosis.resolution, 0);
  EXPECT_NEAR(find(diagnosis, DiagnosticKind::resolution).statistic, 0.001, 0.00005);
}

TEST(Resolution, KnownClockStepNeedsNoGuess) {
  SimulatedBlocks blocks = white_noise(40, Seed(29));
  BlockSeries series = blocks.series();
  series.clock_step = 0.02;
  EXPECT_EQ(diagnose(series, kSeed).resolution, 0.02);
}

TEST(Resolution, BlocksWithoutAnyDifferenceAreFlagged) {
  SimulatedBlocks blocks = white_noise(40, Seed(30));
  for (std::size_t block = 0; block < 30; ++block) blocks.treatment[block] = blocks.control[block];
  EXPECT_TRUE(find(diagnose(blocks.series(), kSeed), DiagnosticKind::resolution).flag);
}

TEST(Resolution, SizesThatNeverVaryAreExact) {
  SimulatedBlocks blocks = white_noise(20, Seed(31));
  for (double& value : blocks.control) value = std::log(1000.0);
  for (double& value : blocks.treatment) value = std::log(990.0);
  const Diagnosis diagnosis = diagnose(blocks.series(), kSeed);
  EXPECT_FALSE(find(diagnosis, DiagnosticKind::resolution).flag);
}

TEST(Resolution, SharesAreExactHoweverFewTheirValues) {
  SimulatedBlocks blocks = white_noise(20, Seed(32));
  for (std::size_t block = 0; block < 20; ++block) {
    blocks.control[block] = block % 2 == 0 ? 1 : 0;
    blocks.treatment[block] = 1;
  }
  BlockSeries series = blocks.series();
  series.kind = MetricKind::proportion;
  series.margin = 0.01;
  EXPECT_FALSE(find(diagnose(series, kSeed), DiagnosticKind::resolution).flag);
}

TEST(Resolution, DifferenceMetricIsWidenedInItsOwnUnit) {
  SimulatedBlocks blocks = white_noise(40, Seed(33));
  Generator generator = Seed(34).stream(Stream::simulation);
  for (double& value : blocks.control) value = 5 * std::round(4 * generator.normal());
  for (double& value : blocks.treatment) value = 5 * std::round(4 * generator.normal());
  BlockSeries series = blocks.series();
  series.kind = MetricKind::difference;
  series.unit = "points";
  series.margin = 10;
  const Diagnosis diagnosis = diagnose(series, kSeed);
  EXPECT_DOUBLE_EQ(diagnosis.resolution, 5);
  EXPECT_NE(find(diagnosis, DiagnosticKind::resolution).note.find("steps of 5 points"), std::string::npos);
}

TEST(ResolutionOf, IsTheGreatestCommonStepOverTheMedian) {
  EXPECT_NEAR(resolution_of(std::vector{29.0, 30.0, 30.0, 32.0, 35.0}), 1.0 / 30, 1e-12);
  EXPECT_NEAR(resolution_of(std::vector{0.4, 0.6, 0.6, 1.0, 1.2, 0.4}), 0.2 / 0.6, 1e-9);
}

TEST(ResolutionOf, ContinuousOrConstantValuesHaveNone) {
  Generator generator = Seed(35).stream(Stream::simulation);
  std::vector<double> continuous;
  for (int value = 0; value < 50; ++value) continuous.push_back(1 + generator.uniform());
  EXPECT_EQ(resolution_of(continuous), 0);
  EXPECT_EQ(resolution_of(std::vector{3.0, 3.0, 3.0}), 0);
  EXPECT_EQ(resolution_of({}), 0);
}

TEST(Diagnostics, AttemptInWhichEveryTrialFailedIsNotFlagged) {
  SimulatedBlocks blocks = white_noise(20, Seed(36));
  const BlockSeries series = blocks.series();
  blocks.control.assign(20, kNan);
  blocks.treatment.assign(20, kNan);
  blocks.effects.assign(20, 0.0);
  for (const Diagnostic& diagnostic : diagnose(series, kSeed).diagnostics) {
    EXPECT_FALSE(diagnostic.flag) << to_string(diagnostic.kind);
    EXPECT_TRUE(std::isfinite(diagnostic.statistic)) << to_string(diagnostic.kind);
  }
}

TEST(Diagnostics, TreatmentThatFailsThroughoutIsNotFlagged) {
  SimulatedBlocks blocks = white_noise(20, Seed(37));
  const BlockSeries series = blocks.series();
  blocks.treatment.assign(20, kNan);
  blocks.effects.assign(20, kInfinity);
  for (const Diagnostic& diagnostic : diagnose(series, kSeed).diagnostics) {
    EXPECT_FALSE(diagnostic.flag) << to_string(diagnostic.kind);
    EXPECT_TRUE(std::isfinite(diagnostic.statistic)) << to_string(diagnostic.kind);
  }
}

}  // namespace diagnostics_tests
}  // namespace assay::stats
