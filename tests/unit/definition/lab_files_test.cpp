#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/definition/lab/environment_rules.hpp"
#include "experiments/definition/lab/gate_policy.hpp"

// The files of a lab that people write: the policy of a gate, and how environments are recognised.
namespace assay::definition {
namespace lab_files_tests {

using testing::HasSubstr;

template <class Read>
std::string mistake_of(const Read& read) {
  try {
    (void)read();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string policy_mistake(const std::string& text) {
  return mistake_of([&text] { return parse_gate_policy({"gate.toml", text}); });
}

std::string rules_mistake(const std::string& text) {
  return mistake_of([&text] { return parse_environment_rules({"environments.toml", text}); });
}

TEST(GatePolicy, OfAnEmptyFileIsTheDefault) {
  EXPECT_EQ(parse_gate_policy({"gate.toml", ""}), GatePolicy{});
  EXPECT_EQ(GatePolicy{}.alert, Percent{10});
  EXPECT_TRUE(fails(GatePolicy{}, GateOutcome::inconclusive));
}

TEST(GatePolicy, IsReadAsWritten) {
  const GatePolicy policy = parse_gate_policy(
      {"gate.toml", "experiments = [\"a/*.toml\"]\nalert = \"5%\"\nfail_on = [\"no-base\"]\njudges = [\"a/**\"]\n"});
  EXPECT_EQ(policy.experiments, std::vector<std::string>{"a/*.toml"});
  EXPECT_EQ(policy.judges, std::vector<std::string>{"a/**"});
  EXPECT_EQ(policy.alert, Percent{5});
  EXPECT_EQ(policy.fail_on, std::set<GateOutcome>{GateOutcome::no_base});
}

TEST(GatePolicy, NamesThePlaceOfAMistake) {
  EXPECT_THAT(policy_mistake("alert = 10\n"), HasSubstr("gate.toml:1:"));
  EXPECT_THAT(policy_mistake("alert = \"0%\"\n"), HasSubstr("expected more than 0%"));
  EXPECT_THAT(policy_mistake("\nfail_on = [\"regresed\"]\n"), HasSubstr("gate.toml:2:"));
  EXPECT_THAT(policy_mistake("fail_on = [\"passed\"]\n"), HasSubstr("cannot fail on"));
  EXPECT_THAT(policy_mistake("allert = \"10%\"\n"), HasSubstr("alert"));
}

TEST(EnvironmentRules, AreReadInTheirOrder) {
  const auto rules = parse_environment_rules(
      {"environments.toml",
       "[[environment]]\nname = \"ci\"\nvariables = { CI = \"true\" }\n[[environment]]\nname = \"big\"\n"
       "hostname = \"perf-*\"\ncpu_model = \"AMD*\"\nimage = \"debian-12\"\n"});
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0], (EnvironmentRule{.name = "ci", .variables = {{"CI", "true"}}}));
  EXPECT_EQ(rules[1],
            (EnvironmentRule{.name = "big", .hostname = "perf-*", .cpu_model = "AMD*", .image = "debian-12"}));
}

TEST(EnvironmentRules, StateTheBudgetOfTheirMachines) {
  const auto rules = parse_environment_rules(
      {"environments.toml", "[[environment]]\nname = \"ci\"\nbudget = { memory = \"1 MB\", cpus = 1.5 }\n"});
  EXPECT_EQ(rules[0].budget, (Budget{.memory = Bytes{1'000'000}, .cpus = 1.5}));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"ci\"\nbudget = {}\n"), HasSubstr("it limits nothing"));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"ci\"\nbudget = { cpus = 0 }\n"), HasSubstr("above 0"));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"ci\"\nbudget = { memroy = \"1 MB\" }\n"), HasSubstr("memory"));
}

TEST(EnvironmentRules, NameThePlaceOfAMistake) {
  EXPECT_THAT(rules_mistake("[[environment]]\nhostname = \"a\"\n"), HasSubstr("missing key \"name\""));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"a b\"\n"), HasSubstr("environments.toml:2:"));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"a\"\n[[environment]]\nname = \"a\"\n"),
              HasSubstr("another environment has this name"));
  EXPECT_THAT(rules_mistake("[[environment]]\nname = \"a\"\nhost = \"b\"\n"), HasSubstr("unknown key"));
}

TEST(NameOfAnEnvironment, HasPlainLettersOnly) {
  EXPECT_TRUE(is_name_of_environment("ci-large_2.x"));
  EXPECT_FALSE(is_name_of_environment(""));
  EXPECT_FALSE(is_name_of_environment("c\xC3\xAF"));
  EXPECT_FALSE(is_name_of_environment(std::string(65, 'a')));
}

}  // namespace lab_files_tests
}  // namespace assay::definition
