#include <cmath>

#include <gtest/gtest.h>

#include "experiments/report/finding_text.hpp"
#include "tests/unit/report/example_text.hpp"

namespace assay::report {
namespace text_details_tests {

TEST(TextDetails, OfAGuardGivesChangeIntervalAndMargin) {
  Plan plan = example_plan();
  add_guard(plan, "max_rss");
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(2e6, 1.3));
  comparison.metrics[1].guard = GuardStatus::failed;
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "guard max_rss: failed, +30.0 % (+27.5 % to +32.6 %), margin 10 %\n"));
  comparison.metrics[1].guard = GuardStatus::open;
  comparison.metrics[1].blocks_needed = 1;
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison), plain(120)), "margin 10 %, needs about 1 block\n"));
}

TEST(TextDetails, OfAGuardThatPassedGivesTheIntervalByWhichItPassed) {
  Plan plan = example_plan();
  add_guard(plan, "max_rss");
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(2e6, 1.01));
  comparison.metrics[1].guard = GuardStatus::passed;
  comparison.metrics[1].effect->interval = {-INFINITY, INFINITY};
  comparison.metrics[1].equivalence = EquivalenceInterval{{-INFINITY, std::log(1.05)}, 0.9};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "guard max_rss: passed, +1.0 % (at most +5.0 %), margin 10 %\n"));
}

TEST(TextDetails, SayWhatStandsBehindAKeep) {
  Comparison comparison = example_comparison();
  comparison.decision = Decision::keep;
  comparison.checks = {CheckResult{"same output", true, 0, 0, ""}};
  TextStyle style = plain(120);
  style.rules = kOldestRules;
  EXPECT_FALSE(holds(text_of(example_plan(), example_result(comparison), style), "behind the keep"));
  style.rules = kNewestRules;
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(comparison), style),
                    "behind the keep: same output in 48 of 48 trials, no other check\n"));
  comparison.decision = Decision::undecided;
  EXPECT_FALSE(holds(text_of(example_plan(), example_result(comparison), style), "behind the keep"));
}

TEST(TextDetails, SayWhatStandsBehindAKeptSuite) {
  Comparison comparison = example_comparison();
  comparison.decision = Decision::undecided;
  AttemptResult result = example_result(comparison);
  result.decision = Decision::keep;
  EXPECT_FALSE(supports_a_keep(result, result.comparisons.front())) << "another comparison was kept";
  result.suite.emplace_back();
  EXPECT_TRUE(supports_a_keep(result, result.comparisons.front()));
  result.exploratory = true;
  EXPECT_FALSE(supports_a_keep(result, result.comparisons.front())) << "no decision follows";
}

TEST(TextDetails, ShowsObservedMetricsAsExploratory) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  plan.metrics.push_back(*find_built_in_metric("minor_faults"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(0.0413, 1));
  comparison.metrics[1].effect->estimate = -0.0063;
  comparison.metrics[1].effect->interval = {-0.0071, -0.0055};
  comparison.metrics.push_back(example_metric_result(1201, 1));
  comparison.metrics[2].effect->estimate = 12;
  comparison.metrics[2].effect->interval = {-3, 25};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "observed, exploratory (medians of control and treatment, change, interval):\n"
                    "  user          41.3 ms  41.3 ms  -6.30 ms  (-7.10 ms to -5.50 ms)\n"
                    "  minor_faults     1201     1201       +12  (-3 to +25)\n"));
}

TEST(TextDetails, ExplainThemselvesToWhoeverHasJustMeasured) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(0.0413, 1));
  comparison.metrics[1].effect->estimate = -0.0063;
  comparison.metrics[0].effect->confidence = 0.96;
  TextStyle style;
  style.explains = true;
  style.width = 200;  // on one line
  const std::string text = text_of(plan, example_result(comparison), style);
  EXPECT_TRUE(holds(text, "-6.30 ms, -15.3 %")) << "of 41.3 ms: " << text;
  EXPECT_TRUE(holds(text, "|- all trials  [=] middle half  | median\n")) << text;
  EXPECT_TRUE(holds(text, "96 % intervals, since 3")) << text;
}

TEST(TextDetails, GiveEachObservedValueTheUnitThatSuitsIt) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(1.2, 0.001));
  comparison.metrics[1].effect->estimate = -1.2;
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison), plain(120)), "  user  1.20 s  1.20 ms"))
      << text_of(plan, example_result(comparison), plain(120));
}

