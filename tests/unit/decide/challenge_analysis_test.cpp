#include "experiments/decide/challenge/challenge_analysis.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/challenge/better_effects.hpp"
#include "tests/unit/decide/attempts.hpp"

// How many times better treatment really is, control at 1 s with 1 % of noise, the planted arm 3 % slower.
namespace assay::decide {
namespace challenge_analysis_tests {

Plan challenge_of(ClaimedEffect effect, int cap = 60) {
  Plan plan = simple_plan();
  plan.variable.levels.push_back({"control again", CommandLevel{{"old"}}});
  plan.variable.levels.push_back({"control with a planted change", CommandLevel{{"old"}}});
  plan.exploratory = true;
  plan.rules = kNewestRules;
  plan.protocol.max_blocks = cap;
  plan.challenge = ChallengeTerms{.claim = "c",
                                  .record = "",
                                  .number = 1,
                                  .metric = {"wall", "s", Direction::lower},
                                  .effect = effect,
                                  .planted_percent = 3};
  return plan;
}

/// What a block's arms are like, as factors of control's time.
struct Truth {
  double treatment = 1;
  double again = 1;
  double planted = 1.03;
};

Block noisy_block(const Plan& plan, int number, const Truth& truth) {
  Generator generator = plan.seed.stream(Stream::simulation, static_cast<std::uint64_t>(number));
  const auto value = [&generator](double factor) { return measured(factor * std::exp(0.01 * generator.normal())); };
  std::vector<Trial> arms = {value(1), value(truth.treatment), value(truth.again), value(truth.planted)};
  arms.resize(arm_count(plan));
  return block_of(plan, number, std::move(arms));
}

/// The same trials in another cell.
Block block_in(Block block, std::size_t cell) {
  block.cell = cell;
  return block;
}

AttemptResult measured_again(const Plan& plan, const Truth& truth) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) analysis.add(noisy_block(plan, number, truth));
  return analysis.result();
}

ChallengeResult graded(const ClaimedEffect& effect, const Truth& truth) {
  return *measured_again(challenge_of(effect), truth).challenge;
}

TEST(ChallengeAnalysis, ConfirmsATrueClaimBesideTheOrdinaryComparison) {
  const AttemptResult result = measured_again(challenge_of(ClaimedRatio{2}), {.treatment = 0.5});
  EXPECT_EQ(result.challenge->grade, Grade::confirmed);
  EXPECT_EQ(result.challenge->reason, GradeReason::none);
  EXPECT_GE(*result.challenge->measured.low, 1.9);
  EXPECT_NEAR(result.challenge->confidence, 0.96, 1e-12);  // 0.8 of 5 %
  ASSERT_EQ(result.comparisons.size(), 1U);
  EXPECT_EQ(result.comparisons.front().verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons.front().blocks, result.challenge->blocks);
  EXPECT_EQ(result.trials, 4 * result.challenge->blocks);
}

/// Times as a clock of 1/30 s shows them.
Block coarse_block(const Plan& plan, int number, double treatment) {
  Generator generator = plan.seed.stream(Stream::simulation, static_cast<std::uint64_t>(number));
  const auto value = [&generator](double factor) {
    return measured(std::round(30 * factor * std::exp(0.02 * generator.normal())) / 30);
  };
  return block_of(plan, number, {value(1), value(treatment), value(1), value(2)});
}

TEST(ChallengeAnalysis, WidensItsIntervalByTheStepOfACoarseClock) {
  const Plan plan = challenge_of(ClaimedRatio{4});
  AttemptAnalysis analysis(plan);
  // The true ratio is below 3.7, which a claim of 4 has to reach. All trials of treatment show 8 steps.
  for (int number = 1; !analysis.finished(); ++number) analysis.add(coarse_block(plan, number, 1 / 3.69));
  const ChallengeResult result = *analysis.result().challenge;
  EXPECT_NE(result.grade, Grade::confirmed);
  ASSERT_TRUE(result.measured.low && result.measured.high);
  EXPECT_LT(*result.measured.low, 3.5);
  EXPECT_GT(*result.measured.high, 3.95);
}

