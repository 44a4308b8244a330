#include "experiments/decide/blocks/steadiness.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace steadiness_tests {

/// simple_plan with a primary metric that counts the steady state of a trial's iterations.
Plan steady_plan() {
  Plan plan = simple_plan();
  Metric metric = plan.metrics[0];
  metric.name = "iteration";
  metric.source = JsonSource{"/iterations"};
  metric.statistic = TrialStatistic::steady_mean;
  plan.metrics = {metric};
  return plan;
}

/// A trial that is steady after so many of 100 iterations, with the value `level` and a little less for each later
/// start: so that the start is seen in the value.
Trial steady_trial(SeriesClass series_class, int start, double level = 1) {
  SteadySeries series{.metric = 0, .series_class = series_class, .iterations = 100, .steady_from = start, .values = {}};
  for (int from = start; from <= 75; from += 5) series.values.push_back({from, level - 0.001 * from});
  Trial trial = measured(series.values.front().value);
  trial.steady = {series};
  return trial;
}

std::vector<double> values_of(const Block& block, ArmIndex arm) {
  std::vector<double> values;
  for (const Trial& trial : block.trials) {
    if (trial.arm == arm) values.push_back(*trial.values[0]);
  }
  return values;
}

TEST(SteadyBlock, CountsEveryTrialFromTheLatestStart) {
  const Plan plan = steady_plan();
  const Block block = with_common_steady_start(
      block_of(plan, 1, {steady_trial(SeriesClass::flat, 0), steady_trial(SeriesClass::warm_up, 30)}));
  EXPECT_EQ(values_of(block, 0), (std::vector{1 - 0.030}));
  EXPECT_EQ(values_of(block, 1), (std::vector{1 - 0.030}));
}

TEST(SteadyBlock, SwapsItsValuesWhereItsArmsAreSwapped) {
  const Plan plan = steady_plan();
  const Trial first = steady_trial(SeriesClass::flat, 0, 1.0);
  const Trial second = steady_trial(SeriesClass::warm_up, 50, 1.2);
  const Block block = with_common_steady_start(block_of(plan, 1, {first, second}));
  const Block swapped = with_common_steady_start(block_of(plan, 1, {second, first}));
  EXPECT_EQ(values_of(block, 0), values_of(swapped, 1));
  EXPECT_EQ(values_of(block, 1), values_of(swapped, 0));
}

TEST(SteadyBlock, CountsTheLastQuarterWhereATrialIsNeverSteady) {
  const Plan plan = steady_plan();
  const Block block = with_common_steady_start(
      block_of(plan, 1, {steady_trial(SeriesClass::flat, 0), steady_trial(SeriesClass::no_steady_state, 75)}));
  EXPECT_EQ(values_of(block, 0), (std::vector{1 - 0.075}));
}

TEST(SteadyBlock, CountsAShorterSeriesFromItsLatestStart) {
  const Plan plan = steady_plan();
  Trial shorter = steady_trial(SeriesClass::flat, 0);
  shorter.steady[0].values.resize(3);  // up to a start of 10
  const Block block = with_common_steady_start(block_of(plan, 1, {shorter, steady_trial(SeriesClass::warm_up, 60)}));
  EXPECT_EQ(values_of(block, 0), (std::vector{1 - 0.010}));
  EXPECT_EQ(values_of(block, 1), (std::vector{1 - 0.060}));
}

TEST(SteadyBlock, LeavesOtherMetricsAlone) {
  const Plan plan = simple_plan();
  const Block block = block_of(plan, 1, {measured(1.0), measured(2.0)});
  EXPECT_EQ(with_common_steady_start(block), block);
}

TEST(ArmSeriesClass, IsThatOfNineTenthsOfTheTrials) {
  EXPECT_EQ(class_of({.flat = 2, .warm_up = 18}), ArmSeriesClass::warm_up);
  EXPECT_EQ(class_of({.flat = 3, .warm_up = 17}), ArmSeriesClass::inconsistent);
  EXPECT_EQ(class_of({.slow_down = 20}), ArmSeriesClass::slow_down);
}

TEST(ArmSeriesClass, IsUnsettledFromTwoTrialsAndATenthOn) {
  EXPECT_EQ(class_of({.flat = 5, .no_steady_state = 1}), ArmSeriesClass::inconsistent);
  EXPECT_EQ(class_of({.flat = 6, .no_steady_state = 2}), ArmSeriesClass::unsettled);
  EXPECT_EQ(class_of({.flat = 18, .no_steady_state = 2}), ArmSeriesClass::flat);
}

constexpr Steadiness kUnsettled{.control = {.flat = 10}, .treatment = {.flat = 5, .no_steady_state = 5}};

TEST(Steadiness, ThatIsMissingMakesImprovedAndEquivalentInconclusive) {
  for (const Verdict verdict : {Verdict::improved, Verdict::equivalent}) {
    EXPECT_EQ(after_steadiness({verdict, VerdictReason::none}, kUnsettled),
              (MetricVerdict{Verdict::inconclusive, VerdictReason::no_steady_state}));
  }
}

// Else never becoming steady would be a way around it.
TEST(Steadiness, ThatIsMissingLeavesRegressedAsItIs) {
  EXPECT_EQ(after_steadiness({Verdict::regressed, VerdictReason::none}, kUnsettled).verdict, Verdict::regressed);
}

TEST(Steadiness, OfAMetricThatDoesNotCountItChangesNothing) {
  EXPECT_EQ(after_steadiness({Verdict::improved, VerdictReason::none}, std::nullopt).verdict, Verdict::improved);
}

