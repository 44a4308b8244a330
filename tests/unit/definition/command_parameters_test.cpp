#include "experiments/definition/options/command_parameters.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"

namespace assay::definition {
namespace command_parameters_tests {

using Values = std::vector<std::string>;

TEST(ParameterList, SplitsAtCommasThatAreNotEscaped) {
  EXPECT_EQ(parameter_list("size 1,2"), (CommandParameter{"size", {"1", "2"}}));
  EXPECT_EQ(parameter_list("size a b,c").values, (Values{"a b", "c"}));
  EXPECT_EQ(parameter_list("size 1\\,5,2").values, (Values{"1,5", "2"}));
  EXPECT_EQ(parameter_list("size ,x").values, (Values{"", "x"}));
  EXPECT_THROW(static_cast<void>(parameter_list("size")), Error);
  EXPECT_THROW(static_cast<void>(parameter_list("{size} 1,2")), Error);
}

TEST(ParameterScan, IsExactInDecimals) {
  EXPECT_EQ(parameter_scan("n 1 3", "").values, (Values{"1", "2", "3"}));
  EXPECT_EQ(parameter_scan("n 0.1 0.3", "0.1").values, (Values{"0.1", "0.2", "0.3"}));
  EXPECT_EQ(parameter_scan("n 1 4", "2").values, (Values{"1", "3"}));
}

TEST(ParameterScan, WritesDecimalsAsHyperfineDoes) {
  // Each of these was asked of hyperfine 1.15.
  EXPECT_EQ(parameter_scan("n 1 2", "0.5").values, (Values{"1", "1.5", "2.0"}));
  EXPECT_EQ(parameter_scan("n 1 2.00", "0.5").values, (Values{"1", "1.5", "2.0"}));
  EXPECT_EQ(parameter_scan("n 1.00 2", "1").values, (Values{"1.00", "2.00"}));
  EXPECT_EQ(parameter_scan("n -1 1", "0.50").values, (Values{"-1", "-0.50", "0.00", "0.50", "1.00"}));
  EXPECT_EQ(parameter_scan("n -1.00 1", "0.5").values, (Values{"-1.00", "-0.50", "0.00", "0.5", "1.0"}));
  EXPECT_EQ(parameter_scan("n 0.1 0.3", "0.10").values, (Values{"0.1", "0.20", "0.30"}));
}

TEST(ParameterScan, NeedsAStepIfItHasDecimals) {
  EXPECT_THROW(static_cast<void>(parameter_scan("n 1.5 3", "")), Error);
  EXPECT_EQ(parameter_scan("n 1.5 3", "1").values, (Values{"1.5", "2.5"}));
}

TEST(ParameterScan, RefusesWhatIsNoScan) {
  for (const char* const text : {"n 1", "n 1 2 3", "n x 2", "n 1 1", "n 2 1", "n 1 1e3", "n 1. 2", "n 1 99999999999"}) {
    EXPECT_THROW(static_cast<void>(parameter_scan(text, "")), Error) << text;
  }
  EXPECT_THROW(static_cast<void>(parameter_scan("n 1 5", "-1")), Error);
}

TEST(WithParameters, PutsEveryCombinationInEveryCommand) {
  const auto made = with_parameters({"a {x}", "b {x}{y}"}, {}, {{"x", {"1", "2"}}, {"y", {"3"}}});
  ASSERT_EQ(made.size(), 4U);
  EXPECT_EQ(made[1].command, "b 13");
  EXPECT_EQ(made[2].command, "a 2");
  EXPECT_EQ(made[2].label, "a {x}, x=2, y=3");
}

TEST(WithParameters, ChangesTheCommandFirstAndThenTheFirstParameter) {
  const auto made = with_parameters({"a {x} {y}", "b {x} {y}"}, {}, {{"x", {"1", "2"}}, {"y", {"3", "4"}}});
  Values commands;
  for (const ParameterisedCommand& one : made) commands.push_back(one.command);
  EXPECT_EQ(commands, (Values{"a 1 3", "b 1 3", "a 2 3", "b 2 3", "a 1 4", "b 1 4", "a 2 4", "b 2 4"}))
      << "as hyperfine does, so that the names of all combinations fit";
}

TEST(WithParameters, DoesNotFillInWhatAValueHolds) {
  const auto made = with_parameters({"{x} {y}"}, {}, {{"x", {"{x}", "2"}}, {"y", {"3", "4"}}});
  EXPECT_EQ(made.front().command, "{x} 3");
}

TEST(WithParameters, KeepsWhatWasWrittenAndTheValues) {
  const auto made = with_parameters({"a {x}"}, {}, {{"x", {"1", "2"}}});
  EXPECT_EQ(made[1].written, "a {x}");
  EXPECT_EQ(made[1].values, (std::map<std::string, std::string>{{"x", "2"}}));
}

TEST(ValuesOfParameters, FillInNamesAndAreListedIfTheNameHasNoPlaceForThem) {
  const std::map<std::string, std::string> values = {{"t", "1"}, {"u", "2"}};
  EXPECT_EQ(with_values("x{t}{t}", values), "x11");
  EXPECT_EQ(values_without_place("x{t}", values), " (u = 2)");
  EXPECT_EQ(values_without_place("x", values), " (t = 1, u = 2)");
  EXPECT_EQ(values_without_place("{u}{t}", values), "");
}

}  // namespace command_parameters_tests
}  // namespace assay::definition