TEST(EffectStep, IsOneStepOfTheArmWithTheSmallerValues) {
  const auto logarithms = [](std::vector<double> values) {
    for (double& value : values) value = std::log(value);
    return values;
  };
  const std::vector<double> slow = logarithms({30, 31, 29, 30, 32, 30, 28});
  const std::vector<double> fast = logarithms({8, 8, 7, 8, 9, 8, 8});
  EXPECT_NEAR(effect_step(slow, fast), 1.0 / 8, 1e-9);
  EXPECT_NEAR(effect_step(fast, slow), 1.0 / 8, 1e-9);
  const double third = 1.0 / 3;
  EXPECT_EQ(effect_step(logarithms({1 + third, 1.871, 1.5023}), logarithms({std::sqrt(2), 1.7731, std::exp(0.5)})), 0);
  // A count that never varies is exact.
  EXPECT_EQ(effect_step(logarithms({30, 30, 30}), logarithms({8, 8, 8})), 0);
}

TEST(ChallengeAnalysis, NamesTheLargestClaimThatAnExaggerationSupports) {
  const ChallengeResult result = graded(ClaimedRatio{4}, {.treatment = 0.5});
  EXPECT_EQ(result.grade, Grade::exaggerated);
  ASSERT_TRUE(result.largest_claim);
  EXPECT_GT(*result.largest_claim, 1.9);
  EXPECT_LT(*result.largest_claim, 2.15);
}

TEST(ChallengeAnalysis, RefutesOnlyIfThePlantedChangeWasFound) {
  const ChallengeResult found = graded(ClaimedRatio{1.5}, {});
  EXPECT_EQ(found.grade, Grade::refuted);
  EXPECT_TRUE(found.planted_found);
  const ChallengeResult missed = graded(ClaimedRatio{1.5}, {.planted = 1});
  EXPECT_EQ(missed.grade, Grade::inconclusive);
  EXPECT_EQ(missed.reason, GradeReason::plant_missed);
}

TEST(ChallengeAnalysis, IsInvalidIfControlDiffersFromItself) {
  const ChallengeResult result = graded(ClaimedRatio{2}, {.treatment = 0.5, .again = 0.8});
  // A true claim is confirmed before that can be shown at 0.1 %; at a claim near the truth there is the time for it.
  EXPECT_TRUE(result.grade == Grade::confirmed || result.grade == Grade::invalid);
  const ChallengeResult long_one = graded(ClaimedRatio{1.03}, {.treatment = 0.972, .again = 0.8});
  EXPECT_EQ(long_one.grade, Grade::invalid);
  EXPECT_EQ(long_one.reason, GradeReason::control_differs);
}

TEST(ChallengeAnalysis, SaysHowManyBlocksWouldTell) {
  const ChallengeResult result =
      *measured_again(challenge_of(ClaimedRatio{1.05}, 9), {.treatment = 1 / 1.048}).challenge;
  EXPECT_EQ(result.grade, Grade::inconclusive);
  ASSERT_TRUE(result.blocks_needed);
  EXPECT_GT(*result.blocks_needed, 9);
}

TEST(ChallengeAnalysis, GradesNotWorse) {
  EXPECT_EQ(graded(ClaimedNotWorse{3}, {}).grade, Grade::confirmed);
  EXPECT_EQ(graded(ClaimedNotWorse{3}, {.treatment = 1.2}).grade, Grade::refuted);
}

TEST(ChallengeAnalysis, ConfirmsNotWorseOnlyIfThePlantedLossWasFound) {
  const ChallengeResult missed = graded(ClaimedNotWorse{3}, {.planted = 1});
  EXPECT_EQ(missed.grade, Grade::inconclusive);
  EXPECT_EQ(missed.reason, GradeReason::plant_missed);
}

TEST(ChallengeAnalysis, IsInvalidIfTreatmentFailsWhereControlDoesNot) {
  const Plan plan = challenge_of(ClaimedRatio{2});
  AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) {
    Trial broken = failed(CheckFailed{"same page", "it is empty"});
    broken.values.resize(1);
    analysis.add(block_of(plan, number, {measured(1.0), broken, measured(1.0), measured(1.03)}));
  }
  const ChallengeResult result = *analysis.result().challenge;
  EXPECT_EQ(result.grade, Grade::invalid);
  EXPECT_EQ(result.reason, GradeReason::failed_trials);
}

