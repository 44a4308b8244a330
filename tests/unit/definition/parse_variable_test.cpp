#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace parse_variable_tests {

using test::parse;
using test::small_experiment;

std::string with_variable(const std::string& lines, const std::string& command) {
  return "[experiment]\nid = \"x\"\nhypothesis = \"y\"\n[variable]\n" + lines +
         "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n[[workload]]\nname = \"w\"\n" + command;
}

TEST(ParseVariable, ReadsAnEnvironmentVariable) {
  const Variable variable = parse(small_experiment()).variable;
  EXPECT_EQ(variable.kind, VariableKind::env);
  EXPECT_EQ(variable.name, "READY_MODE");
  EXPECT_EQ(variable.levels,
            (std::vector<Level>{{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}));
}

TEST(ParseVariable, UnsetIsTheAbsenceOfAnEnvironmentVariableAndNotItsEmptiness) {
  const std::string lines = "kind = \"env\"\nname = \"X\"\ncontrol = { unset = true }\ntreatment = \"\"\n";
  const Variable variable = parse(with_variable(lines, "command = [\"a\"]")).variable;
  EXPECT_EQ(variable.levels[0].value, LevelValue(EnvironmentLevel{std::nullopt}));
  EXPECT_EQ(variable.levels[1].value, LevelValue(EnvironmentLevel{""}));
}

TEST(ParseVariable, ReadsAnArgument) {
  const std::string lines = "kind = \"argument\"\nname = \"jobs\"\ncontrol = \"1\"\ntreatment = \"4\"\n";
  const Definition definition = parse(with_variable(lines, "shell = \"make -j{jobs} | tail\""));
  EXPECT_EQ(definition.variable.levels[1].value, LevelValue(ArgumentLevel{"4"}));
  EXPECT_EQ(definition.workloads[0].command, (Argv{"/bin/sh", "-c", "make -j{jobs} | tail"}));
}

TEST(ParseVariable, ReadsACommandWithAndWithoutShell) {
  const std::string lines =
      "kind = \"command\"\ncontrol = [\"./old\", \"x y\"]\ntreatment = { shell = \"./new < x\" }\n";
  const Definition definition = parse(with_variable(lines, ""));
  EXPECT_EQ(definition.variable.levels[0].value, LevelValue(CommandLevel{{"./old", "x y"}}));
  EXPECT_EQ(definition.variable.levels[1].value, LevelValue(CommandLevel{{"/bin/sh", "-c", "./new < x"}}));
  EXPECT_TRUE(definition.workloads[0].command.empty());
}

Definition parse_levels(const std::string& variable) {
  return parse("[experiment]\nid = \"jobs\"\nhypothesis = \"More is faster\"\n[variable]\nkind = \"level\"\n" +
               variable +
               "\n[[workload]]\nname = \"make\"\ncommand = [\"make\", \"-j{jobs}\"]\n"
               "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n");
}

TEST(ParseVariable, LevelsAreValuesOfAnArgumentOrAnEnvironmentVariable) {
  const Variable argument = parse_levels("name = \"jobs\"\nlevels = [1, \"2\", 4]").variable;
  EXPECT_EQ(argument.kind, VariableKind::level);
  EXPECT_EQ(argument.name, "jobs");
  EXPECT_EQ(argument.levels,
            (std::vector<Level>{
                {"jobs=1", ArgumentLevel{"1"}}, {"jobs=2", ArgumentLevel{"2"}}, {"jobs=4", ArgumentLevel{"4"}}}));
  const Variable environment = parse_levels("name = \"JOBS\"\nas = \"env\"\nlevels = [1, 2]").variable;
  EXPECT_EQ(environment.levels[1], (Level{"JOBS=2", EnvironmentLevel{"2"}}));
}

TEST(ParseVariable, NamedLevelsDoWithoutWhatOnlyOthersSet) {
  const Variable variable =
      parse_levels("levels = [{ name = \"neither\" }, { name = \"both\", set = { A = \"1\", B = \"2\" } }]").variable;
  EXPECT_EQ(variable.levels[0], (Level{"neither", SettingsLevel{{{"A", std::nullopt}, {"B", std::nullopt}}}}));
  EXPECT_EQ(variable.levels[1], (Level{"both", SettingsLevel{{{"A", "1"}, {"B", "2"}}}}));
}

TEST(ParseVariable, NamedLevelsMayBePatchesOnOneRevision) {
  const Variable variable = parse_levels(
                                "revision = \"main\"\nbuild = [\"make\"]\n"
                                "levels = [{ name = \"neither\" }, { name = \"pool\", patch = \"pool.patch\" }, "
                                "{ name = \"both\", patch = [\"pool.patch\", \"cache.patch\"] }]")
                                .variable;
  EXPECT_EQ(variable.levels[0], (Level{"neither", SourceLevel{.revision = "main"}}));
  EXPECT_EQ(variable.levels[1], (Level{"pool", SourceLevel{.revision = "main", .patches = {{"pool.patch"}}}}));
  EXPECT_EQ(variable.levels[2],
            (Level{"both", SourceLevel{.revision = "main", .patches = {{"pool.patch"}, {"cache.patch"}}}}));
  EXPECT_EQ(variable.source->build, (Argv{"make"}));
}

TEST(ParseVariable, APatchMaySayThatItShares) {
  const std::string text =
      "[experiment]\nid = \"p\"\nhypothesis = \"h\"\n[variable]\nkind = \"patch\"\nfile = \"a.patch\"\nshares = true\n"
      "[[workload]]\nname = \"w\"\ncommand = [\"make\"]\n"
      "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n";
  EXPECT_TRUE(parse(text).variable.shares);
}

TEST(ParseVariable, WhatReachedIsReadFromBecomesAnObservedMetric) {
  const std::string file = small_experiment("");
  const std::size_t end = file.find("[[metric]]");
  const Definition definition =
      parse(file.substr(0, end) + "reached = \"spans:overlap(request) >= 2\"\n" + file.substr(end));
  ASSERT_EQ(definition.metrics.size(), 2U);
  EXPECT_EQ(definition.metrics[1].name, "spans:overlap(request)");
  EXPECT_EQ(definition.metrics[1].role, MetricRole::observed);
  EXPECT_EQ(definition.metrics[1].kind, MetricKind::difference);
  EXPECT_EQ(definition.variable.reached,
            (MetricCondition{"spans:overlap(request)", Comparator::at_least, 2, "spans:overlap(request) >= 2"}));
}

TEST(ParseVariable, ARaceOfAFixedNumberOfBlocksIsConfirmedAllTheSame) {
  const Protocol protocol =
      parse_levels("name = \"jobs\"\nlevels = [1, 2]\n[protocol]\nblocks = 30\nconfirm = 20").protocol;
  EXPECT_TRUE(looks_once(protocol));
  EXPECT_EQ(protocol.confirm, 20);
}

}  // namespace parse_variable_tests
}  // namespace assay::definition
