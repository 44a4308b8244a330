#include "core/result/result.hpp"

#include <gtest/gtest.h>

#include "core/plan.hpp"
#include "core/result/no_better_level.hpp"
#include "core/result/told_effect.hpp"

namespace assay {
namespace result_tests {

Plan plan_of_workloads(const std::vector<std::string>& names) {
  Plan plan;
  plan.variable.levels = {{"sleep", EnvironmentLevel{"sleep"}}, {"poll", EnvironmentLevel{"poll"}}};
  plan.states = {{"warm", 1}};
  for (const std::string& name : names) plan.workloads.emplace_back().name = name;
  plan.metrics = {*find_built_in_metric("user"), *find_built_in_metric("wall")};
  plan.metrics[1].role = MetricRole::primary;
  return plan;
}

TEST(NamedCell, HasATitleOnlyBesideOthers) {
  EXPECT_EQ(named_cell(plan_of_workloads({"deploy"}), 0), (NamedCell{0, "deploy", "warm", ""}));
  EXPECT_EQ(named_cell(plan_of_workloads({"deploy", "wiki"}), 1), (NamedCell{1, "wiki", "warm", "wiki"}));
}

TEST(NamedCell, IsOneOfThePlan) {
  EXPECT_THROW((void)named_cell(plan_of_workloads({"deploy"}), 1), std::out_of_range);
}

TEST(FoundNoBetterLevel, IsWhatARaceCameToThatTheFirstLevelWon) {
  std::vector<LevelSearch> searches(2);
  EXPECT_FALSE(found_no_better_level(Verdict::regressed, {}));
  EXPECT_FALSE(found_no_better_level(Verdict::regressed, searches));  // several are left
  searches[0].best = searches[1].best = NamedArm{kControl, "jobs=1"};
  EXPECT_TRUE(found_no_better_level(Verdict::regressed, searches));
  EXPECT_TRUE(found_no_better_level(Verdict::equivalent, searches));
  EXPECT_FALSE(found_no_better_level(Verdict::invalid, searches));  // as if the arms differ in more than the variable
  searches[1].best = NamedArm{1, "jobs=2"};
  EXPECT_FALSE(found_no_better_level(Verdict::regressed, searches));
}

TEST(BlankComparison, NamesItsCellAndItsArms) {
  Plan plan = plan_of_workloads({"deploy", "wiki"});
  plan.protocol.design = Design::abba;
  const Comparison comparison = blank_comparison(plan, 1, 1);
  EXPECT_EQ(comparison.cell.workload, "wiki");
  EXPECT_EQ(comparison.control, (NamedArm{0, "sleep"}));
  EXPECT_EQ(comparison.treatment, (NamedArm{1, "poll"}));
  EXPECT_EQ(comparison.design, Design::abba);
}

TEST(BlankResult, CarriesWhatItsReadersAskOfThePlan) {
  Plan plan = plan_of_workloads({"deploy"});
  plan.protocol.max_blocks = 30;
  plan.exploratory = true;
  plan.simulation.emplace();
  const AttemptResult result = blank_result(plan);
  EXPECT_EQ(result.protocol.max_blocks, 30);
  EXPECT_EQ(result.primary.name, "wall");
  EXPECT_TRUE(result.exploratory);
  EXPECT_TRUE(result.simulated);
}

TEST(BlankSuite, CountsAllCellsOfThePlan) {
  const SuiteResult suite = blank_suite(plan_of_workloads({"deploy", "wiki", "chat"}), 1);
  EXPECT_EQ(suite.cells, 3);
  EXPECT_EQ(suite.treatment.label, "poll");
  EXPECT_EQ(suite.average.metric.name, "wall");
}

MetricResult measured_result(Verdict verdict) {
  MetricResult result;
  result.verdict = verdict;
  result.effect = Effect{.estimate = 0.01, .interval = {-0.2, 0.2}, .confidence = 0.96, .p = std::nullopt};
  result.equivalence = EquivalenceInterval{.interval = {-0.003, 0.026}, .confidence = 0.92};
  return result;
}

TEST(ToldEffect, HasTheIntervalThatEquivalenceRestsOn) {
  const Effect equivalent = told_effect(measured_result(Verdict::equivalent)).value();
  EXPECT_EQ(equivalent.estimate, 0.01);
  EXPECT_EQ(equivalent.interval, (Interval{-0.003, 0.026}));
  EXPECT_EQ(equivalent.confidence, 0.92);
  EXPECT_EQ(told_effect(measured_result(Verdict::inconclusive))->interval, (Interval{-0.2, 0.2}));
}

TEST(ToldEffect, OfAGuardIsThatOfEquivalenceUnlessItFailed) {
  MetricResult guard = measured_result(Verdict::inconclusive);
  guard.guard = GuardStatus::passed;
  EXPECT_EQ(told_effect(guard)->confidence, 0.92);
  guard.guard = GuardStatus::failed;
  EXPECT_EQ(told_effect(guard)->confidence, 0.96);
}

TEST(ToldEffect, OfAComparisonGoesWithItsVerdict) {
  Comparison comparison;
  comparison.metrics = {measured_result(Verdict::inconclusive)};
  comparison.verdict = Verdict::equivalent;
  EXPECT_EQ(told_effect(comparison)->confidence, 0.92);
  comparison.metrics.front().effect.reset();
  EXPECT_EQ(told_effect(comparison), std::nullopt);
}

}  // namespace result_tests
}  // namespace assay
