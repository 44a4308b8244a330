#include "stats/sequential/sequential_test.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/tabulated_boundary.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace sequential_test_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const double kMargin = std::log1p(0.03);

SequentialDesign design_with_cap(int cap) {
  return {.looks = look_schedule({.cap = cap}), .alpha = {}, .margin = kMargin, .seed = Seed(5), .sign_vectors = 999};
}

std::vector<double> noise(int blocks, double shift, std::uint64_t seed = 7) {
  Generator generator = Seed(seed).stream(Stream::simulation);
  std::vector<double> effects;
  for (int block = 0; block < blocks; ++block) effects.push_back(shift + 0.03 * generator.normal());
  return effects;
}

std::vector<Look> all_looks(const SequentialDesign& design, const std::vector<double>& effects, double resolution = 0) {
  SequentialTest test(design);
  std::vector<Look> looks;
  while (test.next_look()) looks.push_back(test.look(effects, resolution));
  return looks;
}

TEST(SequentialTest, LooksWhenTheScheduleSaysAndNoMore) {
  SequentialTest test(design_with_cap(12));
  const std::vector<double> effects = noise(12, 0);
  std::vector<int> blocks;
  while (const auto next = test.next_look()) {
    blocks.push_back(*next);
    EXPECT_EQ(test.look(effects).blocks, *next);
  }
  EXPECT_EQ(blocks, (std::vector<int>{6, 8, 9, 12}));
}

TEST(SequentialTest, OnlyTheBlocksOfTheLookAreSeen) {
  std::vector<double> effects = noise(30, 0.02);
  const Look first = all_looks(design_with_cap(30), effects).front();
  for (std::size_t block = 6; block < effects.size(); ++block) effects[block] = -1;
  SequentialTest test(design_with_cap(30));
  const Look again = test.look(effects);
  EXPECT_EQ(again.estimate, first.estimate);
  EXPECT_EQ(again.equivalence, first.equivalence);
}

// The sign of 9 blocks is equal by chance once in 512, which the spending of 5 % over 200 blocks allows; that of
// 6 blocks is not allowed yet.
TEST(SequentialTest, LargeEffectIsShownByTheNinthBlockAndNotByTheSixth) {
  SequentialDesign design = design_with_cap(200);
  design.sign_vectors = 19999;
  const std::vector<Look> looks = all_looks(design, noise(200, -0.5));
  EXPECT_FALSE(looks[0].below_zero);
  EXPECT_EQ(looks[0].repeated, (Interval{.low = -kInfinity, .high = kInfinity}));
  EXPECT_TRUE(looks[2].below_zero);
  EXPECT_TRUE(looks[2].below_kappa_margin);
  EXPECT_FALSE(looks[2].above_zero);
  EXPECT_LT(looks[2].repeated.high, -0.3);
}

TEST(SequentialTest, UnchangedMetricBecomesEquivalentAndNeverDifferent) {
  const std::vector<Look> looks = all_looks(design_with_cap(60), noise(60, 0));
  EXPECT_TRUE(looks.back().equivalent);
  EXPECT_LT(looks.back().equivalence.high, kMargin);
  EXPECT_GT(looks.back().equivalence.low, -kMargin);
  EXPECT_FALSE(looks.back().below_zero || looks.back().above_zero);
}

TEST(SequentialTest, WhatHasBeenShownStaysShownWhileEquivalenceIsOfTheLookAlone) {
  std::vector<double> effects(30, 0.001);
  for (std::size_t block = 0; block < effects.size(); ++block) effects[block] += 1e-6 * static_cast<double>(block);
  for (std::size_t block = 15; block < effects.size(); ++block) effects[block] = block % 2 == 0 ? 0.4 : -0.5;
  const std::vector<Look> looks = all_looks(design_with_cap(30), effects);
  EXPECT_TRUE(looks[4].equivalent && looks[4].above_zero);  // 15 blocks
  EXPECT_FALSE(looks.back().equivalent);
  EXPECT_TRUE(looks.back().above_zero && looks.back().not_above_margin && looks.back().not_below_margin);
}

