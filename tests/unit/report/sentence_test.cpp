#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "experiments/report/text.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace sentence_tests {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Comparison ruled(Verdict verdict, Decision decision, DecisionReason reason, double ratio) {
  Comparison comparison = example_comparison();
  comparison.verdict = verdict;
  comparison.decision = decision;
  comparison.decision_reason = reason;
  comparison.metrics = {example_metric_result(0.0413, ratio)};
  return comparison;
}

Comparison improved(double ratio) {
  return ruled(Verdict::improved, Decision::keep, DecisionReason::improved, ratio);
}

Comparison regressed(double ratio) {
  return ruled(Verdict::regressed, Decision::discard, DecisionReason::worse, ratio);
}

Comparison inconclusive(double estimate, const Interval& interval) {
  Comparison comparison = ruled(Verdict::inconclusive, Decision::undecided, DecisionReason::inconclusive, 1);
  comparison.metrics[0].effect->estimate = estimate;
  comparison.metrics[0].effect->interval = interval;
  return comparison;
}

std::string sentence_of(const Plan& plan, const Comparison& comparison, const TextStyle& style = {}) {
  return result_sentence(named_after(plan, comparison), style);
}

/// The example's plan about another metric than wall.
Plan plan_about(const Metric& metric) {
  Plan plan = example_plan();
  plan.metrics[0] = metric;
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].margin = Percent{3};
  return plan;
}

Metric own_metric(const std::string& name, const std::string& unit, Direction direction) {
  Metric metric;
  metric.name = name;
  metric.unit = unit;
  metric.direction = direction;
  metric.source = JsonSource{"/" + name};
  return metric;
}

TEST(Sentence, OfAnImprovement) {
  EXPECT_EQ(sentence_of(example_plan(), improved(1 / 1.21)),
            "treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep");
}

TEST(Sentence, OfARegression) {
  EXPECT_EQ(sentence_of(example_plan(), regressed(1.4)),
            "treatment is 1.40x slower than control (95 % interval 1.37 to 1.43), 24 blocks: regressed -> discard");
}

TEST(Sentence, OfASmallEffectHasADecimalMore) {
  EXPECT_EQ(sentence_of(example_plan(), improved(1 / 1.05)),
            "treatment is 1.050x faster than control (95 % interval 1.029 to 1.071), 24 blocks: improved -> keep");
}

TEST(Sentence, OfAnEquivalenceShowsItsOwnInterval) {
  Comparison comparison = ruled(Verdict::equivalent, Decision::discard, DecisionReason::equivalent, 1.002);
  comparison.metrics[0].equivalence = EquivalenceInterval{{std::log(0.991), std::log(1.012)}, 0.9};
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "no difference of 3 % or more: treatment takes 0.2 % more time than control (90 % interval -0.9 % to "
            "+1.2 %), 24 blocks: equivalent -> discard");
}

TEST(Sentence, OfAnEquivalenceSaysThatTheMarginIsTheDefault) {
  Plan plan = example_plan();
  plan.metrics[0].margin_is_default = true;
  const Comparison comparison = ruled(Verdict::equivalent, Decision::discard, DecisionReason::equivalent, 1);
  EXPECT_EQ(sentence_of(plan, comparison),
            "no difference of 3 % (default) or more: treatment takes as much time as control (95 % interval -2.0 % to "
            "+2.0 %), 24 blocks: equivalent -> discard");
}

TEST(Sentence, OfNothingShownGivesASignedInterval) {
  EXPECT_EQ(sentence_of(example_plan(), inconclusive(std::log(0.98), {std::log(0.94), std::log(1.03)})),
            "treatment takes 2.0 % less time than control (95 % interval -6.0 % to +3.0 %), 24 blocks: inconclusive "
            "-> undecided");
}

TEST(Sentence, OfOneBlockIsSingular) {
  Comparison comparison = inconclusive(std::log(0.98), {-kInfinity, kInfinity});
  comparison.blocks = 1;
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "treatment takes 2.0 % less time than control (95 % interval: no bound), 1 block: inconclusive -> "
            "undecided");
}

TEST(Sentence, OfFailedTrialsThatLeaveNoEstimate) {
  EXPECT_EQ(sentence_of(example_plan(), inconclusive(kInfinity, {std::log(1.1), kInfinity})),
            "failed trials leave no estimate of treatment against control (95 % interval at least +10.0 %), 24 "
            "blocks: inconclusive -> undecided");
}

TEST(Sentence, OfAnUnboundedRegressionSaysAtLeast) {
  Comparison comparison = regressed(2);
  comparison.metrics[0].effect->estimate = kInfinity;
  comparison.metrics[0].effect->interval = {std::log(12), kInfinity};
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "treatment is at least 12x slower than control (95 % interval: no upper bound), 24 blocks: regressed -> "
            "discard");
}

