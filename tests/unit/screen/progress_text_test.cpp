#include <chrono>
#include <cmath>

#include <gtest/gtest.h>

#include "experiments/screen/progress.hpp"

namespace assay::screen {
namespace progress_text_tests {

using namespace std::chrono_literals;

Plan example_plan() {
  Plan plan;
  plan.variable.levels = {{"control", CommandLevel{{"a"}}}, {"treatment", CommandLevel{{"b"}}}};
  plan.states = {State{}};
  Workload workload;
  workload.name = "deploy";
  plan.workloads = {workload};
  Metric wall = *find_built_in_metric("wall");
  wall.role = MetricRole::primary;
  plan.metrics = {wall};
  return plan;
}

TEST(ProgressText, BeforeTheFirstLookGivesBlocksAlone) {
  EXPECT_EQ(progress_text(example_plan(), 0, {3, 200, std::nullopt, std::nullopt}, std::nullopt),
            "3 of at most 200 blocks");
}

TEST(ProgressText, AfterALookGivesEstimateIntervalAndTimeLeft) {
  const attempt::CellProgress progress{12, 200, std::log(0.805), Interval{std::log(0.79), std::log(0.818)}};
  EXPECT_EQ(progress_text(example_plan(), 0, progress, 180s),
            "12 of at most 200 blocks, wall -19.5 % (-21.0 % to -18.2 %), at most 3 min left");
}

TEST(ProgressText, NamesTheCellWhereThereAreSeveral) {
  Plan plan = example_plan();
  plan.workloads.push_back(plan.workloads.front());
  plan.workloads.back().name = "wiki";
  EXPECT_EQ(progress_text(plan, 1, {3, 200, std::nullopt, std::nullopt}, std::nullopt),
            "wiki: 3 of at most 200 blocks");
}

TEST(Pace, IsUnknownBeforeTheFirstBlock) {
  Pace pace;
  pace.begin(0s);
  EXPECT_FALSE(pace.time_for(10).has_value());
}

TEST(Pace, OfOneBlockCountsFromTheLastStep) {
  Pace pace;
  pace.begin(0s);
  pace.begin(5s);
  pace.block_finished(7s);
  EXPECT_EQ(pace.time_for(10), 20s);
}

TEST(Pace, OfMoreBlocksLeavesTheFirstAside) {
  Pace pace;
  pace.begin(0s);
  pace.block_finished(10s);  // with a warm-up in it
  pace.block_finished(12s);
  pace.block_finished(14s);
  EXPECT_EQ(pace.time_for(10), 20s);
}

TEST(Pace, ElapsedCountsFromTheLastStepBeforeTheFirstBlock) {
  Pace pace;
  EXPECT_EQ(pace.elapsed(5s), 0s);
  pace.begin(1s);
  pace.begin(3s);  // what came before was a build or a warm-up
  EXPECT_EQ(pace.elapsed(5s), 2s);
  pace.block_finished(6s);
  pace.begin(7s);
  EXPECT_EQ(pace.elapsed(8s), 5s);
}

}  // namespace progress_text_tests
}  // namespace assay::screen