TEST(TextDetails, SayThatThreeBlocksCannotDecide) {
  Plan plan = example_plan();
  plan.protocol.looks = LookMode::once;
  plan.protocol.max_blocks = 3;
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::inconclusive;
  comparison.reason = VerdictReason::noise;
  comparison.blocks = 3;
  AttemptResult result = example_result(comparison);
  result.protocol = plan.protocol;
  TextStyle style;
  style.explains = true;
  EXPECT_TRUE(
      holds(text_of(plan, result, style), "why: 3 blocks cannot decide, whatever they show: even if all agree, p"))
      << text_of(plan, result, style);
}

TEST(TextDetails, NamesTheFirstFailureOfACheck) {
  Comparison comparison = example_comparison();
  comparison.checks = {{"same page", true, 0, 0, ""}, {"no test lost", false, 0, 2, "81 tests,\nthen 80"}};
  const std::string text = text_of(example_plan(), example_result(comparison), plain(120));
  EXPECT_TRUE(holds(text, "check same page: passed\n"));
  EXPECT_TRUE(holds(text, "check no test lost: failed in 2 trials (control 0, treatment 2): 81 tests,\\x0athen 80\n"));
}

TEST(TextDetails, CountsFailedTrialsWithTheirTest) {
  Comparison comparison = example_comparison();
  comparison.failed_treatment = 2;
  comparison.failure_p = 0.5;
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(comparison)),
                    "failed trials: control 0, treatment 2 (p = 0.5, exact McNemar)\n"));
}

TEST(TextDetails, NamesWhatTheAuditFound) {
  AttemptResult result = example_result(example_comparison());
  result.audit = {
      false, {"env READY_MODE"}, {"treatment also differs in env PATH", "libc changed during the attempt"}, {}};
  EXPECT_TRUE(holds(text_of(example_plan(), result),
                    "audit: treatment also differs in env PATH\naudit: libc changed during the attempt\n"));
}

TEST(TextDetails, ShowsTheNotesOfDiagnosticsAndBlocksRunAgain) {
  Comparison comparison = example_comparison();
  comparison.diagnostics = {{DiagnosticKind::order_effect, true, 1, 0.001, "the second trial takes longer"},
                            {DiagnosticKind::drift, false, 0, 0.5, ""}};
  AttemptResult result = example_result(comparison);
  result.void_blocks = 2;
  const std::string text = text_of(example_plan(), result);
  EXPECT_TRUE(holds(text, "note: the second trial takes longer\n"));
  EXPECT_TRUE(holds(text, "note: 2 blocks were run again, since a hook or a state proof failed\n"));
}

TEST(TextDetails, ShowsTheEffectOnTheAverageOverCells) {
  Plan plan = example_plan();
  add_workload(plan, "rollback");
  plan.protocol.claim = ClaimRule::suite;
  AttemptResult result = example_result(example_comparison());
  result.comparisons.push_back(result.comparisons[0]);
  result.comparisons[1].cell.index = 1;
  result.suite.resize(1);
  result.suite[0].average = example_metric_result(5, 0.8);
  result.suite[0].average.verdict = Verdict::improved;
  EXPECT_TRUE(holds(text_of(plan, result),
                    "suite of 2 cells, on the average: treatment is 1.25x faster than control (95 % interval 1.23 to "
                    "1.27): improved"));
}

TEST(TextDetails, ShowsAnExactDifferenceWithoutAnInterval) {
  Plan plan = example_plan();
  Metric& size = plan.metrics[0];
  size.name = "size";
  size.unit = "B";
  size.kind = MetricKind::deterministic;
  size.source = FileSizeSource{"app"};
  Comparison comparison = example_comparison();
  comparison.metrics[0].effect = Effect{-2000, {-2000, -2000}, 1, Estimator::exact, std::nullopt};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "treatment uses 2.00 kB less size than control (exactly, the same in every trial)"));
}

TEST(TextDetails, OfAConfirmedStopTellsWhatFreshBlocksAndTheStopShowed) {
  Comparison comparison = example_comparison();
  comparison.blocks = 30;
  comparison.fresh_blocks = 12;
  comparison.metrics[0].effect_at_stop =
      Effect{std::log(0.8), {std::log(0.75), std::log(0.85)}, 0.95, Estimator::hodges_lehmann, 1e-4};
  const std::string text = text_of(example_plan(), example_result(comparison));
  EXPECT_TRUE(holds(text, "12 fresh blocks after 18: improved -> keep\n")) << text;
  EXPECT_TRUE(holds(text, "18 of at most 200 blocks, stopped at the boundary, then 12 fresh blocks;")) << text;
  EXPECT_TRUE(holds(text, "at the stop it was -20.0 %\n  (-25.0 % to -15.0 %)\n")) << text;
}

}  // namespace text_details_tests
}  // namespace assay::report