// A clock that never ticks between the arms: no difference to test, but all shifts are bounded.
TEST(SequentialTest, EffectsThatAreAllZeroAreEquivalent) {
  const std::vector<Look> looks = all_looks(design_with_cap(30), std::vector(30, 0.0));
  EXPECT_TRUE(looks.back().equivalent);
  EXPECT_EQ(looks.back().repeated, (Interval{.low = 0, .high = 0}));
  EXPECT_FALSE(looks.back().below_zero || looks.back().above_zero);
}

TEST(SequentialTest, TreatmentThatAlwaysFailsIsInfinitelyWorse) {
  const Look last = all_looks(design_with_cap(30), std::vector(30, kInfinity)).back();
  EXPECT_EQ(last.estimate, kInfinity);
  EXPECT_TRUE(last.above_zero && last.above_kappa_margin && !last.not_above_margin);
  EXPECT_EQ(last.repeated.low, kInfinity);
}

TEST(SequentialTest, FewFailuresLeaveAFiniteEstimateAndAnUnboundedEnd) {
  std::vector<double> effects = noise(30, -0.1);
  for (const std::size_t block : {3U, 9U, 14U, 20U, 25U}) effects[block] = kInfinity;
  const Look last = all_looks(design_with_cap(30), effects).back();
  EXPECT_TRUE(std::isfinite(last.estimate) && std::isfinite(last.repeated.low));
  EXPECT_EQ(last.repeated.high, kInfinity);
}

TEST(SequentialTest, KappaSaysHowFarBeyondTheIntervalMustLie) {
  const std::vector<double> effects = noise(60, -0.033);
  const auto shown_at = [&](double kappa) {
    SequentialDesign design = design_with_cap(60);
    design.kappa = kappa;
    for (const Look& look : all_looks(design, effects)) {
      if (look.below_kappa_margin) return look.blocks;
    }
    return 1000;
  };
  EXPECT_LT(shown_at(0), shown_at(0.5));
  EXPECT_LT(shown_at(0.5), shown_at(1));
}

RC_GTEST_PROP(SequentialTest, FlagsAreThoseOfTheIntervalsPrinted, ()) {
  const std::vector<double> effects =
      noise(60, *rc::gen::inRange(-60, 61) / 1000.0, *rc::gen::arbitrary<std::uint64_t>());
  const double resolution = *rc::gen::element(0.0, 0.002);
  bool below = false;
  bool not_above = false;
  for (const Look& look : all_looks(design_with_cap(60), effects, resolution)) {
    below |= look.repeated.high < -kMargin / 2;
    not_above |= look.equivalence.high < kMargin;
    RC_ASSERT(look.below_kappa_margin == below);
    RC_ASSERT(look.not_above_margin == not_above);
    RC_ASSERT(look.equivalent == (look.equivalence.high < kMargin && look.equivalence.low > -kMargin));
  }
}

// Without zeros and ties crossing at this look and an interval beyond 0 are one and the same.
RC_GTEST_PROP(SequentialTest, IntervalExcludesZeroWhereTheTestCrosses, ()) {
  const std::vector<double> effects =
      noise(60, *rc::gen::inRange(-30, 31) / 1000.0, *rc::gen::arbitrary<std::uint64_t>());
  bool below = false;
  bool above = false;
  for (const Look& look : all_looks(design_with_cap(60), effects)) {
    below |= look.repeated.high < 0;
    above |= look.repeated.low > 0;
    RC_ASSERT(look.below_zero == below);
    RC_ASSERT(look.above_zero == above);
  }
}

RC_GTEST_PROP(SequentialTest, IntervalsHoldTheEstimateWhateverTheEffects, ()) {
  std::vector<double> effects = *test::any_effects();
  effects.resize(30, 0.25);
  for (const Look& look : all_looks(design_with_cap(30), effects)) {
    RC_ASSERT(look.repeated.low <= look.estimate && look.estimate <= look.repeated.high);
    RC_ASSERT(look.equivalence.low <= look.estimate && look.estimate <= look.equivalence.high);
  }
}

