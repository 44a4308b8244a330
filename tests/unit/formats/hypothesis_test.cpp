#include <algorithm>
#include <variant>

#include <gtest/gtest.h>

#include "experiments/design/freeze.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"

namespace assay::formats {
namespace hypothesis_tests {

Plan plan_of_two_workloads() {
  Plan plan;
  plan.id = "readiness-poll";
  plan.variable = {VariableKind::env,
                   "READY_MODE",
                   {{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(2);
  plan.workloads[0].name = "light";
  plan.workloads[0].command = {"./deploy", "light"};
  plan.workloads[1].name = "heavy";
  plan.workloads[1].command = {"./deploy", "heavy"};
  plan.metrics = {*find_built_in_metric("wall"), *find_built_in_metric("max_rss")};
  plan.metrics[0].role = MetricRole::primary;
  return plan;
}

TEST(Hypothesis, IsNotRevivedByRenaming) {
  const Plan plan = plan_of_two_workloads();
  Plan renamed = plan;
  renamed.id = "another";
  renamed.hypothesis = "told anew";
  renamed.workloads[0].name = "small";
  renamed.variable.levels[1].label = "new";
  EXPECT_EQ(hypothesis_json(renamed), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedByAnotherSeedMarginOrTimeout) {
  const Plan plan = plan_of_two_workloads();
  Plan adjusted = plan;
  adjusted.seed = Seed(99);
  adjusted.metrics[0].margin = Percent{1};
  adjusted.workloads[0].timeout = std::chrono::minutes(1);
  adjusted.protocol.max_blocks = 400;
  adjusted.attempt = 2;
  EXPECT_EQ(hypothesis_json(adjusted), hypothesis_json(plan));
}

TEST(Hypothesis, DoesNotDependOnTheOrderOfItsWorkloads) {
  const Plan plan = plan_of_two_workloads();
  Plan turned = plan;
  std::swap(turned.workloads[0], turned.workloads[1]);
  EXPECT_EQ(hypothesis_json(turned), hypothesis_json(plan));
}

TEST(Hypothesis, DoesNotDependOnHowOftenAWorkloadIsThere) {
  const Plan plan = plan_of_two_workloads();
  Plan doubled = plan;
  doubled.workloads.push_back(plan.workloads[0]);
  doubled.workloads.back().name = "light again";
  EXPECT_EQ(hypothesis_json(doubled), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedBySayingTheSameOtherwise) {
  const Plan plan = plan_of_two_workloads();
  Plan spelt_out = plan;
  Workload& workload = spelt_out.workloads[0];
  workload.working_directory = "././";
  workload.standard_input = "/dev/null";
  workload.pass = {};
  EXPECT_EQ(hypothesis_json(spelt_out), hypothesis_json(plan));
  Plan with_inputs = plan;
  with_inputs.workloads[0].inputs = {"data/**", "src/a"};
  spelt_out.workloads[0].inputs = {"./src//a", "data/**", "data/**"};
  EXPECT_EQ(hypothesis_json(spelt_out), hypothesis_json(with_inputs));
}

TEST(Hypothesis, IsNotRevivedByAnotherPathToTheSameFolder) {
  Plan plan = plan_of_two_workloads();
  plan.folder = "/home/ada/lab";
  for (const char* folder : {"sub/..", "/home/ada/lab", "/home/ada/./lab/", "sub/../."}) {
    Plan other = plan;
    for (Workload& workload : other.workloads) workload.working_directory = folder;
    EXPECT_EQ(hypothesis_json(other), hypothesis_json(plan)) << folder;
  }
  Plan elsewhere = plan;
  elsewhere.workloads[0].working_directory = "/home/ada/lab2";
  EXPECT_NE(hypothesis_json(elsewhere), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedByAnotherPathToTheSameProgram) {
  Plan plan = plan_of_two_workloads();
  plan.folder = "/home/ada/lab";
  for (const char* program : {"././deploy", "sub/../deploy", ".//deploy", "/home/ada/lab/deploy"}) {
    Plan other = plan;
    for (Workload& workload : other.workloads) workload.command[0] = program;
    EXPECT_EQ(hypothesis_json(other), hypothesis_json(plan)) << program;
  }
  for (const char* program : {"deploy", "../deploy", "/home/ada/deploy"}) {  // "deploy" is one on the PATH
    Plan other = plan;
    for (Workload& workload : other.workloads) workload.command[0] = program;
    EXPECT_NE(hypothesis_json(other), hypothesis_json(plan)) << program;
  }
}

TEST(Hypothesis, KnowsAProgramFromTheFolderThatItIsStartedIn) {
  Plan plan = plan_of_two_workloads();
  plan.folder = "/home/ada/lab";
  for (Workload& workload : plan.workloads) {
    workload.working_directory = "data";
    workload.command[0] = "../deploy";
  }
  Plan absolute = plan;
  for (Workload& workload : absolute.workloads) workload.command[0] = "/home/ada/lab/deploy";
  EXPECT_EQ(hypothesis_json(absolute), hypothesis_json(plan));
}

TEST(Hypothesis, KnowsThePathOfACommandThatIsALevel) {
  Plan plan = plan_of_two_workloads();
  plan.folder = "/home/ada/lab";
  plan.variable = {
      VariableKind::command, "", {{"control", CommandLevel{{"./a"}}}, {"treatment", CommandLevel{{"./b"}}}}};
  Plan spelt = plan;
  std::get<CommandLevel>(spelt.variable.levels[1].value).argv = {"/home/ada/lab/x/../b"};
  EXPECT_EQ(hypothesis_json(spelt), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedByTheNicenessThatEveryTrialHas) {
  const Plan plan = plan_of_two_workloads();
  Plan spelt_out = plan;
  spelt_out.workloads[0].limits.nice = 0;
  EXPECT_EQ(hypothesis_json(spelt_out), hypothesis_json(plan));
  spelt_out.workloads[0].limits.nice = 5;
  EXPECT_NE(hypothesis_json(spelt_out), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedByARaceOfTheSameTwoLevels) {
  const Plan plan = plan_of_two_workloads();
  Plan race = plan;
  race.variable.kind = VariableKind::level;
  EXPECT_EQ(hypothesis_json(race), hypothesis_json(plan));
  Plan settings = race;
  settings.variable.name = "";
  settings.variable.levels = {{"a", SettingsLevel{{{"READY_MODE", "sleep"}}}},
                              {"b", SettingsLevel{{{"READY_MODE", "poll"}}}}};
  EXPECT_EQ(hypothesis_json(settings), hypothesis_json(plan));
  race.variable.levels.push_back({"third", EnvironmentLevel{"inotify"}});
  EXPECT_NE(hypothesis_json(race), hypothesis_json(plan));
}

TEST(Hypothesis, IsAnotherWithAnotherInput) {
  const Plan plan = plan_of_two_workloads();
  Plan other = plan;
  other.workloads[0].inputs = {"data/**"};
  EXPECT_NE(hypothesis_json(other), hypothesis_json(plan));
}

TEST(Hypothesis, KnowsAStateByWhatItIsNotByItsName) {
  const Plan plan = plan_of_two_workloads();
  Plan renamed = plan;
  renamed.states = {{"steady", 3}};
  for (Workload& workload : renamed.workloads) workload.states = {"steady"};
  EXPECT_EQ(hypothesis_json(renamed), hypothesis_json(plan));
  renamed.states[0].warmup = 0;
  EXPECT_NE(hypothesis_json(renamed), hypothesis_json(plan));
}

TEST(Hypothesis, KnowsAnArgumentByItsPlaceNotByItsName) {
  Plan plan = plan_of_two_workloads();
  plan.variable = {VariableKind::argument, "n", {{"control", ArgumentLevel{"1"}}, {"treatment", ArgumentLevel{"2"}}}};
  plan.workloads[0].command = {"sort", "-j{n}"};
  Plan renamed = plan;
  renamed.variable.name = "threads";
  renamed.workloads[0].command = {"sort", "-j{threads}"};
  EXPECT_EQ(hypothesis_json(renamed), hypothesis_json(plan));
}

Plan plan_of_revisions() {
  Plan plan = plan_of_two_workloads();
  plan.variable = {VariableKind::revision,
                   "",
                   {{"control", SourceLevel{.revision = "main", .commit = "c1", .tree = "t1"}},
                    {"treatment", SourceLevel{.revision = "HEAD", .commit = "c2", .tree = "t2"}}}};
  plan.variable.source.emplace();
  plan.variable.source->build = {"make"};
  return plan;
}

TEST(Hypothesis, IsTheSameWhateverACommitOfTheSameFilesIsCalled) {
  const Plan plan = plan_of_revisions();
  Plan renamed = plan;
  std::get<SourceLevel>(renamed.variable.levels[1].value) = {.revision = "topic", .commit = "c3", .tree = "t2"};
  renamed.variable.source->repository = "../app";
  renamed.variable.source->builds = 5;
  EXPECT_EQ(hypothesis_json(renamed), hypothesis_json(plan));
}

TEST(Hypothesis, IsAnotherWithOtherFilesOrAnotherBuild) {
  const Plan plan = plan_of_revisions();
  Plan changed = plan;
  std::get<SourceLevel>(changed.variable.levels[1].value).tree = "t3";
  EXPECT_NE(hypothesis_json(changed), hypothesis_json(plan));
  Plan optimised = plan;
  optimised.variable.source->build = {"make", "CFLAGS=-O3"};
  EXPECT_NE(hypothesis_json(optimised), hypothesis_json(plan));
}

TEST(Hypothesis, IsThatOfAFilesContent) {
  Plan plan = plan_of_two_workloads();
  plan.variable = {VariableKind::file, "conf", {{"control", FileLevel{"a", "1"}}, {"treatment", FileLevel{"b", "2"}}}};
  Plan renamed = plan;
  std::get<FileLevel>(renamed.variable.levels[0].value).file = "c";
  EXPECT_EQ(hypothesis_json(renamed), hypothesis_json(plan));
  std::get<FileLevel>(renamed.variable.levels[0].value).sha256 = "3";
  EXPECT_NE(hypothesis_json(renamed), hypothesis_json(plan));
}

TEST(Hypothesis, DoesNotDependOnHowItIsShownThatTheVariableActs) {
  const Plan plan = plan_of_two_workloads();
  Plan proven = plan;
  proven.variable.reached = MetricCondition{"max_rss", Comparator::more, 1, "max_rss > 1 B"};
  EXPECT_EQ(hypothesis_json(proven), hypothesis_json(plan));
}

TEST(Hypothesis, IsAnotherWithAnotherLevel) {
  const Plan plan = plan_of_two_workloads();
  Plan other = plan;
  other.variable.levels[1].value = EnvironmentLevel{"inotify"};
  EXPECT_NE(hypothesis_json(other), hypothesis_json(plan));
}

TEST(Hypothesis, IsNotRevivedByANewSecret) {
  Plan in_clear = plan_of_two_workloads();  // as 0.1.0 kept it
  in_clear.workloads[0].set = {{"API_TOKEN", "old"}};
  Plan hidden = plan_of_two_workloads();
  hidden.workloads[0].set_hmac = {{"API_TOKEN", std::string(64, 'a')}};
  EXPECT_EQ(hypothesis_json(hidden), hypothesis_json(in_clear));
  EXPECT_EQ(hypothesis_json(hidden).find("old"), std::string::npos);
  EXPECT_NE(hypothesis_json(hidden), hypothesis_json(plan_of_two_workloads()));
}

TEST(Hypothesis, IsAnotherWithAnotherCommand) {
  const Plan plan = plan_of_two_workloads();
  Plan other = plan;
  other.workloads[0].command = {"./deploy", "huge"};
  EXPECT_NE(hypothesis_json(other), hypothesis_json(plan));
}

TEST(Hypothesis, IsAnotherWithAnotherPrimaryMetric) {
  const Plan plan = plan_of_two_workloads();
  Plan other = plan;
  other.metrics[0].role = MetricRole::guard;
  other.metrics[1].role = MetricRole::primary;
  EXPECT_NE(hypothesis_json(other), hypothesis_json(plan));
}

}  // namespace hypothesis_tests
}  // namespace assay::formats