TEST(Sentence, OfAnArmThatNeverEndsWellNamesNoNumber) {
  Comparison comparison = regressed(2);
  comparison.metrics[0].effect->estimate = kInfinity;
  comparison.metrics[0].effect->interval = {kInfinity, kInfinity};
  comparison.failed_treatment = 24;
  EXPECT_EQ(
      sentence_of(example_plan(), comparison),
      "control failed in none and treatment in 24 trials, so that no figure compares them, 24 blocks: regressed -> "
      "discard");
}

TEST(Sentence, OfAnIntervalWithOneOpenEnd) {
  Comparison comparison = regressed(2);
  comparison.metrics[0].effect->interval.high = kInfinity;
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "treatment is 2.00x slower than control (95 % interval at least 1.96), 24 blocks: regressed -> discard");
}

TEST(Sentence, OfABrokenTreatmentCountsItsFailures) {
  Comparison comparison = ruled(Verdict::invalid, Decision::discard, DecisionReason::broken, 1);
  comparison.reason = VerdictReason::broken;
  comparison.blocks = 5;
  comparison.failed_treatment = 5;
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "treatment fails where control does not (failed trials: 5 of treatment, none of control), 5 blocks: "
            "invalid -> discard");
}

TEST(Sentence, OfConfoundedArmsGivesNoEffect) {
  Comparison comparison = ruled(Verdict::invalid, Decision::discard, DecisionReason::confounded, 0.5);
  comparison.reason = VerdictReason::confounded;
  comparison.blocks = 0;
  comparison.metrics.clear();
  EXPECT_EQ(sentence_of(example_plan(), comparison),
            "the arms differ in more than the variable, 0 blocks: invalid -> discard");
}

AttemptResult stopped_after(int blocks) {
  Comparison comparison = inconclusive(std::log(0.9), {std::log(0.8), std::log(1.1)});
  comparison.reason = VerdictReason::interrupted;
  comparison.stop = Stop::interrupted;
  comparison.blocks = blocks;
  if (blocks < 6) comparison.metrics[0].effect.reset();
  return named_after(example_plan(), example_result(comparison));
}

std::string sentence_of(const AttemptResult& result, EarlyEnd early_end, int rules = kNewestRules) {
  TextStyle style;
  style.early_end = early_end;
  style.rules = rules;
  return result_sentence(result, result.comparisons.front(), style);
}

TEST(Sentence, OfAnInterruptedAttemptHasNeitherADecisionNorNoise) {
  EXPECT_EQ(sentence_of(stopped_after(4), EarlyEnd::interrupted),
            "interrupted after 4 of at most 200 blocks; no verdict yet (the first look is at 6)");
  EXPECT_EQ(sentence_of(stopped_after(8), EarlyEnd::interrupted),
            "interrupted after 8 of at most 200 blocks; no verdict yet: treatment takes 10.0 % less time than control "
            "(95 % interval -20.0 % to +10.0 %)");
}

TEST(Sentence, OfAClosedAttemptSaysThatThereWasNoVerdict) {
  EXPECT_EQ(sentence_of(stopped_after(4), EarlyEnd::closed), "closed after 4 of at most 200 blocks, before a verdict");
  EXPECT_EQ(sentence_of(stopped_after(4), EarlyEnd::stopped),
            "stopped after 4 of at most 200 blocks, before a verdict");
}

TEST(Sentence, OfAClosedAttemptOfTheOldestRulesIsAsItWas) {
  EXPECT_EQ(sentence_of(stopped_after(4), EarlyEnd::closed, kOldestRules),
            "no block gave a figure, 4 blocks: inconclusive -> undecided");
}

TEST(Sentence, OfAFailedAuditSaysWhatItFound) {
  Comparison comparison = ruled(Verdict::invalid, Decision::discard, DecisionReason::confounded, 0.5);
  comparison.reason = VerdictReason::confounded;
  comparison.stop = Stop::audit;
  comparison.blocks = 0;
  AttemptResult result = example_result(comparison);
  result.audit.passed = false;
  result.audit.intruders = {"the arms do not differ in what was run: bench is the same in both arms", "another"};
  EXPECT_EQ(sentence_of(result, EarlyEnd::stopped),
            "the arms do not differ in what was run: bench is the same in both arms, 0 blocks: invalid -> discard");
  EXPECT_EQ(sentence_of(result, EarlyEnd::stopped, kOldestRules),
            "the arms differ in more than the variable, 0 blocks: invalid -> discard");
}

TEST(Sentence, WithoutAnyFigureSaysSo) {
  Comparison comparison = inconclusive(0, {});
  comparison.metrics[0].effect.reset();
  comparison.blocks = 0;
  EXPECT_EQ(sentence_of(example_plan(), comparison), "no block gave a figure, 0 blocks: inconclusive -> undecided");
}

