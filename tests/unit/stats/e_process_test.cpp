#include "stats/anytime/e_process.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/seed.hpp"
#include "stats/anytime/predictable_scale.hpp"
#include "stats/summary.hpp"
#include "tests/reference/e_process_path.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace e_process_tests {

using test::anytime_p_value;
using test::confidence_sequence;
using test::evidence_against;
using test::log_evidence_path;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> effects_about(double centre, std::size_t count) {
  Generator generator = Seed(8).stream(Stream::simulation);
  std::vector<double> effects;
  for (std::size_t block = 0; block < count; ++block) effects.push_back(centre + 0.03 * generator.normal());
  return effects;
}

TEST(Evidence, NoBlockIsNoEvidence) {
  EXPECT_DOUBLE_EQ(evidence_against(0, {}).log_total, 0);
}

// The first block is not bet on; of the sign alone both ways are equally likely: E = 1.
TEST(Evidence, FirstBlockIsNone) {
  EXPECT_NEAR(evidence_against(0, std::vector{0.7}).log_total, 0, 1e-12);
}

TEST(Evidence, FlippingAllSignsSwapsTheSides) {
  const std::vector<double> effects = effects_about(0.02, 30);
  std::vector<double> flipped = effects;
  for (double& effect : flipped) effect = -effect;
  const Evidence there = evidence_against(0, effects);
  const Evidence back = evidence_against(0, flipped);
  EXPECT_NEAR(there.log_clip_above, back.log_clip_below, 1e-9);
  EXPECT_NEAR(there.log_total, back.log_total, 1e-9);
}

// A fair bet: averaged over both signs of the last effect, given those before, the clipped evidence stays as it was.
TEST(Evidence, BetsAreFairGivenTheBlocksBefore) {
  std::vector<double> effects = effects_about(0.01, 12);
  const double before = std::exp(evidence_against(0, effects).log_clip_above);
  effects.push_back(0.05);
  const double up = std::exp(evidence_against(0, effects).log_clip_above);
  effects.back() = -0.05;
  const double down = std::exp(evidence_against(0, effects).log_clip_above);
  EXPECT_NEAR((up + down) / 2, before, 1e-12);
}

// 2,000 blocks of a clear effect: the values themselves would overflow.
TEST(Evidence, StaysFiniteHoweverLongTheAttempt) {
  const double log_total = evidence_against(0, effects_about(0.1, 2000)).log_total;
  EXPECT_GT(log_total, 710);
  EXPECT_TRUE(std::isfinite(log_total));
  EXPECT_GT(anytime_p_value(std::vector{log_total}), 0);
}

TEST(Evidence, FailedTrialsCountAsFarBeyond) {
  std::vector<double> effects = effects_about(0.02, 20);
  effects[7] = kInfinity;
  effects[15] = -kInfinity;
  EXPECT_TRUE(std::isfinite(evidence_against(0, effects).log_total));
  const std::vector<double> failures(12, kInfinity);
  EXPECT_GT(evidence_against(0, failures).log_total, std::log(20));
}

TEST(LogEvidencePath, EndsWhereTheEvidenceIs) {
  const std::vector<double> effects = effects_about(0.01, 40);
  const std::vector<double> path = log_evidence_path(0.005, effects);
  ASSERT_EQ(path.size(), effects.size());
  for (const std::size_t blocks : {1U, 7U, 40U}) {
    EXPECT_DOUBLE_EQ(path[blocks - 1], evidence_against(0.005, std::span(effects).first(blocks)).log_total);
  }
}

TEST(AnytimePValue, IsOneOverTheHighestEvidence) {
  EXPECT_DOUBLE_EQ(anytime_p_value(std::vector{0.0, std::log(40.0), std::log(3.0)}), 1.0 / 40);
  EXPECT_EQ(anytime_p_value(std::vector{-2.0}), 1);
}

// Every effect that E accepts, and at the ends next to nothing else: the part that is left out there is tiny.
TEST(ConfidenceSequence, HoldsWhatTheEvidenceDoesNotReject) {
  const std::vector<double> effects = effects_about(0.05, 60);
  const Interval interval = confidence_sequence(effects, 0.05);
  const double limit = std::log(20.0);
  EXPECT_LT(interval.low, 0.05);
  EXPECT_GT(interval.high, 0.05);
  EXPECT_LT(evidence_against(interval.low + 1e-5, effects).log_total, limit);
  EXPECT_GE(evidence_against(interval.low - 1e-6, effects).log_total, limit);
  EXPECT_LT(evidence_against(interval.high - 1e-5, effects).log_total, limit);
  EXPECT_GE(evidence_against(interval.high + 1e-6, effects).log_total, limit);
}

TEST(ConfidenceSequence, IsUnboundedWhileNothingCanBeRejected) {
  EXPECT_EQ(confidence_sequence(effects_about(0, 3), 0.05), (Interval{-kInfinity, kInfinity}));
  EXPECT_EQ(confidence_sequence({}, 0.05), (Interval{-kInfinity, kInfinity}));
}

TEST(ConfidenceSequence, ShiftsWithTheEffects) {
  const Interval here = confidence_sequence(effects_about(0, 50), 0.05);
  // Scales of blocks 2 to 4 come from magnitudes and not from deviations, which a shift changes a little.
  const Interval there = confidence_sequence(effects_about(1, 50), 0.05);
  EXPECT_NEAR(there.low, here.low + 1, 0.01);
  EXPECT_NEAR(there.high, here.high + 1, 0.01);
}

RC_GTEST_PROP(PredictableScales, AreDeviationsOfTheBlocksBefore, ()) {
  const std::vector<double> effects = *test::coarse_effects();
  const std::vector<double> scales = predictable_scales(effects);
  RC_ASSERT(scales.size() == effects.size());
  for (std::size_t block = 4; block < effects.size(); ++block) {
    const double expected = 1.4826 * median_absolute_deviation(std::span(effects).first(block));
    RC_ASSERT(std::abs(scales[block] - expected) <= 1e-12 * (1 + expected));
  }
}

}  // namespace e_process_tests
}  // namespace assay::stats
