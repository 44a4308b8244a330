#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/seed.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"
#include "stats/signed_rank.hpp"
#include "stats/signed_rank_distribution.hpp"

// Error rates of the whole sequential test over simulated trials, looking to the cap whatever has been shown. Each
// must not exceed its nominal rate by more than three standard errors; a test that looks as often with the critical
// value of a single look must, or the check would be worth nothing.

namespace assay::stats {
namespace sequential_calibration_tests {

constexpr int kTrials = 3000;
constexpr int kCap = 60;
constexpr double kAlphaPerSide = 0.025;
constexpr double kAlphaEquivalence = 0.05;
const double kMargin = std::log1p(0.03);

/// Draws the effect of one block of the cap's, both arms the same but for `shift` on the logarithm of treatment.
using Noise = std::function<double(Generator&, int block, double shift)>;

double lognormal(Generator& generator, int /*block*/, double shift) {
  const double control = 0.03 * generator.normal();
  return 0.03 * generator.normal() + shift - control;
}

/// Thirty times as noisy at the end as at the start.
double growing(Generator& generator, int block, double shift) {
  return lognormal(generator, block, 0) * std::pow(30.0, block / (kCap - 1.0)) + shift;
}

/// A clock of 1 ms on trials of 30 ms: ties and zeros.
double quantised(Generator& generator, int /*block*/, double shift) {
  const auto trial = [&](double logarithm) { return std::round(30 * std::exp(logarithm + 0.03 * generator.normal())); };
  const double control = trial(0);
  return std::log(trial(shift) / control);
}

std::vector<double> draw(const Noise& noise, Seed seed, double shift) {
  Generator generator = seed.stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < kCap; ++block) effects.push_back(noise(generator, block, shift));
  return effects;
}

/// In how many of the trials each claim was made at some look.
struct Claims {
  int below_zero = 0;
  int above_zero = 0;
  int below_kappa_margin = 0;
  int equivalent = 0;
};

SequentialDesign design_with(Seed seed) {
  return {.looks = look_schedule({.cap = kCap}),
          .alpha = {.below_zero = kAlphaPerSide, .above_zero = kAlphaPerSide},
          .alpha_equivalence = kAlphaEquivalence,
          .margin = kMargin,
          .seed = seed,
          .sign_vectors = 1999};
}

Claims count_claims(const Noise& noise, double shift) {
  Claims claims;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Seed seed = Seed(2024).derive(Stream::trials, static_cast<std::uint64_t>(trial));
    const std::vector<double> effects = draw(noise, seed, shift);
    SequentialTest test(design_with(seed));
    Look last;
    bool equivalent = false;
    while (test.next_look()) {
      last = test.look(effects);
      equivalent |= last.equivalent;
    }
    claims.below_zero += last.below_zero;
    claims.above_zero += last.above_zero;
    claims.below_kappa_margin += last.below_kappa_margin;
    claims.equivalent += equivalent;
  }
  return claims;
}

/// W+ of the first blocks, each less `shift`, reaches the critical value that a single look there would have.
bool naively_above(const std::vector<double>& effects, int blocks, double shift, double level) {
  std::vector<double> seen(effects.begin(), effects.begin() + blocks);
  for (double& effect : seen) effect -= shift;
  SignedRankDistribution distribution;
  distribution.extend_to(blocks);
  const SignedRankTest test = signed_rank_test_normal(seen, {.alternative = Alternative::greater});
  return test.positive_sum >= static_cast<double>(distribution.critical_value(level));
}

Claims count_naive_claims(double shift) {
  Claims claims;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Seed seed = Seed(2024).derive(Stream::trials, static_cast<std::uint64_t>(trial));
    std::vector<double> effects = draw(lognormal, seed, shift);
    std::vector<double> mirrored = effects;
    for (double& effect : mirrored) effect = -effect;
    bool above = false;
    bool below_kappa_margin = false;
    bool equivalent = false;
    for (const int blocks : look_schedule({.cap = kCap})) {
      above |= naively_above(effects, blocks, 0, kAlphaPerSide);
      below_kappa_margin |= naively_above(mirrored, blocks, kMargin / 2, kAlphaPerSide);
      equivalent |= naively_above(effects, blocks, -kMargin, kAlphaEquivalence) &&
                    naively_above(mirrored, blocks, -kMargin, kAlphaEquivalence);
    }
    claims.above_zero += above;
    claims.below_kappa_margin += below_kappa_margin;
    claims.equivalent += equivalent;
  }
  return claims;
}

double most_allowed(double nominal) {
  return kTrials * nominal + 3 * std::sqrt(kTrials * nominal * (1 - nominal));
}

void expect_both_sides_within_nominal(const std::string& name, const Noise& noise) {
  const Claims claims = count_claims(noise, 0);
  testing::Test::RecordProperty(name + "_below_zero", claims.below_zero);
  testing::Test::RecordProperty(name + "_above_zero", claims.above_zero);
  EXPECT_LE(claims.below_zero, most_allowed(kAlphaPerSide));
  EXPECT_LE(claims.above_zero, most_allowed(kAlphaPerSide));
}

TEST(SequentialCalibration, LognormalNoiseIsCalledADifferenceAtTheNominalRate) {
  expect_both_sides_within_nominal("lognormal", lognormal);
}

TEST(SequentialCalibration, GrowingNoiseIsCalledADifferenceAtTheNominalRate) {
  expect_both_sides_within_nominal("growing", growing);
}

TEST(SequentialCalibration, QuantisedNoiseIsCalledADifferenceAtTheNominalRate) {
  expect_both_sides_within_nominal("quantised", quantised);
}

// A rate far below the nominal one would be a test that shows nothing.
TEST(SequentialCalibration, ErrorIsSpentNotSaved) {
  const Claims claims = count_claims(lognormal, 0);
  EXPECT_GE(claims.below_zero + claims.above_zero, 0.8 * 2 * kAlphaPerSide * kTrials);
}

TEST(SequentialCalibration, EffectOfKappaMarginsIsCalledLargerAtTheNominalRate) {
  EXPECT_LE(count_claims(lognormal, -kMargin / 2).below_kappa_margin, most_allowed(kAlphaPerSide));
}

TEST(SequentialCalibration, EffectOfOneMarginIsCalledEquivalentAtTheNominalRate) {
  EXPECT_LE(count_claims(lognormal, kMargin).equivalent, most_allowed(kAlphaEquivalence));
  EXPECT_LE(count_claims(lognormal, -kMargin).equivalent, most_allowed(kAlphaEquivalence));
}

TEST(SequentialCalibration, PeekingWithTheCriticalValueOfASingleLookFailsEveryCheck) {
  EXPECT_GT(count_naive_claims(0).above_zero, most_allowed(kAlphaPerSide));
  EXPECT_GT(count_naive_claims(-kMargin / 2).below_kappa_margin, most_allowed(kAlphaPerSide));
  EXPECT_GT(count_naive_claims(kMargin).equivalent, most_allowed(kAlphaEquivalence));
}

}  // namespace sequential_calibration_tests
}  // namespace assay::stats
