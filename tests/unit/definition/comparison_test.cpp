#include "experiments/definition/options/comparison.hpp"

#include <gtest/gtest.h>

#include "experiments/definition/options/check_option.hpp"
#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace comparison_tests {

using test::message_of;

ComparisonOptions of_commands(std::vector<std::string> commands) {
  ComparisonOptions options;
  options.commands = std::move(commands);
  return options;
}

std::string error_of(const ComparisonOptions& options) {
  return message_of([&] { static_cast<void>(comparison_definition(options)); });
}

TEST(Comparison, NeedsNoCommandLine) {
  const Definition definition = comparison_definition(of_commands({"sort a", "sort -u a"}));
  EXPECT_EQ(definition.hypothesis, "`sort -u a` is better than `sort a`");
  ASSERT_EQ(definition.variable.levels.size(), 2);
  EXPECT_EQ(std::get<CommandLevel>(definition.variable.levels[1].value).argv, (Argv{"sort", "-u", "a"}));
  EXPECT_EQ(definition.metrics.front().margin, kDefaultMargin);
}

TEST(Comparison, TheReferenceIsControlAndKeepsTheNamesOfTheCommands) {
  ComparisonOptions options = of_commands({"b", "c"});
  options.reference = "a";
  options.names = {"second", "third"};
  const Definition definition = comparison_definition(options);
  ASSERT_EQ(definition.variable.levels.size(), 3);
  EXPECT_EQ(definition.variable.levels[0].label, "a");
  EXPECT_EQ(definition.variable.levels[2].label, "third");
}

TEST(Comparison, AHookThatHoldsAParameterIsRefusedByItsName) {
  ComparisonOptions options = of_commands({"make -j {n}"});
  options.lists = {"n 1,2"};
  options.prepare = "touch {n}";
  const std::string error = error_of(options);
  EXPECT_TRUE(error.starts_with(R"(--prepare "touch {n}" holds a parameter)")) << error;
}

TEST(Comparison, OptionsOfRevisionsMeanNothingWithoutThem) {
  ComparisonOptions options = of_commands({"a", "b"});
  options.build = "make";
  EXPECT_EQ(error_of(options), "--build, --builds, --repository, --checkout and --harness mean nothing without --rev");
}

TEST(Comparison, OneCommandIsSingleUnlessParametersMakeSeveralOfIt) {
  ComparisonOptions options = of_commands({"make"});
  EXPECT_TRUE(is_single(options));
  options.scans = {"n 1 8"};
  EXPECT_FALSE(is_single(options));
  EXPECT_FALSE(is_single(of_commands({"a", "b"})));
}

TEST(Comparison, ASingleCommandIsHeldAgainstItselfInTenBlocks) {
  ComparisonOptions options = of_commands({"make"});
  pair_with_itself(options);
  EXPECT_EQ(options.commands, (std::vector<std::string>{"make", "make"}));
  EXPECT_EQ(options.runs, 10);
}

TEST(Comparison, ASingleCommandKeepsTheBlocksThatWereAskedFor) {
  ComparisonOptions options = of_commands({"make"});
  options.protocol.cap_given = true;
  pair_with_itself(options);
  EXPECT_FALSE(options.runs.has_value());
}

TEST(CheckOption, IsNamedByItsText) {
  const Check check = read_check_option("condition=json:/ok == true");
  EXPECT_EQ(check.name, "condition=json:/ok == true");
  EXPECT_EQ(std::get<ConditionCheck>(check.kind).require, (std::vector<std::string>{"json:/ok == true"}));
}

TEST(CheckOption, RefusesAValueTooManyOrTooFew) {
  EXPECT_EQ(message_of([] { static_cast<void>(read_check_option("no-leaks=x")); }),
            "\"no-leaks=x\": no-leaks takes no value");
  EXPECT_EQ(message_of([] { static_cast<void>(read_check_option("command")); }),
            "\"command\" has no value: expected command=COMMAND");
  EXPECT_NE(message_of([] { static_cast<void>(read_check_option("no-leak")); }).find("did you mean \"no-leaks\"?"),
            std::string::npos);
}

}  // namespace comparison_tests
}  // namespace assay::definition
