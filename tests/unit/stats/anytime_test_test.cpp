#include "stats/anytime/anytime_test.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "core/seed.hpp"
#include "stats/anytime/e_process.hpp"
#include "stats/anytime/evidence_process.hpp"
#include "stats/anytime/predictable_scale.hpp"
#include "stats/hodges_lehmann.hpp"
#include "tests/unit/stats/effects_generator.hpp"

namespace assay::stats {
namespace anytime_test_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const double kMargin = std::log1p(0.03);

AnytimeDesign design() {
  return {.alpha = {0.025, 0.025}, .alpha_equivalence = 0.05, .margin = kMargin, .kappa = 0.5};
}

std::vector<double> effects_about(double centre, std::size_t count, double noise = 0.03) {
  Generator generator = Seed(8).stream(Stream::simulation);
  std::vector<double> effects;
  for (std::size_t block = 0; block < count; ++block) effects.push_back(centre + noise * generator.normal());
  return effects;
}

/// Looks after every block.
Look watched(AnytimeTest& test, const std::vector<double>& effects) {
  Look look;
  for (std::size_t blocks = 1; blocks <= effects.size(); ++blocks) {
    look = test.look(std::span(effects).first(blocks));
  }
  return look;
}

TEST(AnytimeTest, ShowsAClearEffectOnItsSideAlone) {
  AnytimeTest test(design());
  const Look look = watched(test, effects_about(-0.1, 40));
  EXPECT_TRUE(look.below_zero);
  EXPECT_TRUE(look.below_kappa_margin);
  EXPECT_TRUE(look.not_above_margin);
  EXPECT_FALSE(look.above_zero);
  EXPECT_FALSE(look.equivalent);
  EXPECT_LT(test.p_value(), 0.001);
}

TEST(AnytimeTest, ShowsEquivalenceWhereThereIsNoEffect) {
  AnytimeTest test(design());
  const Look look = watched(test, effects_about(0, 150, 0.02));
  EXPECT_TRUE(look.equivalent);
  EXPECT_FALSE(look.below_zero);
  EXPECT_FALSE(look.above_zero);
}

TEST(AnytimeTest, ClaimsWhatItsIntervalsShow) {
  const std::vector<double> effects = effects_about(-0.06, 60);
  AnytimeTest test(design());
  for (std::size_t blocks = 1; blocks <= effects.size(); ++blocks) {
    const Look look = test.look(std::span(effects).first(blocks));
    const Look whole = test.completed(look);
    EXPECT_EQ(look.equivalent, whole.equivalence.high < kMargin && whole.equivalence.low > -kMargin) << blocks;
    EXPECT_TRUE(look.below_kappa_margin || whole.repeated.high >= -kMargin / 2) << blocks;
  }
  const Look last = test.completed(test.look(effects));
  EXPECT_LT(last.repeated.high, -kMargin / 2);
  EXPECT_LT(last.repeated.low, last.estimate);
}

TEST(AnytimeTest, OfFirstBlocksBoundsNothing) {
  AnytimeTest test(design());
  const Look look = test.completed(test.look(std::vector{0.1, 0.2}));
  EXPECT_EQ(look.repeated, (Interval{-kInfinity, kInfinity}));
  EXPECT_EQ(look.equivalence, (Interval{-kInfinity, kInfinity}));
}

TEST(AnytimeTest, KeepsWhatWasShown) {
  std::vector<double> effects = effects_about(-0.1, 30);
  AnytimeTest test(design());
  ASSERT_TRUE(watched(test, effects).below_zero);
  for (int block = 0; block < 60; ++block) effects.push_back(0.1);
  EXPECT_TRUE(test.look(effects).below_zero);
}

TEST(AnytimeTest, CanLookOnceAtManyBlocks) {
  const std::vector<double> effects = effects_about(-0.06, 50);
  AnytimeTest step_by_step(design());
  AnytimeTest at_once(design());
  const Look watched_look = step_by_step.completed(watched(step_by_step, effects));
  const Look one_look = at_once.completed(at_once.look(effects));
  EXPECT_EQ(one_look.repeated, watched_look.repeated);
  EXPECT_EQ(at_once.p_value(), step_by_step.p_value());
}

TEST(AnytimeTest, WidensByTheResolution) {
  const std::vector<double> effects = effects_about(-0.06, 60);
  AnytimeTest fine(design());
  AnytimeTest coarse(design());
  const Look exact = fine.completed(fine.look(effects, 0));
  const Look widened = coarse.completed(coarse.look(effects, 0.01), 0.01);
  EXPECT_DOUBLE_EQ(widened.repeated.low, exact.repeated.low - 0.01);
  EXPECT_DOUBLE_EQ(widened.repeated.high, exact.repeated.high + 0.01);
}

TEST(AnytimeTest, WorksTheEstimateOutWhereItMayDecideAndNowhereElse) {
  for (const double centre : {-0.06, -kMargin, -0.02, 0.0, 0.025, kMargin, 0.05}) {
    AnytimeTest test(design());
    std::vector<double> effects = effects_about(centre, 120);
    effects[7] = kInfinity;
    effects[11] = -kInfinity;
    for (std::size_t blocks = 1; blocks <= effects.size(); ++blocks) {
      const auto seen = std::span(effects).first(blocks);
      const Look look = test.look(seen);
      const double estimate = WalshAverages(seen).median();
      EXPECT_EQ(look.below_kappa_margin && estimate <= -kMargin, look.below_kappa_margin && look.estimate <= -kMargin);
      EXPECT_EQ(look.above_kappa_margin && estimate >= kMargin, look.above_kappa_margin && look.estimate >= kMargin);
      EXPECT_TRUE(std::isnan(look.estimate) || look.estimate == estimate);
    }
  }
}

TEST(AnytimeTest, AsksForTheResolutionWhereSomethingNewWouldBeShownWithoutIt) {
  const std::vector<double> effects = effects_about(-0.06, 60);
  AnytimeTest test(design());
  int asked = 0;
  const auto resolution = [&asked] {
    ++asked;
    return 0.0;
  };
  for (std::size_t block = 0; block < effects.size(); ++block) {
    const Look look = test.look_further(std::span(effects).subspan(block, 1), resolution);
    EXPECT_TRUE(asked > 0 || !(look.not_above_margin || look.not_below_margin));
  }
  EXPECT_GE(asked, 1);
  EXPECT_LE(asked, 4);
}

TEST(AnytimeTest, ShowsNothingThatAResolutionHides) {
  AnytimeTest test(design());
  const std::vector<double> effects = effects_about(-0.02, 200, 0.01);
  for (const double effect : effects) {
    const Look look = test.look_further(std::span(&effect, 1), [] { return kMargin; });
    EXPECT_FALSE(look.below_kappa_margin || look.equivalent);
  }
  EXPECT_TRUE(test.look(effects).below_kappa_margin);
}

TEST(AnytimeTest, ADeclaredSideIsShownByFewerBlocks) {
  AnytimeDesign declared = design();
  declared.alpha = {0.045, 0.005};
  const std::vector<double> effects = effects_about(-0.06, 60);
  const auto blocks_to_show = [&](const AnytimeDesign& given, double sign) {
    AnytimeTest test(given);
    std::vector<double> turned;
    for (const double effect : effects) {
      turned.push_back(sign * effect);
      const Look look = test.look(turned);
      if (look.below_zero || look.above_zero) break;
    }
    return turned.size();
  };
  EXPECT_LT(blocks_to_show(declared, 1), blocks_to_show(declared, -1));
}

TEST(AnytimeTest, RefusesWhatIsOutOfRange) {
  AnytimeDesign bad = design();
  bad.margin = 0;
  EXPECT_THROW(AnytimeTest{bad}, Error);
  bad = design();
  bad.alpha.below_zero = 0;
  EXPECT_THROW(AnytimeTest{bad}, Error);
}

// The parts that bound the confidence sequence never exceed E and grow outwards: no effect that E rejects beyond an end
// is taken back further out, and none that E accepts is missed.
RC_GTEST_PROP(EvidenceProcess, PartsGrowOutwardsAndStayBelowTheWhole, ()) {
  const std::vector<double> effects = *test::any_effects();
  const std::vector<double> scales = predictable_scales(effects);
  double null_effect = *rc::gen::map(rc::gen::inRange(-1000, 1000), [](int place) { return place / 1000.0; });
  double part = -kInfinity;
  double one_sided = -kInfinity;
  for (int step = 0; step < 20; ++step) {
    const EvidenceProcess process = evidence_after(null_effect, effects, scales);
    RC_ASSERT(process.log_part_below() <= process.evidence().log_total + 1e-12);
    RC_ASSERT(process.log_part_below() >= part - 1e-9);
    RC_ASSERT(process.log_one_sided_below() >= one_sided - 1e-9);
    part = process.log_part_below();
    one_sided = process.log_one_sided_below();
    null_effect += 0.05;
  }
}

RC_GTEST_PROP(EvidenceProcess, FlippingAllSignsSwapsTheSides, ()) {
  const std::vector<double> effects = *test::any_effects();
  std::vector<double> flipped = effects;
  for (double& effect : flipped) effect = -effect;
  const std::vector<double> scales = predictable_scales(effects);
  const EvidenceProcess there = evidence_after(0, effects, scales);
  const EvidenceProcess back = evidence_after(0, flipped, scales);
  RC_ASSERT(there.log_part_below() == back.log_part_above());
  RC_ASSERT(std::abs(there.log_one_sided_below() - back.log_one_sided_above()) < 1e-9);
}

// A one-sided bet is fair at worst: whichever way the last effect falls with equal chance, the evidence does not grow.
RC_GTEST_PROP(EvidenceProcess, OneSidedBetsAreFairAtWorst, ()) {
  std::vector<double> effects = *test::coarse_effects();
  const auto evidence = [&] {
    return std::exp(evidence_after(0, effects, predictable_scales(effects)).log_one_sided_below());
  };
  const double before = evidence();
  const double size = *rc::gen::map(rc::gen::inRange(1, 100), [](int place) { return place / 10.0; });
  effects.push_back(size);
  const double up = evidence();
  effects.back() = -size;
  const double down = evidence();
  RC_ASSERT((up + down) / 2 <= before * (1 + 1e-9));
}

}  // namespace anytime_test_tests
}  // namespace assay::stats