TEST(ChallengeAnalysis, TellsTheRatioOfTheBlocksWithoutFailuresWhichHasNoGrade) {
  const auto failing_in = [](Plan plan, const std::function<bool(int)>& fails) {
    plan.checks = {{"works", CommandCheck{{"true"}}, {}}};
    AttemptAnalysis analysis(plan);
    for (int number = 1; !analysis.finished(); ++number) {
      Block block = noisy_block(plan, number, {.treatment = 0.5});
      for (Trial& trial : block.trials) {
        if (trial.arm != kClaimedTreatment || !fails(number)) continue;
        trial.outcome = CheckFailed{"works", "it does not"};
        drop_values(trial, plan.metrics.size());
      }
      analysis.add(block);
    }
    return *analysis.result().challenge;
  };
  Plan plan = challenge_of(ClaimedRatio{4});
  const auto every_other = [](int number) { return number % 2 == 0; };
  EXPECT_EQ(failing_in(plan, every_other).among_good, std::nullopt);  // of a challenge of an earlier version
  plan.challenge->good_blocks = true;
  const ChallengeResult told = failing_in(plan, every_other);
  EXPECT_EQ(told.grade, Grade::invalid);
  ASSERT_TRUE(told.among_good);
  EXPECT_GT(told.among_good->blocks, 0);
  EXPECT_LT(told.among_good->blocks, told.blocks);
  EXPECT_NEAR(*told.among_good->estimate, 2, 0.05);
  EXPECT_EQ(failing_in(plan, [](int) { return true; }).among_good, (GoodBlocks{0, std::nullopt}));
  EXPECT_EQ(failing_in(plan, [](int) { return false; }).among_good, std::nullopt);
}

TEST(ChallengeAnalysis, TakesAControlThatTimesOutAsABoundFromBelow) {
  const Plan plan = challenge_of(ClaimedRatio{2});
  AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) {
    Trial stopped = failed(TimedOut{std::chrono::seconds(10)});
    stopped.values.resize(1);
    analysis.add(block_of(plan, number, {stopped, measured(1.0), stopped, stopped}));
  }
  const ChallengeResult result = *analysis.result().challenge;
  EXPECT_EQ(result.measured.high, std::nullopt);
  ASSERT_TRUE(result.measured.low);
  EXPECT_NEAR(*result.measured.low, 10, 1e-9);
}

TEST(ChallengeAnalysis, FollowsOnlyFromPlanBlocksAndAudit) {
  const Plan plan = challenge_of(ClaimedRatio{1.2});
  AttemptAnalysis once(plan);
  AttemptAnalysis resumed(plan);
  for (int number = 1; !once.finished(); ++number) {
    once.add(noisy_block(plan, number, {.treatment = 0.8}));
    (void)once.result();  // looking changes nothing
    resumed.add(noisy_block(plan, number, {.treatment = 0.8}));
  }
  EXPECT_EQ(once.result(), resumed.result());
}

TEST(ChallengeAnalysis, StaysInconclusiveIfSomebodyClosesIt) {
  const Plan plan = challenge_of(ClaimedRatio{2});
  AttemptAnalysis analysis(plan);
  analysis.add(noisy_block(plan, 1, {.treatment = 0.5}));
  analysis.close_interrupted();
  EXPECT_EQ(analysis.result().challenge->grade, Grade::inconclusive);
  EXPECT_EQ(analysis.result().challenge->reason, GradeReason::interrupted);
}

Plan rate_challenge(double floor, int cap) {
  Plan plan = challenge_of(ClaimedRate{1, floor}, cap);
  plan.variable.levels.resize(2);
  plan.challenge->planted_percent = 0;
  plan.challenge->metric = {};
  return plan;
}

ChallengeResult graded_rate(const Plan& plan, int failing_block) {
  AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) {
    Trial broken = failed();
    broken.values.resize(1);
    analysis.add(block_of(plan, number, {measured(1.0), number == failing_block ? broken : measured(1.0)}));
  }
  return *analysis.result().challenge;
}

// (1 - 0.05)^77 is the first power of 0.95 below 0.02, the side level of a first challenge.
TEST(ChallengeAnalysis, ConfirmsARateByItsFloorAndRefutesAHundredPercentByOneFailure) {
  EXPECT_EQ(graded_rate(rate_challenge(0.95, 77), 0).grade, Grade::confirmed);
  EXPECT_EQ(graded_rate(rate_challenge(0.95, 76), 0).grade, Grade::inconclusive);
  EXPECT_EQ(graded_rate(rate_challenge(0.95, 77), 3).grade, Grade::refuted);
}

TEST(ChallengeAnalysis, RefusesAPlanThatLacksWhatIsClaimed) {
  Plan plan = challenge_of(ClaimedRatio{2});
  plan.challenge->metric.name = "tempo";
  EXPECT_THROW(AttemptAnalysis{plan}, Error);
}

