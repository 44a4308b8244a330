#include "experiments/decide/rules/reach_rule.hpp"

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

namespace assay::decide {
namespace reach_rule_tests {

/// Wall time decides, and max_rss is what `reached` is about.
Plan plan_with(Comparator comparator, double value) {
  Plan plan = guarded_plan(Percent{10});
  plan.variable.reached = MetricCondition{"max_rss", comparator, value, "max_rss"};
  return plan;
}

Block block_of(std::optional<double> control, std::optional<double> treatment) {
  Block block;
  block.trials = {measured({1.0, control}), measured({1.0, treatment})};
  block.trials[1].arm = 1;
  return block;
}

TEST(VariableActed, WhereTheConditionHoldsInTreatmentAlone) {
  const Plan plan = plan_with(Comparator::at_least, 2);
  const std::vector<Block> blocks = {block_of(1, 2)};
  EXPECT_TRUE(variable_acted(plan, 1, blocks));
}

TEST(VariableActed, NotWhereItHoldsInNeitherOrBoth) {
  const Plan plan = plan_with(Comparator::at_least, 2);
  const std::vector<Block> neither = {block_of(1, 1)};
  const std::vector<Block> both = {block_of(2, 2)};
  EXPECT_FALSE(variable_acted(plan, 1, neither));
  EXPECT_FALSE(variable_acted(plan, 1, both));
}

TEST(VariableActed, IsJudgedByTheMedian) {
  const Plan plan = plan_with(Comparator::at_least, 2);
  const std::vector<Block> once_not = {block_of(1, 2), block_of(2, 1), block_of(1, 3)};
  EXPECT_TRUE(variable_acted(plan, 1, once_not));
}

TEST(VariableActed, IsNotDisprovedByWhatIsMissing) {
  const Plan plan = plan_with(Comparator::at_least, 2);
  std::vector<Block> blocks = {block_of(1, std::nullopt), block_of(1, 2)};
  blocks[0].trials[0].outcome = Exited{1};
  EXPECT_TRUE(variable_acted(plan, 1, blocks));
  EXPECT_TRUE(variable_acted(plan, 1, std::vector<Block>{}));
  EXPECT_TRUE(variable_acted(guarded_plan(Percent{10}), 1, blocks));
}

TEST(VariableActed, KnowsEveryComparator) {
  const auto acted = [](Comparator comparator, double control, double treatment) {
    const std::vector<Block> blocks = {block_of(control, treatment)};
    return variable_acted(plan_with(comparator, 2), 1, blocks);
  };
  EXPECT_TRUE(acted(Comparator::less, 2, 1));
  EXPECT_TRUE(acted(Comparator::at_most, 3, 2));
  EXPECT_TRUE(acted(Comparator::more, 2, 3));
  EXPECT_TRUE(acted(Comparator::equal, 3, 2));
  EXPECT_TRUE(acted(Comparator::unequal, 2, 3));
  EXPECT_FALSE(acted(Comparator::less, 2, 2));
  EXPECT_FALSE(acted(Comparator::more, 2, 2));
}

TEST(Attempt, IsInvalidAtTheFirstLookWhereTheVariableDoesNotAct) {
  AttemptAnalysis analysis(plan_with(Comparator::at_least, 2));
  for (int number = 1; number <= 6; ++number) {
    Block block = block_of(1, 1);
    block.number = number;
    analysis.add(block);
  }
  EXPECT_TRUE(analysis.finished());
  const AttemptResult result = analysis.result();
  EXPECT_EQ(result.verdict, Verdict::invalid);
  EXPECT_EQ(result.reason, VerdictReason::did_not_act);
  EXPECT_EQ(result.stop, Stop::failed);
}

}  // namespace reach_rule_tests
}  // namespace assay::decide
