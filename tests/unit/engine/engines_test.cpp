#include "experiments/engine/engines.hpp"

#include <gtest/gtest.h>

#include "experiments/engine/local_engine.hpp"
#include "experiments/engine/simulated_engine.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace engines_tests {

Plan plan_of_arms() {
  return test::small_plan(test::environment_variable("FAST"));
}

std::unique_ptr<Engine> engine_of(const Plan& plan) {
  return make_engine({.plan = plan, .lock_path = "/run/lock/assay", .step = [](std::string_view) {}});
}

TEST(MakeEngine, RunsAPlanOnThisHostUnlessItSaysOtherwise) {
  const Plan plan = plan_of_arms();
  const std::unique_ptr<Engine> engine = engine_of(plan);
  EXPECT_NE(dynamic_cast<LocalEngine*>(engine.get()), nullptr);
  EXPECT_EQ(engine->launchers().size(), 1U);
}

TEST(MakeEngine, SimulatesAPlanThatHasASimulation) {
  Plan plan = plan_of_arms();
  plan.simulation.emplace();
  const std::unique_ptr<Engine> engine = engine_of(plan);
  EXPECT_NE(dynamic_cast<SimulatedEngine*>(engine.get()), nullptr);
  EXPECT_TRUE(engine->launchers().empty());
}

TEST(MakeEngine, RefusesAnEngineThatThereIsNot) {
  Plan plan = plan_of_arms();
  plan.engine = "abacus";
  EXPECT_EQ(test::message_of([&] { (void)engine_of(plan); }),
            "this assay has no engine \"abacus\": expected one of local, simulated, slurm");
}

TEST(MakeEngine, RefusesToSimulateWithoutASimulation) {
  Plan plan = plan_of_arms();
  plan.engine = "simulated";
  EXPECT_EQ(test::message_of([&] { (void)engine_of(plan); }),
            "the plan has no simulation, which the engine \"simulated\" draws trials from");
}

TEST(MakeEngine, RefusesAClusterWithoutAFolderToShareWithIt) {
  Plan plan = plan_of_arms();
  plan.engine = "slurm";
  EXPECT_EQ(test::message_of([&] { (void)engine_of(plan); }),
            "--engine slurm: only \"assay run\" measures on a cluster");
}

TEST(TrialHost, IsThisHostUnlessTheEngineIsOfACluster) {
  Plan plan = plan_of_arms();
  EXPECT_EQ(trial_host(plan), TrialHost::this_host);
  plan.engine = "slurm";
  EXPECT_EQ(trial_host(plan), TrialHost::cluster);
  plan.simulation.emplace();
  EXPECT_EQ(trial_host(plan), TrialHost::this_host);
}

TEST(EngineOfAPlan, IsNoKeyOfItUnlessItIsAnother) {
  Plan plan = plan_of_arms();
  EXPECT_EQ(formats::plan_json(plan).find("\"engine\""), std::string::npos);
  plan.simulation.emplace();
  EXPECT_EQ(formats::plan_json(plan).find("\"engine\""), std::string::npos);
}

TEST(EngineOfAPlan, IsReadBack) {
  Plan plan = plan_of_arms();
  EXPECT_EQ(formats::parse_plan(formats::plan_json(plan)).engine, "local");
  plan.engine = "abacus";
  EXPECT_EQ(formats::parse_plan(formats::plan_json(plan)).engine, "abacus");
}

}  // namespace engines_tests
}  // namespace assay::engine
