#include <cmath>
#include <cstdlib>

#include <gtest/gtest.h>

#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "tests/unit/decide/attempts.hpp"

// How often a race of levels that do not differ names a wrong winner, and how often one with a best level finds it.

namespace assay::planning {
namespace race_calibration_tests {

Plan race_of(std::size_t levels) {
  Plan plan = decide::simple_plan();
  plan.rules = kNewestRules;
  plan.variable = {VariableKind::level, "jobs", {}};
  for (std::size_t level = 0; level < levels; ++level) {
    plan.variable.levels.push_back({std::to_string(level), ArgumentLevel{std::to_string(level)}});
  }
  plan.protocol.max_blocks = 60;
  return plan;
}

/// Log-normal trials; the last level takes e^effect times as long as the others.
struct RaceTruth {
  double effect = 0;
  double noise = 0.03;
};

/// Feeds the next block of one race.
void feed_one(decide::AttemptAnalysis& analysis, const Plan& plan, const RaceTruth& truth) {
  const int next = analysis.complete_blocks(0) + 1;
  const BlockOrder order = design::block_order(plan, 0, next, 0, analysis.arms_of_next_blocks(0));
  Generator generator = plan.seed.stream(Stream::simulation, static_cast<std::uint64_t>(next));
  Block block;
  block.number = next;
  for (const ArmIndex arm : order.arms) {
    const double effect = arm + 1 == arm_count(plan) ? truth.effect : 0;
    block.trials.push_back(decide::measured(std::exp(effect + truth.noise * generator.normal())));
    block.trials.back().arm = arm;
  }
  analysis.add(block);
}

Plan seeded(Plan plan, int number) {
  plan.seed = Seed(21).derive(Stream::trials, static_cast<std::uint64_t>(number));
  return plan;
}

/// Share of races of equal levels in which any level is called worse than another, at any look.
double share_that_lose_one(std::size_t levels, int races) {
  int lost = 0;
  for (int number = 0; number < races; ++number) {
    const Plan plan = seeded(race_of(levels), number);
    decide::AttemptAnalysis analysis(plan);
    while (!analysis.finished() && analysis.arms_of_next_blocks(0).size() == levels) feed_one(analysis, plan, {});
    lost += analysis.arms_of_next_blocks(0).size() < levels ? 1 : 0;
  }
  return static_cast<double>(lost) / races;
}

/// Nominal plus three standard errors.
double at_most(double nominal, int races) {
  return nominal + 3 * std::sqrt(nominal * (1 - nominal) / races);
}

/// 150 races of four levels, 60 of eight: a race costs its pairs. The long form has ten times as many.
int races_of(std::size_t levels) {
  const int races = levels == 4 ? 150 : 60;
  return std::getenv("ASSAY_CALIBRATION_LONG") != nullptr ? 10 * races : races;
}

class EqualLevels : public testing::TestWithParam<std::size_t> {};

TEST_P(EqualLevels, LoseOneNoMoreOftenThanAlpha) {
  const int races = races_of(GetParam());
  const double lost = share_that_lose_one(GetParam(), races);
  RecordProperty("lost_percent", std::to_string(100 * lost));
  EXPECT_LE(lost, at_most(0.05, races));
}

INSTANTIATE_TEST_SUITE_P(Race, EqualLevels, testing::Values(std::size_t{4}, std::size_t{8}));

/// How races ended whose last level is the best.
struct Found {
  int named = 0;      ///< races whose search named the last level
  int confirmed = 0;  ///< of those, the ones whose fresh blocks showed it better than the first
};

Found races_found(std::size_t levels, int races, double effect) {
  Found found;
  for (int number = 0; number < races; ++number) {
    const Plan plan = seeded(race_of(levels), number);
    decide::AttemptAnalysis analysis(plan);
    while (!analysis.finished()) feed_one(analysis, plan, {.effect = effect});
    const AttemptResult result = analysis.result();
    const auto best = result.searches.front().best;
    if (!best || best->index + 1 != levels) continue;
    ++found.named;
    found.confirmed += result.verdict == Verdict::improved ? 1 : 0;
  }
  testing::Test::RecordProperty("named", found.named);
  testing::Test::RecordProperty("confirmed", found.confirmed);
  return found;
}

class PlantedWinner : public testing::TestWithParam<std::size_t> {};

TEST_P(PlantedWinner, OfTwoMarginsIsNamedAndConfirmedInNineteenOfTwentyRaces) {
  const int races = races_of(GetParam()) / 2;
  const Found found = races_found(GetParam(), races, -2 * std::log1p(0.03));
  EXPECT_GE(found.named, 0.95 * races);
  EXPECT_GE(found.confirmed, 0.95 * races);
}

INSTANTIATE_TEST_SUITE_P(Race, PlantedWinner, testing::Values(std::size_t{4}, std::size_t{8}));

}  // namespace race_calibration_tests
}  // namespace assay::planning
