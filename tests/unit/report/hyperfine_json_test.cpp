#include "experiments/report/hyperfine_json.hpp"

#include <chrono>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/report/example_results.hpp"

namespace assay::report {
namespace hyperfine_json_tests {

using namespace std::chrono_literals;

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

TEST(HyperfineJson, HasAResultForEachArmWithItsFigures) {
  const nlohmann::json json = hyperfine_json(example_plan(), three_blocks());
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

TEST(HyperfineJson, AFailedTrialIsCountedAndNoTime) {
  std::vector<Block> blocks = three_blocks();
  blocks[0].trials[1].outcome = Exited{3};
  const nlohmann::json treatment = hyperfine_json(example_plan(), blocks)["results"][1];
  EXPECT_EQ(treatment["times"].size(), 2);
  EXPECT_EQ(treatment["failed_trials"], 1);
}

TEST(HyperfineJson, AVoidBlockIsLeftOut) {
  std::vector<Block> blocks = three_blocks();
  blocks[2].trials[0].outcome = HookFailed{"prepare", "exited 1"};
  const nlohmann::json results = hyperfine_json(example_plan(), blocks)["results"];
  EXPECT_EQ(results[0]["times"].size(), 2);
  EXPECT_EQ(results[1]["times"].size(), 2);
  EXPECT_EQ(results[0]["failed_trials"], 0);
}

TEST(HyperfineJson, OneTrialHasNoStandardDeviation) {
  const nlohmann::json control = hyperfine_json(example_plan(), {three_blocks()[0]})["results"][0];
  EXPECT_TRUE(control["stddev"].is_null());
  EXPECT_EQ(control["median"], 1.0);
}

TEST(HyperfineJson, OfNoTrialsHasNoFigures) {
  const nlohmann::json control = hyperfine_json(example_plan(), {})["results"][0];
  EXPECT_TRUE(control["mean"].is_null());
  EXPECT_EQ(control["times"], nlohmann::json::array());
}

TEST(HyperfineJson, DoesNotMakeUpAnExitCodeWhereEveryOneCounts) {
  Plan plan = example_plan();
  plan.workloads[0].success_codes.clear();
  EXPECT_EQ(hyperfine_json(plan, three_blocks())["results"][0]["exit_codes"],
            nlohmann::json({nullptr, nullptr, nullptr}));
}

TEST(HyperfineJson, KeepsCellsApart) {
  Plan plan = example_plan();
  add_workload(plan, "wiki");
  std::vector<Block> blocks = three_blocks();
  blocks[2].cell = 1;
  const nlohmann::json results = hyperfine_json(plan, blocks)["results"];
  ASSERT_EQ(results.size(), 4);
  EXPECT_EQ(results[0]["times"].size(), 2);
  EXPECT_EQ(results[2]["times"], nlohmann::json({6.0}));
}

}  // namespace hyperfine_json_tests
}  // namespace assay::report
