#include "experiments/report/text.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/report/example_results.hpp"

namespace assay::experiments {
namespace {

TextStyle plain(int width) {
  TextStyle style;
  style.width = width;
  return style;
}

TextStyle terminal(int width) {
  TextStyle style = plain(width);
  style.unicode = true;
  style.breaks_sentences = true;
  return style;
}

std::string text_of(const Plan& plan, const AttemptResult& result, const TextStyle& style = {}) {
  return result_text(plan, result, style, "assay run poll.toml");
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The example, undecided between no effect and one beyond the margin.
AttemptResult noisy_result() {
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::inconclusive;
  comparison.reason = VerdictReason::noise;
  comparison.decision = Decision::undecided;
  comparison.decision_reason = DecisionReason::inconclusive;
  comparison.stop = Stop::cap;
  comparison.blocks = 200;
  return example_result(comparison);
}

TEST(Text, OfAnImprovementAtEightyColumns) {
  EXPECT_EQ(text_of(example_plan(), example_result(example_comparison())),
            R"(treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep

  wall        median +- MAD      mean +- sd   n  failed
  control    41.3 +- 0.4 ms  41.5 +- 0.8 ms  24       0
  treatment  34.1 +- 0.3 ms  34.3 +- 0.7 ms  24       0

  control                                             |-------[=|====]---------|
  treatment  |-----[=|===]-------|
             32.8 ms                                                     43.8 ms

24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
)");
}

TEST(Text, OnAUnicodeTerminalOfSixtyColumns) {
  EXPECT_EQ(text_of(example_plan(), example_result(example_comparison()), terminal(60)),
            R"(treatment is 1.21x faster than control (95 % interval 1.19
  to 1.23), 24 blocks: improved → keep

  wall        median ± MAD      mean ± sd   n  failed
  control    41.3 ± 0.4 ms  41.5 ± 0.8 ms  24       0
  treatment  34.1 ± 0.3 ms  34.3 ± 0.7 ms  24       0

  control                                 ├────▐▒┃▒▒▌──────┤
  treatment  ├───▐▒┃▒▒▌────┤
             32.8 ms                                 43.8 ms

24 of at most 200 blocks, stopped at the boundary; margin
  3 %; p = 0.0004
)");
}

TEST(Text, LeavesOutTheMeanAndTheFailuresWhereThereIsNoRoom) {
  EXPECT_EQ(text_of(example_plan(), example_result(example_comparison()), plain(36)),
            R"(treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep

  wall        median +- MAD   n
  control    41.3 +- 0.4 ms  24
  treatment  34.1 +- 0.3 ms  24

  control                  |-[|=]--|
  treatment  |-[|]--|
             32.8 ms         43.8 ms

24 of at most 200 blocks, stopped at
  the boundary; margin 3 %;
  p = 0.0004
)");
}

TEST(Text, NoLineOfATableIsWiderThanTheTerminal) {
  for (const int width : {40, 60, 80, 120}) {
    const std::string text = text_of(example_plan(), noisy_result(), terminal(width));
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      // Bytes are no fewer than columns; box characters have three bytes each, so count code points.
      int columns = 0;
      for (std::size_t at = begin; at < end; ++at) columns += (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
      EXPECT_LE(columns, width) << text.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Text, KeepsToTheTimeUnitThatWasAskedFor) {
  TextStyle style;
  style.time_unit = "s";
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(example_comparison()), style), "0.0413 +- 0.0004 s"));
}

TEST(Text, ChangesInTimeTakeThatUnitToo) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(0.0413, 1));
  comparison.metrics[1].metric = 1;
  comparison.metrics[1].effect->estimate = -0.0063;
  comparison.metrics[1].effect->interval = {-0.0071, -0.0055};
  TextStyle style;
  style.time_unit = "us";
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison), style),
                    "41300 us  41300 us  -6300 us  (-7100 us to -5500 us)\n"));
}

TEST(Text, OfAnInconclusiveResultEndsWithWhatMoreWouldCost) {
  AttemptResult result = noisy_result();
  result.advice = {6.0, 337, 725.0};
  const std::string text = text_of(example_plan(), result);
  EXPECT_TRUE(holds(text, "why: too noisy to tell: no effect and effects beyond the margin are both\n  possible\n"));
  EXPECT_TRUE(text.ends_with("this shows 6 % or more; 3 % needs about 340 blocks, 12 min: assay run poll.toml\n"))
      << text;
}

