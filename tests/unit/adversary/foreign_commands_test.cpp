#include "experiments/adversary/foreign_commands.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace assay::adversary {
namespace foreign_commands_tests {

using Texts = std::vector<std::string>;

Plan plan_of(std::vector<Check> checks) {
  Plan plan;
  plan.variable = {.kind = VariableKind::argument,
                   .name = "n",
                   .levels = {{"control", ArgumentLevel{"1"}}, {"treatment", ArgumentLevel{"2"}}}};
  plan.states = {{"warm"}};
  plan.workloads.resize(1);
  plan.workloads[0].command = {"run", "{n}"};
  plan.checks = std::move(checks);
  return plan;
}

TEST(ForeignCommands, AreThoseOfEveryPartOfThePlan) {
  Plan plan = plan_of({});
  plan.variable.source.emplace().build = {"make"};
  plan.workloads[0].hooks = {{"set-up"}, {"prepare"}, {"conclude"}, {"clean-up"}};
  plan.states = {{.name = "cold", .prepare = {"chill"}, .conclude = {"thaw"}, .prove = {"is-cold"}}};
  EXPECT_EQ(foreign_commands(plan),
            (Texts{"build: make", "setup: set-up", "prepare: prepare", "prepare: chill", "prove: is-cold",
                   "trial: run 1", "trial: run 2", "conclude: thaw", "conclude: conclude", "cleanup: clean-up"}));
}

TEST(ForeignCommands, AreThoseOfEveryKindOfCheck) {
  const Plan plan = plan_of({{"a", CommandCheck{{"judge"}}, {}},
                             {"b", SameOutputCheck{.file = "", .normalise = {"filter-output"}}, {}},
                             {"c", TestInventoryCheck{.file = "", .normalise = {"filter-tests"}}, {}},
                             {"d", NoLeaksCheck{.watch = {}, .list = {{"list", "1"}, {"list", "2"}}, .ignore = {}}, {}},
                             {"e", ConditionCheck{{"json:/ok == true"}}, {}},
                             {"f", IsolationCheck{.file = "", .normalise = {"filter-both"}}, {}}});
  const Texts commands = foreign_commands(plan);
  for (const char* const announced :
       {"check: judge", "check (normalise): filter-output", "check (normalise): filter-tests", "check (list): list 1",
        "check (list): list 2", "check (normalise): filter-both"}) {
    EXPECT_EQ(std::count(commands.begin(), commands.end(), announced), 1) << announced;
  }
  EXPECT_EQ(commands.size(), 8U);  // and both trials
}

}  // namespace foreign_commands_tests
}  // namespace assay::adversary