/// The claim's workload and one of the challenger's own, each with what treatment really does there.
AttemptResult with_own_input(double claimed, double own, int cap = 60) {
  Plan plan = challenge_of(ClaimedRatio{2}, cap);
  plan.workloads.push_back(plan.workloads.front());
  plan.workloads.back().name = "mine";
  plan.challenge->own_workloads = {"mine"};
  AttemptAnalysis analysis(plan);
  for (int number = 1; !analysis.finished(); ++number) {
    for (const std::size_t cell : {std::size_t{0}, std::size_t{1}}) {
      if (analysis.blocks_to_next_look(cell) == 0) continue;
      const Block block = noisy_block(plan, number, {.treatment = cell == 0 ? claimed : own});
      analysis.add(block_in(block, cell));
    }
  }
  return analysis.result();
}

TEST(ChallengeAnalysis, GradesTheClaimAsIfThereWereNoInputsOfTheChallengersOwn) {
  const AttemptResult alone = measured_again(challenge_of(ClaimedRatio{2}), {.treatment = 0.5});
  const AttemptResult beside = with_own_input(0.5, 1);
  EXPECT_EQ(beside.challenge, alone.challenge);
  ASSERT_EQ(beside.comparisons.size(), 2U);
  EXPECT_EQ(beside.comparisons.front().metrics, alone.comparisons.front().metrics);
}

TEST(ChallengeAnalysis, GradesAnInputOfTheChallengersOwnBesideTheClaim) {
  const AttemptResult result = with_own_input(0.5, 1);
  EXPECT_EQ(result.challenge->grade, Grade::confirmed);
  ASSERT_EQ(result.own_inputs.size(), 1U);
  EXPECT_EQ(result.own_inputs[0].workload, "mine");
  EXPECT_EQ(result.own_inputs[0].result.grade, Grade::refuted);
  EXPECT_TRUE(result.own_inputs[0].result.planted_found);
  EXPECT_EQ(result.comparisons[1].cell.workload, "mine");
  EXPECT_EQ(result.comparisons[1].cell.index, 1U);
  EXPECT_EQ(result.trials, 4 * (result.challenge->blocks + result.own_inputs[0].result.blocks));
}

/// The claim's workload in its own state and, before that, in a cold one; with what treatment really does there.
struct ColdAndWarm {
  double warm = 1;
  double cold = 1;
};

AttemptResult with_cold_state(ClaimedEffect effect, const ColdAndWarm& truth) {
  Plan plan = challenge_of(std::move(effect), 12);
  plan.states.push_back({.name = "cold", .warmup = 0, .prepare = {"forget"}});
  plan.workloads.front().states.push_back("cold");
  AttemptAnalysis analysis(plan);
  for (int number = 1; analysis.blocks_to_next_look(1) > 0; ++number) {
    EXPECT_EQ(analysis.blocks_to_next_look(0), 0) << "cold comes first";
    analysis.add(block_in(noisy_block(plan, number, {.treatment = truth.cold}), 1));
  }
  for (int number = 1; !analysis.finished(); ++number) {
    analysis.add(block_in(noisy_block(plan, number, {.treatment = truth.warm}), 0));
  }
  return analysis.result();
}

TEST(ChallengeAnalysis, GradesAColdStateBeforeTheClaimAndBesideIt) {
  const AttemptResult result = with_cold_state(ClaimedRatio{2}, {.warm = 0.5, .cold = 1});
  EXPECT_EQ(result.challenge->grade, Grade::confirmed);
  ASSERT_EQ(result.own_inputs.size(), 1U);
  EXPECT_EQ(result.own_inputs[0].workload, "");
  EXPECT_EQ(result.own_inputs[0].state, "cold");
  EXPECT_NE(result.own_inputs[0].result.grade, Grade::confirmed);
  EXPECT_EQ(result.comparisons.front().cell.state, "warm");
}

TEST(ChallengeAnalysis, ConfirmsAnHonestClaimOnBothInputs) {
  const AttemptResult result = with_own_input(0.5, 0.5);
  EXPECT_EQ(result.challenge->grade, Grade::confirmed);
  EXPECT_EQ(result.own_inputs.at(0).result.grade, Grade::confirmed);
}

TEST(ChallengeAnalysis, LetsNoInputOfTheChallengersOwnSaveAClaim) {
  const AttemptResult result = with_own_input(1, 0.5);
  EXPECT_EQ(result.challenge->grade, Grade::refuted);
  EXPECT_EQ(result.own_inputs.at(0).result.grade, Grade::confirmed);
}

}  // namespace challenge_analysis_tests
}  // namespace assay::decide