RC_GTEST_PROP(SequentialTest, TurnsWithTheEffects, ()) {
  std::vector<double> effects = *test::any_effects();
  effects.resize(30, -0.125);
  std::vector<double> mirrored = effects;
  for (double& effect : mirrored) effect = -effect;
  const std::vector<Look> looks = all_looks(design_with_cap(30), effects);
  const std::vector<Look> turned = all_looks(design_with_cap(30), mirrored);
  for (std::size_t index = 0; index < looks.size(); ++index) {
    RC_ASSERT(turned[index].estimate == -looks[index].estimate);
    RC_ASSERT(turned[index].repeated.high == -looks[index].repeated.low);
    RC_ASSERT(turned[index].above_zero == looks[index].below_zero);
    RC_ASSERT(turned[index].above_kappa_margin == looks[index].below_kappa_margin);
    RC_ASSERT(turned[index].not_below_margin == looks[index].not_above_margin);
  }
}

/// How many of the 2^n ways to sign the magnitudes end above zero.
int count_above_zero(const SequentialDesign& design, const std::vector<double>& magnitudes) {
  int above = 0;
  for (unsigned signs = 0; signs < 1U << magnitudes.size(); ++signs) {
    std::vector<double> effects = magnitudes;
    for (std::size_t block = 0; block < effects.size(); ++block) {
      if ((signs >> block & 1U) == 0) effects[block] = -effects[block];
    }
    above += all_looks(design, effects).back().above_zero;
  }
  return above;
}

// The heart of it: given the magnitudes, at most 2.5 % of all sign assignments are called positive, whatever zeros and
// ties there are; and nearly as many as that where sums are fine enough.
TEST(SequentialTest, NoMoreSignAssignmentsCrossThanTheLevelAllows) {
  SequentialDesign design = design_with_cap(10);
  design.looks = {6, 8, 10};
  const int allowed = 25;  // of 1024
  EXPECT_LE(count_above_zero(design, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), allowed);
  EXPECT_GE(count_above_zero(design, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), 20);
  EXPECT_LE(count_above_zero(design, {10, 1, 9, 2, 8, 3, 7, 4, 6, 5}), allowed);
  EXPECT_LE(count_above_zero(design, {1, 1, 2, 2, 3, 3, 1, 1, 2, 2}), allowed);
  EXPECT_LE(count_above_zero(design, {0, 1, 0, 2, 3, 4, 4, 0, 5, 6}), allowed);
  EXPECT_LE(count_above_zero(design, {kInfinity, 1, kInfinity, 2, 3, 4, 4, 0, 5, 6}), allowed);
}

// 30 zeros and 20 negative effects: their ranks 31 to 50 sum to 810, all there is to sum, so the sign is plain. Of the
// 1,275 averages 465 are 0; a critical value fit for 50 untied effects, above 900, reaches them, one that is fit for
// the 20 scores would not.
TEST(SequentialTest, ManyZerosShowTheSignWithoutShrinkingTheInterval) {
  SequentialDesign design = design_with_cap(50);
  design.looks = {50};
  std::vector<double> effects(50, 0.0);
  for (std::size_t block = 0; block < 20; ++block) effects[block] = -0.1 - 0.001 * static_cast<double>(block);
  const Look look = all_looks(design, effects).back();
  EXPECT_TRUE(look.below_zero);
  EXPECT_EQ(look.repeated.high, 0);
  EXPECT_FALSE(look.below_kappa_margin);
  const TabulatedBoundary boundary({.looks = {50}, .level = 0.025});
  EXPECT_EQ(look.repeated.low, WalshAverages(effects).lower_end(boundary.at(0).critical_value));
}

TEST(SequentialTest, ResolutionWidensBothIntervals) {
  const Look plain = all_looks(design_with_cap(60), noise(60, 0)).back();
  const Look coarse = all_looks(design_with_cap(60), noise(60, 0), 0.025).back();
  EXPECT_DOUBLE_EQ(coarse.repeated.low, plain.repeated.low - 0.025);
  EXPECT_DOUBLE_EQ(coarse.equivalence.high, plain.equivalence.high + 0.025);
  EXPECT_TRUE(plain.equivalent);
  EXPECT_FALSE(coarse.equivalent);
}

