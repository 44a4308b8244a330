#include "experiments/screen/compare_options.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::screen {
namespace compare_options_tests {

using definition::Definition;
using test::message_of;

Definition definition_of(const Arguments& words) {
  CompareOptions options;
  CommandLine line = compare_command_line(options);
  EXPECT_EQ(line.parse(words), Parsed::ready);
  return definition::comparison_definition(options.comparison);
}

const Argv& argv_of(const Definition& definition, ArmIndex arm) {
  return std::get<CommandLevel>(definition.variable.levels.at(arm).value).argv;
}

TEST(CompareOptions, MakesEachCommandALevel) {
  const Definition definition = definition_of({"sleep 0.5", "sleep '0.4'"});
  EXPECT_EQ(argv_of(definition, 0), (Argv{"sleep", "0.5"}));
  EXPECT_EQ(argv_of(definition, 1), (Argv{"sleep", "0.4"}));
  EXPECT_EQ(definition.variable.levels[0].label, "control");
  EXPECT_EQ(definition.variable.levels[1].label, "treatment");
}

TEST(CompareOptions, HandsCommandsAndHooksToTheShellThatIsAskedFor) {
  const Definition definition = definition_of({"-S", "bash -e", "a | b", "c", "--prepare", "rm -f x; sync"});
  EXPECT_EQ(argv_of(definition, 0), (Argv{"bash", "-e", "-c", "a | b"}));
  EXPECT_EQ(definition.workloads[0].hooks.prepare, (Argv{"bash", "-e", "-c", "rm -f x; sync"}));
}

TEST(CompareOptions, TakesHyperfinesWordsForNoShell) {
  EXPECT_EQ(argv_of(definition_of({"--shell", "none", "a b", "c"}), 0), (Argv{"a", "b"}));
  EXPECT_EQ(argv_of(definition_of({"--shell", "default", "a b", "c"}), 0), (Argv{"sh", "-c", "a b"}));
}

TEST(CompareOptions, HasTheDefaultsOfTheOneTable) {
  const Definition definition = definition_of({"a", "b"});
  EXPECT_EQ(definition.states[0].warmup, 1);
  EXPECT_EQ(definition.protocol.alpha, 0.05);
  EXPECT_EQ(definition.protocol.max_blocks, 200);
  EXPECT_EQ(definition.protocol.max_time, std::chrono::minutes(10));
  EXPECT_EQ(definition.metrics[0].margin, Percent{3});
  EXPECT_TRUE(definition.metrics[0].margin_is_default);
  EXPECT_EQ(definition.workloads[0].timeout, std::chrono::hours(1));
}

TEST(CompareOptions, FixesTheNumberOfBlocks) {
  const Protocol protocol = definition_of({"a", "b", "-r", "25"}).protocol;
  EXPECT_TRUE(looks_once(protocol));
  EXPECT_EQ(protocol.max_blocks, 25);
}

TEST(CompareOptions, HasEachMetricOnce) {
  const Definition definition = definition_of({"a", "b", "--metric", "max_rss", "--guard", "wall=5%"});
  std::vector<std::string> names;
  for (const Metric& metric : definition.metrics) names.push_back(metric.name);
  EXPECT_EQ(names, (std::vector<std::string>{"max_rss", "wall", "user", "system"}));
  EXPECT_EQ(definition.metrics[1].role, MetricRole::guard);
  EXPECT_EQ(definition.metrics[1].margin, Percent{5});
}

TEST(CompareOptions, RefusesAMetricInTwoRoles) {
  EXPECT_EQ(message_of([] {
              (void)definition_of({"a", "b", "--guard", "wall=5%"});
            }),
            "wall is asked for twice; each metric has one role");
}

TEST(CompareOptions, RefusesALookBeyondTheCap) {
  EXPECT_NE(message_of([] { (void)definition_of({"a", "b", "-m", "20", "-M", "10"}); }), "");
}

TEST(CompareOptions, StrictSetsBothErrorRates) {
  const Protocol protocol = definition_of({"a", "b", "--strict"}).protocol;
  EXPECT_EQ(protocol.alpha, 0.01);
  EXPECT_EQ(protocol.alpha_equivalence, 0.01);
  EXPECT_EQ(message_of([] {
              (void)definition_of({"a", "b", "--strict", "--alpha", "0.1"});
            }),
            "--strict sets --alpha and --alpha-eq to 0.01: leave either out");
}

TEST(CompareOptions, DeclaresADirectionAndAGoal) {
  EXPECT_EQ(definition_of({"a", "b", "--one-sided", "faster"}).protocol.sidedness, Sidedness::expect_better);
  EXPECT_EQ(definition_of({"a", "b", "--one-sided", "slower"}).protocol.sidedness, Sidedness::expect_worse);
  EXPECT_EQ(definition_of({"a", "b", "--goal", "not-worse"}).protocol.goal, Goal::not_worse);
}

TEST(CompareOptions, AnytimeNeedsNoCapAndTakesOne) {
  EXPECT_EQ(definition_of({"a", "b", "--anytime"}).protocol.max_blocks, kNoCap);
  EXPECT_EQ(definition_of({"a", "b", "--anytime", "-M", "50"}).protocol.max_blocks, 50);
  EXPECT_NE(message_of([] { (void)definition_of({"a", "b", "--anytime", "-r", "20"}); }), "");
}

TEST(CompareOptions, CostlyCountsTrialsOfEachArm) {
  const Protocol by_default = definition_of({"a", "b", "--design", "costly"}).protocol;
  EXPECT_TRUE(looks_once(by_default));
  EXPECT_EQ(by_default.max_blocks, 6);
  const Protocol two_looks = definition_of({"a", "b", "--design", "costly", "-m", "5", "-M", "10"}).protocol;
  EXPECT_FALSE(looks_once(two_looks));
  EXPECT_EQ(two_looks.min_blocks, 5);
  EXPECT_EQ(two_looks.max_blocks, 10);
  EXPECT_EQ(message_of([] {
              (void)definition_of({"a", "b", "--design", "costly", "-M", "12"});
            }),
            "--max-blocks: 12 trials of each arm: the design costly takes 2 to 10");
}

TEST(CompareOptions, RefusesFewBlocksOfAnotherDesign) {
  EXPECT_EQ(message_of([] {
              (void)definition_of({"a", "b", "-M", "5"});
            }),
            "--max-blocks 5: expected 6 or more: fewer blocks show nothing at 5 %");
}

TEST(WithJoinedParameters, MakesOneWordOfThemAndLeavesTheRest) {
  EXPECT_EQ(with_joined_parameters({"-P", "n", "1", "8", "x {n}"}), (Arguments{"-P", "n 1 8", "x {n}"}));
  EXPECT_EQ(with_joined_parameters({"-L", "n 1,2", "x"}), (Arguments{"-L", "n 1,2", "x"}));
  EXPECT_EQ(with_joined_parameters({"--", "-P", "n"}), (Arguments{"--", "-P", "n"}));
  EXPECT_EQ(with_joined_parameters({"-Pn", "1", "8"}), (Arguments{"-P", "n 1 8"}));
  EXPECT_EQ(with_joined_parameters({"-iNL", "n", "1,2"}), (Arguments{"-iNL", "n 1,2"}));
  EXPECT_EQ(with_joined_parameters({"--parameter-scan=n", "1", "8"}), (Arguments{"--parameter-scan", "n 1 8"}));
  EXPECT_EQ(with_joined_parameters({"-", "-P"}), (Arguments{"-", "-P"}));
  EXPECT_THROW(static_cast<void>(with_joined_parameters({"-P", "n", "1"})), Error);
}

}  // namespace compare_options_tests
}  // namespace assay::screen