TEST(Text, AdviceWithoutAPaceNamesNoTime) {
  AttemptResult result = noisy_result();
  result.advice = {0.45, 1201, std::nullopt};
  EXPECT_TRUE(text_of(example_plan(), result)
                  .ends_with("this shows 0.45 % or more; 3 % needs about 1300 blocks: assay run poll.toml\n"));
}

TEST(Text, AdviceThatKnowsNoBlockCountNamesNoCommand) {
  AttemptResult result = noisy_result();
  result.advice = {120.0, std::nullopt, std::nullopt};
  EXPECT_TRUE(text_of(example_plan(), result).ends_with("this shows 120 % or more\n"));
}

TEST(Text, OfADecidedResultGivesNoAdvice) {
  AttemptResult result = example_result(example_comparison());
  result.advice = {6.0, 337, 725.0};
  EXPECT_FALSE(holds(text_of(example_plan(), result), "this shows"));
}

TEST(Text, SaysThatTheMarginIsTheDefault) {
  Plan plan = example_plan();
  plan.metrics[0].margin_is_default = true;
  EXPECT_TRUE(holds(text_of(plan, example_result(example_comparison())), "margin 3 % (default)"));
}

TEST(Text, SaysThatAnExploratoryResultIsNotRecorded) {
  Plan plan = example_plan();
  plan.exploratory = true;
  EXPECT_TRUE(text_of(plan, example_result(example_comparison())).ends_with("exploratory: no decision recorded\n"));
}

TEST(Text, LabelsControlAgainstItself) {
  AttemptResult result = noisy_result();
  result.audit.notes = {"both arms are the same: an A/A comparison"};  // as the audit has it
  EXPECT_TRUE(holds(text_of(example_plan(), result), "note: both arms are the same: an A/A comparison\n"));
}

TEST(Text, OfAGuardGivesChangeIntervalAndMargin) {
  Plan plan = example_plan();
  add_guard(plan, "max_rss");
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(2e6, 1.3));
  comparison.metrics[1].metric = 1;
  comparison.metrics[1].guard = GuardStatus::failed;
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "guard max_rss: failed, +30.0 % (+27.5 % to +32.6 %), margin 10 %\n"));
  comparison.metrics[1].guard = GuardStatus::open;
  comparison.metrics[1].blocks_needed = 1;
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison), plain(120)), "margin 10 %, needs about 1 block\n"));
}

TEST(Text, OfAGuardThatPassedGivesTheIntervalByWhichItPassed) {
  Plan plan = example_plan();
  add_guard(plan, "max_rss");
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(2e6, 1.01));
  comparison.metrics[1].metric = 1;
  comparison.metrics[1].guard = GuardStatus::passed;
  comparison.metrics[1].effect->interval = {-INFINITY, INFINITY};
  comparison.metrics[1].equivalence = EquivalenceInterval{{-INFINITY, std::log(1.05)}, 0.9};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "guard max_rss: passed, +1.0 % (at most +5.0 %), margin 10 %\n"));
}

TEST(Text, ShowsObservedMetricsAsExploratory) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  plan.metrics.push_back(*find_built_in_metric("minor_faults"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(0.0413, 1));
  comparison.metrics[1].metric = 1;
  comparison.metrics[1].effect->estimate = -0.0063;
  comparison.metrics[1].effect->interval = {-0.0071, -0.0055};
  comparison.metrics.push_back(example_metric_result(1201, 1));
  comparison.metrics[2].metric = 2;
  comparison.metrics[2].effect->estimate = 12;
  comparison.metrics[2].effect->interval = {-3, 25};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "observed, exploratory (medians of control and treatment, change, interval):\n"
                    "  user          41.3 ms  41.3 ms  -6.30 ms  (-7.10 ms to -5.50 ms)\n"
                    "  minor_faults     1201     1201       +12  (-3 to +25)\n"));
}