TEST(Sentence, NamesTheGuardThatFailed) {
  Plan plan = example_plan();
  add_guard(plan, "max_rss");
  Comparison comparison = improved(1 / 1.21);
  comparison.decision = Decision::discard;
  comparison.decision_reason = DecisionReason::guard;
  comparison.metrics.push_back(example_metric_result(2e6, 1.3));
  comparison.metrics[1].guard = GuardStatus::failed;
  EXPECT_EQ(sentence_of(plan, comparison),
            "treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> discard "
            "(guard failed: max_rss)");
}

TEST(Sentence, SaysThatAttemptsAreSpent) {
  Comparison comparison = inconclusive(std::log(0.98), {std::log(0.94), std::log(1.03)});
  comparison.decision = Decision::discard;
  comparison.decision_reason = DecisionReason::capped;
  EXPECT_NE(sentence_of(example_plan(), comparison).find("inconclusive -> discard (attempts are spent)"),
            std::string::npos);
}

TEST(Sentence, OfMemorySavedIsInPercent) {
  EXPECT_EQ(sentence_of(plan_about(*find_built_in_metric("max_rss")), improved(0.88)),
            "treatment uses 12.0 % less max_rss than control (95 % interval -13.7 % to -10.2 %), 24 blocks: improved "
            "-> keep");
}

TEST(Sentence, OfMemoryMultipliedIsInTimes) {
  EXPECT_EQ(sentence_of(plan_about(*find_built_in_metric("max_rss")), regressed(2.5)),
            "treatment uses 2.50x as much max_rss as control (95 % interval 2.45 to 2.55), 24 blocks: regressed -> "
            "discard");
}

TEST(Sentence, OfThroughputHigherIsBetter) {
  const Metric throughput = own_metric("throughput", "1/s", Direction::higher);
  EXPECT_EQ(sentence_of(plan_about(throughput), improved(1.9)),
            "treatment's throughput is 1.90x higher than control's (95 % interval 1.86 to 1.94), 24 blocks: improved "
            "-> keep");
}

TEST(Sentence, OfAnotherTimeSaysShorterOrLonger) {
  const Metric startup = own_metric("startup", "s", Direction::lower);
  EXPECT_EQ(sentence_of(plan_about(startup), regressed(1.5)),
            "treatment's startup is 1.50x longer than control's (95 % interval 1.47 to 1.53), 24 blocks: regressed -> "
            "discard");
}

TEST(Sentence, OfAProportionIsInPoints) {
  Metric ok = own_metric("deploys_ok", "", Direction::higher);
  ok.kind = MetricKind::proportion;
  Comparison comparison = improved(1);
  comparison.metrics[0].effect->estimate = 0.123;
  comparison.metrics[0].effect->interval = {0.08, 0.152};
  EXPECT_EQ(sentence_of(plan_about(ok), comparison),
            "treatment's deploys_ok is 12.3 points higher than control's (95 % interval +8.0 points to +15.2 points), "
            "24 blocks: improved -> keep");
}

TEST(Sentence, OfADifferenceKeepsTheUnit) {
  Comparison comparison = improved(1);
  comparison.metrics[0].effect->estimate = -0.0032;
  comparison.metrics[0].effect->interval = {-0.0035, -0.0029};
  EXPECT_EQ(sentence_of(plan_about(*find_built_in_metric("cpu")), comparison),
            "treatment uses 3.20 ms less cpu than control (95 % interval -3.50 ms to -2.90 ms), 24 blocks: improved "
            "-> keep");
}

TEST(Sentence, NamesTheArmsAsTheUserDid) {
  Plan plan = example_plan();
  plan.variable.levels[0].label = "sleep";
  plan.variable.levels[1].label = "poll";
  EXPECT_EQ(sentence_of(plan, improved(1 / 1.21)),
            "poll is 1.21x faster than sleep (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep");
}

TEST(Sentence, TakesTheArrowOfTheTerminal) {
  TextStyle style;
  style.unicode = true;
  EXPECT_NE(sentence_of(example_plan(), improved(0.5), style).find("improved → keep"), std::string::npos);
}

TEST(Sentence, OfALaterAttemptShowsItsOwnConfidence) {
  Comparison comparison = improved(1 / 1.21);
  comparison.metrics[0].effect->confidence = 0.995;
  EXPECT_NE(sentence_of(example_plan(), comparison).find("(99.5 % interval "), std::string::npos);
}

TEST(Sentences, OfSeveralCellsNameEachAndEndWithTheWhole) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  AttemptResult result = example_result(improved(1 / 1.21));
  result.comparisons.push_back(regressed(1.4));
  result.comparisons[1].cell.index = 1;
  result.verdict = Verdict::regressed;
  result.reason = VerdictReason::mixed;
  result.decision = Decision::discard;
  EXPECT_EQ(result_sentences(named_after(plan, result), {}),
            "deploy: treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> "
            "keep\n"
            "wiki: treatment is 1.40x slower than control (95 % interval 1.37 to 1.43), 24 blocks: regressed -> "
            "discard\n"
            "overall: regressed -> discard (better elsewhere)\n");
}

}  // namespace sentence_tests
}  // namespace assay::report
