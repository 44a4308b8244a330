#include <gtest/gtest.h>

#include "tests/unit/report/example_text.hpp"

namespace assay::report {
namespace text_tables_tests {

TEST(TextTables, OnAUnicodeTerminalOfSixtyColumns) {
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
behind the keep: nothing compares what trials print or
  write, no check
)");
}

TEST(TextTables, LeavesOutTheMeanAndTheFailuresWhereThereIsNoRoom) {
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
behind the keep: nothing compares
  what trials print or write, no
  check
)");
}

TEST(TextTables, NoLineOfATableIsWiderThanTheTerminal) {
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

TEST(TextTables, KeepsToTheTimeUnitThatWasAskedFor) {
  TextStyle style;
  style.time_unit = "s";
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(example_comparison()), style), "0.0413 +- 0.0004 s"));
}

TEST(TextTables, ChangesInTimeTakeThatUnitToo) {
  Plan plan = example_plan();
  plan.metrics.push_back(*find_built_in_metric("user"));
  Comparison comparison = example_comparison();
  comparison.metrics.push_back(example_metric_result(0.0413, 1));
  comparison.metrics[1].effect->estimate = -0.0063;
  comparison.metrics[1].effect->interval = {-0.0071, -0.0055};
  TextStyle style;
  style.time_unit = "us";
  EXPECT_TRUE(holds(text_of(plan, example_result(comparison), style),
                    "41300 us  41300 us  -6300 us  (-7100 us to -5500 us)\n"));
}

TEST(TextTables, OfAnArmWithoutMeasuredTrialsHasNoFiguresForIt) {
  Comparison comparison = example_comparison();
  comparison.verdict = Verdict::invalid;
  comparison.reason = VerdictReason::broken;
  comparison.metrics[0].treatment = ArmSummary{};
  comparison.metrics[0].treatment.failed = 5;
  EXPECT_TRUE(holds(text_of(example_plan(), example_result(comparison)),
                    "  treatment               -               -   0       5\n"));
}

TEST(TextTables, OfTwoCellsBeginsWithATable) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  Comparison slower = example_comparison();
  slower.cell.index = 1;
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
behind the keep: nothing compares what trials print or write, no check

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

TEST(TextTables, OfThreeArmsHasOneTableOfAllArms) {
  Plan plan = example_plan();
  plan.variable.levels.push_back({"eager", EnvironmentLevel{"eager"}});
  Comparison eager = example_comparison();
  eager.treatment.index = 2;
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
behind the keep: nothing compares what trials print or write, no check
eager:
24 of at most 200 blocks, stopped at the boundary; margin 3 %; p = 0.0004
behind the keep: nothing compares what trials print or write, no check
)");
}

TEST(TextTables, DropsTheIntervalFromTheTableOfANarrowTerminal) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  AttemptResult result = example_result(example_comparison());
  result.comparisons.push_back(example_comparison());
  result.comparisons[1].cell.index = 1;
  EXPECT_TRUE(text_of(plan, result, plain(60)).starts_with("  deploy  1.21x faster  24 blocks  improved -> keep\n"));
  EXPECT_TRUE(text_of(plan, result, plain(44)).starts_with("  deploy  1.21x faster  improved -> keep\n"));
}

}  // namespace text_tables_tests
}  // namespace assay::report