TEST(SteadinessDiagnostic, NamesTheClassesWhereTheArmsDiffer) {
  const Diagnostic diagnostic = steadiness_diagnostic(
      steady_plan().metrics[0], {.control = {.flat = 12}, .treatment = {.warm_up = 12, .median_start = 120}});
  EXPECT_TRUE(diagnostic.flag);
  EXPECT_EQ(diagnostic.note,
            "iterations of iteration: control is flat in 12 of 12 trials, steady after 0 iterations; treatment is "
            "warm-up in 12 of 12 trials, steady after 120 iterations");
}

TEST(SteadinessDiagnostic, IsSilentWhereBothArmsWarmUp) {
  const ArmSteadiness warm{.warm_up = 12, .median_start = 100};
  EXPECT_FALSE(steadiness_diagnostic(steady_plan().metrics[0], {warm, warm}).flag);
}

TEST(SteadinessDiagnostic, TellsOfASlowDown) {
  const ArmSteadiness slower{.slow_down = 12, .median_start = 100};
  EXPECT_TRUE(steadiness_diagnostic(steady_plan().metrics[0], {slower, slower}).flag);
}

/// Treatment takes `ratio` of control's time; of its trials those that `never(number)` says are never steady.
template <class Never>
AttemptResult attempt(const Plan& plan, double ratio, Never never) {
  return result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = std::log(ratio)}, 0, number);
    return block_of(plan, number,
                    {steady_trial(SeriesClass::warm_up, 20, control),
                     never(number) ? steady_trial(SeriesClass::no_steady_state, 75, treatment)
                                   : steady_trial(SeriesClass::warm_up, 25, treatment)});
  });
}

TEST(SteadyAttempt, IsImprovedWhereBothArmsBecomeSteady) {
  const AttemptResult result = attempt(steady_plan(), 0.8, [](int) { return false; });
  EXPECT_EQ(result.verdict, Verdict::improved);
  ASSERT_TRUE(result.comparisons[0].metrics[0].steadiness);
  EXPECT_EQ(result.comparisons[0].metrics[0].steadiness->treatment.warm_up, result.blocks);
  EXPECT_EQ(result.comparisons[0].metrics[0].steadiness->treatment.median_start, 25);
}

TEST(SteadyAttempt, IsInconclusiveWhereTreatmentIsSeldomSteady) {
  const AttemptResult result = attempt(steady_plan(), 0.8, [](int number) { return number % 3 == 0; });
  EXPECT_EQ(result.verdict, Verdict::inconclusive);
  EXPECT_EQ(result.reason, VerdictReason::no_steady_state);
  EXPECT_EQ(result.stop, Stop::boundary);
  EXPECT_FALSE(result.not_worse);
}

TEST(SteadyAttempt, IsNotKeptForBeingNotWorseWithoutASteadyState) {
  Plan plan = steady_plan();
  plan.protocol.goal = Goal::not_worse;
  EXPECT_EQ(attempt(plan, 0.8, [](int) { return false; }).decision, Decision::keep);
  EXPECT_NE(attempt(plan, 0.8, [](int) { return true; }).decision, Decision::keep);
}

TEST(SteadyAttempt, IsRegressedThoughTreatmentIsNeverSteady) {
  EXPECT_EQ(attempt(steady_plan(), 1.3, [](int) { return true; }).verdict, Verdict::regressed);
}

TEST(SteadyAttempt, KeepsAGuardOpenThatIsNeverSteady) {
  Plan plan = steady_plan();
  Metric guard = plan.metrics[0];
  plan.metrics[0].statistic.reset();
  guard.name = "guarded";
  guard.role = MetricRole::guard;
  guard.margin = Percent{10};
  plan.metrics.push_back(guard);
  const AttemptResult result = result_of(plan, [&](int number) {
    const auto [control, treatment] = drawn_pair({.log_ratio = -0.2}, 0, number);
    std::vector<Trial> arms;
    for (const double value : {control, treatment}) {
      Trial trial = steady_trial(SeriesClass::no_steady_state, 75, value);
      trial.steady[0].metric = 1;
      trial.values = {value, trial.values[0]};
      arms.push_back(trial);
    }
    return block_of(plan, number, arms);
  });
  EXPECT_EQ(result.verdict, Verdict::improved);
  EXPECT_EQ(result.comparisons[0].metrics[1].guard, GuardStatus::open);
  EXPECT_EQ(result.decision, Decision::discard);  // capped: the only attempt
  EXPECT_EQ(result.decision_reason, DecisionReason::capped);
}

TEST(SteadyAttempt, AsASuiteIsInconclusiveWhereACellIsNeverSteady) {
  Plan plan = plan_of_cells(2, ClaimRule::suite);
  plan.metrics = steady_plan().metrics;
  AttemptAnalysis analysis(plan);
  for (int number = 1; number <= 200 && !analysis.finished(); ++number) {
    for (std::size_t cell = 0; cell < 2; ++cell) {
      const auto [control, treatment] = drawn_pair({.log_ratio = -0.2}, cell, number);
      const SeriesClass series_class = cell == 0 ? SeriesClass::flat : SeriesClass::no_steady_state;
      const int start = cell == 0 ? 0 : 75;
      analysis.add(block_of(plan, number,
                            {steady_trial(series_class, start, control), steady_trial(series_class, start, treatment)},
                            cell));
    }
  }
  EXPECT_EQ(analysis.result().reason, VerdictReason::no_steady_state);
}

TEST(SteadyAttempt, RefusesASeriesOfAMetricThatThePlanDoesNotHave) {
  const Plan plan = steady_plan();
  Trial trial = steady_trial(SeriesClass::flat, 0);
  trial.steady[0].metric = 7;
  AttemptAnalysis analysis(plan);
  EXPECT_THROW(analysis.add(block_of(plan, 1, {trial, trial})), Error);
}

}  // namespace steadiness_tests
}  // namespace assay::decide
