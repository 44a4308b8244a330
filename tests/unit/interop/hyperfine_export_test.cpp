#include "experiments/interop/exports/hyperfine_export.hpp"

#include <chrono>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/design/value_plan.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::interop {
namespace hyperfine_export_tests {

using namespace std::chrono_literals;
using report::add_workload;
using report::example_plan;

nlohmann::json exported(const Plan& plan, const std::vector<Block>& blocks) {
  return nlohmann::json::parse(hyperfine_text({plan, blocks, AttemptResult{}}));
}

Trial trial(ArmIndex arm, nanoseconds wall) {
  Trial measured;
  measured.arm = arm;
  measured.usage.wall = wall;
  measured.usage.user = wall / 2;
  measured.usage.system = wall / 4;
  measured.usage.max_rss = Bytes{1000};
  return measured;
}

Block block(Trial first, Trial second) {
  Block finished;
  finished.trials = {std::move(first), std::move(second)};
  return finished;
}

/// Control takes 1 s, 2 s and 6 s, treatment 1 s each time, in changing order.
std::vector<Block> three_blocks() {
  return {block(trial(0, 1s), trial(1, 1s)), block(trial(1, 1s), trial(0, 2s)), block(trial(0, 6s), trial(1, 1s))};
}

TEST(HyperfineExport, HasAResultForEachArmWithItsFigures) {
  const nlohmann::json json = exported(example_plan(), three_blocks());
  ASSERT_EQ(json.at("results").size(), 2);
  const nlohmann::json& control = json["results"][0];
  EXPECT_EQ(control["command"], "READY_MODE=sleep ./deploy.sh 'custom html'");
  EXPECT_EQ(control["times"], nlohmann::json({1.0, 2.0, 6.0}));
  EXPECT_EQ(control["mean"], 3.0);
  EXPECT_EQ(control["median"], 2.0);
  EXPECT_NEAR(control["stddev"].get<double>(), 2.6457513, 1e-7) << "the square root of ((-2)^2 + (-1)^2 + 3^2) / 2";
  EXPECT_EQ(control["user"], 1.5);
  EXPECT_EQ(control["system"], 0.75);
  EXPECT_EQ(control["min"], 1.0);
  EXPECT_EQ(control["max"], 6.0);
  EXPECT_EQ(control["memory_usage_byte"], nlohmann::json({1000, 1000, 1000}));
  EXPECT_EQ(control["exit_codes"], nlohmann::json({0, 0, 0}));
  EXPECT_EQ(control["parameters"], nlohmann::json({{"READY_MODE", "sleep"}}));
}

TEST(HyperfineExport, AFailedTrialIsCountedAndNoTime) {
  std::vector<Block> blocks = three_blocks();
  blocks[0].trials[1].outcome = Exited{3};
  const nlohmann::json treatment = exported(example_plan(), blocks)["results"][1];
  EXPECT_EQ(treatment["times"].size(), 2);
  EXPECT_EQ(treatment["failed_trials"], 1);
}

TEST(HyperfineExport, AVoidBlockIsLeftOut) {
  std::vector<Block> blocks = three_blocks();
  blocks[2].trials[0].outcome = HookFailed{"prepare", "exited 1"};
  const nlohmann::json results = exported(example_plan(), blocks)["results"];
  EXPECT_EQ(results[0]["times"].size(), 2);
  EXPECT_EQ(results[1]["times"].size(), 2);
  EXPECT_EQ(results[0]["failed_trials"], 0);
}

TEST(HyperfineExport, OneTrialHasNoStandardDeviation) {
  const nlohmann::json control = exported(example_plan(), {three_blocks()[0]})["results"][0];
  EXPECT_TRUE(control["stddev"].is_null());
  EXPECT_EQ(control["median"], 1.0);
}

TEST(HyperfineExport, OfNoTrialsHasNoFigures) {
  const nlohmann::json control = exported(example_plan(), {})["results"][0];
  EXPECT_TRUE(control["mean"].is_null());
  EXPECT_EQ(control["times"], nlohmann::json::array());
}

TEST(HyperfineExport, DoesNotMakeUpAnExitCodeWhereEveryOneCounts) {
  Plan plan = example_plan();
  plan.workloads[0].success_codes.clear();
  EXPECT_EQ(exported(plan, three_blocks())["results"][0]["exit_codes"], nlohmann::json({nullptr, nullptr, nullptr}));
}

TEST(HyperfineExport, KeepsCellsApart) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  std::vector<Block> blocks = three_blocks();
  blocks[2].cell = 1;
  const nlohmann::json results = exported(plan, blocks)["results"];
  ASSERT_EQ(results.size(), 4);
  EXPECT_EQ(results[0]["times"].size(), 2);
  EXPECT_EQ(results[2]["times"], nlohmann::json({6.0}));
}

Plan plan_of_values(const std::string& unit) {
  Metric metric;
  metric.unit = unit;
  return design::value_plan(
      {.id = "analyse", .control = "before", .treatment = "after", .metric = metric, .protocol = {}, .seed = Seed{1}});
}

TEST(HyperfineExport, HasValuesMeasuredElsewhereAsTimesAndNothingElseOfThem) {
  const Block pair = design::value_block({.number = 1, .arms = {kControl, 1}}, {.control = 2.5, .treatment = 2});
  const nlohmann::json control = exported(plan_of_values("s"), {pair})["results"][0];
  EXPECT_EQ(control["command"], "before");
  EXPECT_EQ(control["times"], nlohmann::json({2.5}));
  EXPECT_TRUE(control["user"].is_null());
  EXPECT_EQ(control["memory_usage_byte"], nlohmann::json::array());
  EXPECT_EQ(control["exit_codes"], nlohmann::json::array());
}

TEST(HyperfineExport, RefusesValuesThatAreNotInSeconds) {
  EXPECT_EQ(test::message_of([] { (void)exported(plan_of_values("B"), {}); }),
            "this format holds times in seconds, and the unit of these values is \"B\"");
  EXPECT_NE(test::message_of([] { (void)exported(plan_of_values(""), {}); }).find("is not given"), std::string::npos);
}

}  // namespace hyperfine_export_tests
}  // namespace assay::interop
