#include "experiments/engine/slurm/spool.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::engine {
namespace spool_tests {

namespace fs = std::filesystem;

Plan plan_with_a_hidden_value() {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.environment["API_TOKEN"] = "hunter2";
  plan.environment_hmac["API_TOKEN"] = "00ff";
  return plan;
}

class SpoolTest : public testing::Test {
 protected:
  SpoolTest() { spool.make(plan, "/bin/true"); }

  const BlockKey key{.cell = 0, .number = 3, .rerun = 1};
  Plan plan = plan_with_a_hidden_value();
  test::ScratchFolder folder;
  std::string sha256 = host::sha256(formats::plan_json(plan));
  Spool spool{folder / "spool", sha256};

  [[nodiscard]] Block block() const { return {.cell = 0, .number = 3, .rerun = 1, .trials = {}}; }
  void hand_in(int generation, const std::string& node) const {
    spool.hand_in(TaskResult{.plan_sha256 = sha256, .generation = generation, .node = node, .block = block()});
  }
};

TEST_F(SpoolTest, GivesThePlanBackWithItsHiddenValues) {
  EXPECT_EQ(spool.plan(), plan);
}

TEST_F(SpoolTest, KeepsHiddenValuesOutOfWhatOthersMayRead) {
  EXPECT_EQ(fs::status(spool.folder() + "/values.json").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(spool.folder()).permissions(), fs::perms::owner_all);
}

TEST_F(SpoolTest, RefusesAnotherPlan) {
  const Spool other(spool.folder(), std::string(64, '0'));
  EXPECT_NE(test::message_of([&] { (void)other.plan(); }).find("is not the plan 0000"), std::string::npos);
}

TEST_F(SpoolTest, ListsOnlyResultsOfBlocksThatAreWanted) {
  hand_in(1, "n1");
  EXPECT_EQ(spool.results([](std::string_view block) { return block == "c0-b3-r1"; }).size(), 1U);
  EXPECT_TRUE(spool.results([](std::string_view block) { return block != "c0-b3-r1"; }).empty());
}

TEST_F(SpoolTest, IsRenewedWhenAnAttemptIsTakenUpAgain) {
  hand_in(1, "n1");
  spool.make(plan, "/bin/true");
  EXPECT_EQ(spool.results().size(), 1U);
  EXPECT_EQ(spool.plan(), plan);
}

TEST_F(SpoolTest, KeepsGenerationsInOrder) {
  for (const int number : {10, 9, 1}) {
    spool.keep_generation({.number = number, .job_name = "assay-0a-g", .orders = {{.number = number, .arms = {1, 0}}}});
  }
  const std::vector<Generation> all = spool.generations();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all.front(), spool.generation(1));
  EXPECT_EQ(all.back().number, 10);
  EXPECT_EQ(all.back().orders.front().arms, (std::vector<ArmIndex>{1, 0}));
}

TEST_F(SpoolTest, GivesTheRightToABlockOnce) {
  EXPECT_TRUE(spool.claim(key, 1, {.claimant = Claimant::missing}));
  EXPECT_FALSE(spool.claim(key, 1, {.claimant = Claimant::task, .node = "n1"}));
  EXPECT_EQ(spool.claimed(key, 1), (Claim{.claimant = Claimant::missing}));
  EXPECT_TRUE(spool.claim(key, 2, {.claimant = Claimant::task, .node = "n1", .block = block()}));
  EXPECT_EQ(spool.claimed(key, 2).value().block, block());
}

TEST_F(SpoolTest, ShowsByAMarkThatATaskHasComeFurther) {
  EXPECT_EQ(spool.progress_mark(key, 1), "");
  spool.keep_progress(key, 1, {.node = "n1", .step = "start", .allowed = std::chrono::seconds(9)});
  const std::string first = spool.progress_mark(key, 1);
  spool.keep_progress(key, 1, {.node = "n1", .step = "trials", .allowed = std::chrono::seconds(9), .block = block()});
  EXPECT_NE(first, spool.progress_mark(key, 1));
  EXPECT_EQ(spool.progress(key, 1).value().step, "trials");
}

TEST_F(SpoolTest, KeepsEveryResultOfABlock) {
  hand_in(1, "n1");
  hand_in(2, "n2");
  hand_in(2, "n3");
  const auto results = spool.results();
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results.at("c0-b3-r1").size(), 3U);
  const HandedIn first = accepted_of(results.at("c0-b3-r1")).value();
  EXPECT_EQ(spool.result(key, first).value().node, "n1");
}

TEST_F(SpoolTest, TakesNoResultOfAnotherPlanGenerationOrBlock) {
  spool.hand_in(TaskResult{.plan_sha256 = "0a", .generation = 1, .node = "n1", .block = block()});
  const HandedIn foreign = spool.results().at("c0-b3-r1").front();
  EXPECT_EQ(spool.result(key, foreign), std::nullopt);
  hand_in(2, "n1");
  const std::vector<HandedIn> both = spool.results().at("c0-b3-r1");
  const HandedIn own = both.front().generation == 2 ? both.front() : both.back();
  EXPECT_TRUE(spool.result(key, own));
  EXPECT_EQ(spool.result(key, {1, own.name}), std::nullopt);
  EXPECT_EQ(spool.result({.cell = 0, .number = 3, .rerun = 0}, own), std::nullopt);
}

TEST_F(SpoolTest, TakesADamagedResultForNone) {
  hand_in(1, "n1");
  const HandedIn file = spool.results().at("c0-b3-r1").front();
  const std::string path = spool.folder() + "/results/" + file.name;
  fs::resize_file(path, fs::file_size(path) / 2);
  EXPECT_EQ(spool.result(key, file), std::nullopt);
}

TEST_F(SpoolTest, HandsAFailureInBesideTheResults) {
  const TaskFailure failure{
      .plan_sha256 = sha256, .generation = 1, .node = "n1", .message = "setup failed", .kind = ErrorKind::invalid};
  spool.hand_in(key, failure);
  EXPECT_TRUE(spool.results().empty());
  EXPECT_EQ(spool.failure(spool.failures().at("c0-b3-r1").front()), failure);
}

TEST_F(SpoolTest, ListsNodesByName) {
  ClusterNode node;
  for (const char* const name : {"n2", "n1", "n2"}) {
    node.name = name;
    spool.keep_node(node);
  }
  const std::vector<ClusterNode> nodes = spool.nodes();
  ASSERT_EQ(nodes.size(), 2U);
  EXPECT_EQ(nodes.front().name, "n1");
}

TEST_F(SpoolTest, RemembersTheProcessorOfTheNodeThatCameFirst) {
  EXPECT_EQ(spool.first_cpu_model("one"), "one");
  EXPECT_EQ(spool.first_cpu_model("another"), "one");
}

TEST_F(SpoolTest, IsRemovedWithAllItHolds) {
  spool.remove();
  EXPECT_FALSE(fs::exists(spool.folder()));
}

}  // namespace spool_tests
}  // namespace assay::engine
