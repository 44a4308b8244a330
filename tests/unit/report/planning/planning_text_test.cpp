#include <gtest/gtest.h>

#include "experiments/report/planning/aa_text.hpp"
#include "experiments/report/planning/chances_text.hpp"
#include "experiments/report/planning/guard_cost_text.hpp"

namespace assay::report {
namespace planning_text_tests {

planning::Chances chances_of_one_effect() {
  planning::Chance chance;
  chance.effect_percent = 3;
  for (const Verdict verdict :
       {Verdict::improved, Verdict::regressed, Verdict::equivalent, Verdict::inconclusive, Verdict::invalid}) {
    chance.summary.shares[verdict] = 0;
  }
  chance.summary.shares[Verdict::improved] = 1;
  chance.summary.mean_blocks = 12;
  chance.summary.p90_blocks = 18;
  return {.noise = "lognorm",
          .seconds_per_block = std::nullopt,
          .trials = 500,
          .of_effects = {chance},
          .detectable_percent = 3};
}

TEST(ChancesText, HasARowForEachEffect) {
  const std::string text = chances_text(chances_of_one_effect());
  EXPECT_NE(text.find("3 %   100.0 %"), std::string::npos) << text;
  EXPECT_NE(text.find("12.0 (18)\n"), std::string::npos) << text;
}

TEST(ChancesText, GivesTheTimeIfItIsKnown) {
  planning::Chances chances = chances_of_one_effect();
  EXPECT_EQ(chances_text(chances).find("about"), std::string::npos);
  chances.of_effects[0].seconds = 90;
  EXPECT_NE(chances_text(chances).find("about"), std::string::npos);
}

TEST(UnplayableText, NamesTheMetricThatIsNotPositive) {
  Plan plan;
  plan.metrics = {*find_built_in_metric("wall")};
  plan.metrics[0].name = "value";
  plan.metrics[0].role = MetricRole::primary;
  plan.metrics[0].kind = MetricKind::proportion;
  EXPECT_EQ(unplayable_text(planning::Unplayable::not_positive, plan),
            "the chances of a verdict are simulated only for positive metrics, and value is a proportion");
}

TEST(GuardCostsText, RelatesBlocksToFailureRates) {
  const planning::GuardCost cost{
      .metric = "ok", .margin_points = 10, .alpha = 0.05, .blocks_in_one_look = 29, .blocks_at_look = std::nullopt};
  const std::string text = guard_costs_text({cost});
  EXPECT_NE(text.find("a margin of 10 points needs 29 blocks"), std::string::npos) << text;
  EXPECT_NE(text.find("29 blocks without a failure show that the failure rate is below 10 %"), std::string::npos);
  EXPECT_EQ(guard_costs_text({}), "");
}

TEST(SelfComparisonSentence, SaysWhetherEquivalenceIsProven) {
  planning::SelfComparison comparison;
  comparison.same.result.verdict = Verdict::equivalent;
  EXPECT_EQ(self_comparison_sentence(comparison), "equivalent, not proven: nothing was planted (--plant 3%)\n");
  comparison.same.result.verdict = Verdict::regressed;
  EXPECT_EQ(self_comparison_sentence(comparison),
            "regressed, though both arms are the same: do not measure with this setup\n");
}

}  // namespace planning_text_tests
}  // namespace assay::report