TEST(Text, NamesTheFirstFailureOfACheck) {
  Comparison comparison = example_comparison();
  comparison.checks = {{"same page", true, 0, 0, ""}, {"no test lost", false, 0, 2, "81 tests,\nthen 80"}};
  const std::string text = text_of(example_plan(), example_result(comparison), plain(120));
  EXPECT_TRUE(holds(text, "check same page: passed\n"));
  EXPECT_TRUE(holds(text, "check no test lost: failed in 2 trials (control 0, treatment 2): 81 tests,\\x0athen 80\n"));
}

TEST(Text, CountsFailedTrialsWithTheirTest) {
  Comparison comparison = example_comparison();
  comparison.failed_treatment = 2;
  comparison.failure_p = 0.5;
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(comparison)),
                    "failed trials: control 0, treatment 2 (p = 0.5, exact McNemar)\n"));
}

TEST(Text, OfAnArmWithoutMeasuredTrialsHasNoFiguresForIt) {
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::invalid;
  comparison.reason = VerdictReason::broken;
  comparison.metrics[0].treatment = ArmSummary{};
  comparison.metrics[0].treatment.failed = 5;
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(comparison)),
                    "  treatment               -               -   0       5\n"));
}

TEST(Text, NamesWhatTheAuditFound) {
  AttemptResult result = example_result(example_comparison());
  result.audit = {
      false, {"env READY_MODE"}, {"treatment also differs in env PATH", "libc changed during the attempt"}, {}};
  EXPECT_TRUE(holds(text_of(example_plan(), result),
                    "audit: treatment also differs in env PATH\naudit: libc changed during the attempt\n"));
}

TEST(Text, ShowsTheNotesOfDiagnosticsAndBlocksRunAgain) {
  Comparison comparison = example_comparison();
  comparison.diagnostics = {{"order-effect", true, 1, 0.001, "the second trial takes longer"},
                            {"drift", false, 0, 0.5, ""}};
  AttemptResult result = example_result(comparison);
  result.void_blocks = 2;
  const std::string text = text_of(example_plan(), result);
  EXPECT_TRUE(holds(text, "note: the second trial takes longer\n"));
  EXPECT_TRUE(holds(text, "note: 2 blocks were run again, since a hook or a state proof failed\n"));
}

TEST(Text, OfTwoCellsBeginsWithATable) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  Comparison slower = example_comparison();
  slower.cell = 1;
  slower.verdict = Verdict::regressed;
  slower.decision = Decision::discard;
  slower.decision_reason = DecisionReason::worse;
  slower.metrics = {example_metric_result(5.3, 1.4)};
  AttemptResult result = example_result(slower);
  result.reason = VerdictReason::mixed;
  result.comparisons = {example_comparison(), slower};
  EXPECT_EQ(text_of(plan, result),
            R"(  deploy  1.21x faster  95 %: 1.19 to 1.23  24 blocks  improved -> keep
  wiki    1.40x slower  95 %: 1.37 to 1.43  24 blocks  regressed -> discard
overall: regressed -> discard (better elsewhere)

deploy
treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep

  wall        median +- MAD      mean +- sd   n  failed
  control    41.3 +- 0.4 ms  41.5 +- 0.8 ms  24       0
  treatment  34.1 +- 0.3 ms  34.3 +- 0.7 ms  24       0

  control                                             |-------[=|====]---------|
  treatment  |-----[=|===]-------|
             32.8 ms                                                     43.8 ms

24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004

wiki
treatment is 1.40x slower than control (95 % interval 1.37 to 1.43), 24 blocks: regressed -> discard

  wall        median +- MAD      mean +- sd   n  failed
  control    5.30 +- 0.05 s  5.33 +- 0.11 s  24       0
  treatment  7.42 +- 0.07 s  7.46 +- 0.15 s  24       0

  control    |---[|==]----|
  treatment                                                  |-----[|===]------|
             5.09 s                                                       7.87 s

24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
)");
}