TEST(SequentialTest, LastLookMayComeBetweenLooksAndSpendsEverything) {
  const std::vector<double> effects = noise(200, 0.016, 3);
  SequentialTest scheduled(design_with_cap(200));
  while (*scheduled.next_look() <= 40) EXPECT_FALSE(scheduled.look(effects).above_zero);
  const Look cut = scheduled.final_look(std::span(effects).first(40));
  EXPECT_EQ(cut.blocks, 40);
  EXPECT_TRUE(cut.above_zero);
  EXPECT_EQ(scheduled.next_look(), std::nullopt);
  EXPECT_LE(scheduled.p_value(), 0.05);
}

TEST(SequentialTest, LastLookUsesTheTabulatedEquivalenceBoundaryOfItsOwn) {
  const std::vector<double> effects = noise(20, 0);
  SequentialTest test(design_with_cap(200));
  while (*test.next_look() <= 20) (void)test.look(effects);
  const Look cut = test.final_look(effects);
  const TabulatedBoundary boundary({.looks = look_schedule({}), .level = 0.05});
  EXPECT_EQ(cut.equivalence.low, WalshAverages(effects).lower_end(boundary.last_look(6, 20).critical_value));
}

TEST(SequentialTest, LastLookMayComeBeforeTheFirst) {
  SequentialTest test(design_with_cap(200));
  const Look cut = test.final_look(std::vector{-0.5});
  EXPECT_EQ(cut.blocks, 1);
  EXPECT_EQ(cut.estimate, -0.5);
  EXPECT_FALSE(cut.below_zero);
}

TEST(SequentialTest, SameSeedGivesTheSameLooks) {
  const std::vector<double> effects = noise(200, 0.01);
  SequentialTest first(design_with_cap(200));
  SequentialTest second(design_with_cap(200));
  while (first.next_look()) EXPECT_EQ(first.look(effects).repeated, second.look(effects).repeated);
}

TEST(SequentialTest, SideWithTheSmallerLevelHasTheWiderEnd) {
  SequentialDesign design = design_with_cap(60);
  design.sign_vectors = 19999;
  design.alpha = {.below_zero = 0.045, .above_zero = 0.005};
  const std::vector<double> effects = noise(60, 0);
  const Look uneven = all_looks(design, effects).back();
  design.alpha = {};
  const Look even = all_looks(design, effects).back();
  EXPECT_LT(uneven.repeated.high, even.repeated.high);
  EXPECT_LT(uneven.repeated.low, even.repeated.low);
}

TEST(SequentialTest, DesignOutOfRangeIsRefused) {
  const auto expect_refused = [](auto change) {
    SequentialDesign design = design_with_cap(30);
    change(design);
    EXPECT_THROW(SequentialTest{design}, Error);
  };
  expect_refused([](SequentialDesign& design) { design.looks.clear(); });
  expect_refused([](SequentialDesign& design) { design.looks = {6, 6}; });
  expect_refused([](SequentialDesign& design) { design.looks = {8, 6}; });
  expect_refused([](SequentialDesign& design) { design.looks = {0, 6}; });
  expect_refused([](SequentialDesign& design) { design.looks = {50'000}; });
  expect_refused([](SequentialDesign& design) { design.alpha.below_zero = 0; });
  expect_refused([](SequentialDesign& design) { design.alpha.above_zero = 0.5; });
  expect_refused([](SequentialDesign& design) { design.alpha_equivalence = std::nan(""); });
  expect_refused([](SequentialDesign& design) { design.margin = 0; });
  expect_refused([](SequentialDesign& design) { design.margin = kInfinity; });
  expect_refused([](SequentialDesign& design) { design.kappa = 1.1; });
  expect_refused([](SequentialDesign& design) { design.sign_vectors = 0; });
}

TEST(SequentialTest, EffectsAndResolutionOutOfRangeAreRefused) {
  SequentialTest test(design_with_cap(30));
  std::vector<double> effects = noise(30, 0);
  EXPECT_THROW((void)test.look(effects, -1), Error);
  EXPECT_THROW((void)test.look(effects, kInfinity), Error);
  effects[2] = std::nan("");
  EXPECT_THROW((void)test.look(effects), Error);
  EXPECT_EQ(test.next_look(), 6);  // a refused look has not been taken
}

}  // namespace sequential_test_tests
}  // namespace assay::stats