TEST(Text, OfThreeArmsHasOneTableOfAllArms) {
  Plan plan = example_plan();
  plan.variable.levels.push_back({"eager", EnvironmentLevel{"eager"}});
  Comparison eager = example_comparison();
  eager.treatment = 2;
  eager.metrics = {example_metric_result(0.0413, 0.25)};
  AttemptResult result = example_result(example_comparison());
  result.comparisons.push_back(eager);
  EXPECT_EQ(text_of(plan, result, plain(120)),
            R"(  treatment  1.21x faster  95 %: 1.19 to 1.23  24 blocks  improved -> keep
  eager      4.00x faster  95 %: 3.92 to 4.08  24 blocks  improved -> keep
overall: improved -> keep

treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved -> keep
eager is 4.00x faster than control (95 % interval 3.92 to 4.08), 24 blocks: improved -> keep

  wall        median +- MAD      mean +- sd   n  failed
  control    41.3 +- 0.4 ms  41.5 +- 0.8 ms  24       0
  treatment  34.1 +- 0.3 ms  34.3 +- 0.7 ms  24       0
  eager      10.3 +- 0.1 ms  10.4 +- 0.2 ms  24       0

  control                                                                  |--[|=]--|
  treatment                                                  |-[|]--|
  eager      |||
             9.91 ms                                                          43.8 ms

treatment:
24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
eager:
24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
)");
}

TEST(Text, DropsTheIntervalFromTheTableOfANarrowTerminal) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  AttemptResult result = example_result(example_comparison());
  result.comparisons.push_back(example_comparison());
  result.comparisons[1].cell = 1;
  EXPECT_TRUE(text_of(plan, result, plain(60)).starts_with("  deploy  1.21x faster  24 blocks  improved -> keep\n"));
  EXPECT_TRUE(text_of(plan, result, plain(44)).starts_with("  deploy  1.21x faster  improved -> keep\n"));
}

TEST(Text, ColoursOnlyWhereAsked) {
  TextStyle style;
  EXPECT_FALSE(holds(text_of(example_plan(), noisy_result(), style), "\x1b"));
  style.colour = true;
  EXPECT_TRUE(holds(text_of(example_plan(), noisy_result(), style), "\x1b[33minconclusive\x1b[0m"));
}

TEST(Text, OfAnAttemptWithoutAnyComparisonGivesItsVerdict) {
  AttemptResult result;
  result.verdict = Verdict::invalid;
  result.audit = {false, {}, {"treatment also differs in env PATH"}, {}};
  EXPECT_EQ(text_of(example_plan(), result),
            "overall: invalid -> undecided\n\naudit: treatment also differs in env PATH\n");
}

TEST(Text, ShowsTheEffectOnTheAverageOverCells) {
  Plan plan = example_plan();
  add_workload(plan, "rollback");
  plan.protocol.claim = ClaimRule::suite;
  AttemptResult result = example_result(example_comparison());
  result.comparisons.push_back(result.comparisons[0]);
  result.comparisons[1].cell = 1;
  result.suite = {example_metric_result(5, 0.8)};
  result.suite[0].verdict = Verdict::improved;
  EXPECT_TRUE(holds(text_of(plan, result),
                    "suite of 2 cells, on the average: treatment is 1.25x faster than control (95 % interval 1.23 to "
                    "1.27): improved"));
}

TEST(Text, ShowsAnExactDifferenceWithoutAnInterval) {
  Plan plan = example_plan();
  Metric& size = plan.metrics[0];
  size.name = "size";
  size.unit = "B";
  size.kind = MetricKind::deterministic;
  size.source = FileSizeSource{"app"};
  Comparison comparison = example_comparison();
  comparison.metrics[0].effect = Effect{-2000, {-2000, -2000}, 1, "exact", std::nullopt};
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison)),
                    "treatment uses 2.00 kB less size than control (exactly, the same in every trial)"));
}

TEST(Text, OfAConfirmedStopTellsWhatFreshBlocksAndTheStopShowed) {
  Comparison comparison = example_comparison();
  comparison.blocks = 30;
  comparison.fresh_blocks = 12;
  comparison.metrics[0].effect_at_stop = Effect{std::log(0.8), {std::log(0.75), std::log(0.85)}, 0.95, "", 1e-4};
  const std::string text = text_of(example_plan(), example_result(comparison));
  EXPECT_TRUE(holds(text, "12 fresh blocks after 18: improved -> keep\n")) << text;
  EXPECT_TRUE(holds(text, "18 of at most 200 blocks, stopped at the boundary, then 12 fresh blocks;")) << text;
  EXPECT_TRUE(holds(text, "at the stop it was -20.0 %\n  (-25.0 % to -15.0 %)\n")) << text;
}

}  // namespace
}  // namespace assay::experiments
