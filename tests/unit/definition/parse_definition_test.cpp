#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace parse_definition_tests {

using namespace std::chrono_literals;
using test::parse;
using test::small_experiment;

TEST(ParseDefinition, ReadsWhatIsAsked) {
  const Definition definition = parse(small_experiment());
  EXPECT_EQ(definition.id, "poll");
  EXPECT_EQ(definition.hypothesis, "Polling is faster");
  EXPECT_EQ(definition.protocol, Protocol{});
  EXPECT_EQ(definition.seed, std::nullopt);
  EXPECT_EQ(definition.simulation, std::nullopt);
}

TEST(ParseDefinition, AWorkloadWithNothingButACommandHasCoresDefaults) {
  Workload expected;
  expected.name = "deploy";
  expected.command = {"./deploy.sh"};
  EXPECT_EQ(parse(small_experiment()).workloads, std::vector{expected});
}

TEST(ParseDefinition, ReadsEveryKeyOfAWorkload) {
  const Workload workload = parse(small_experiment(R"(
setup = ["./setup.sh"]
prepare = { shell = "sync; ./prepare.sh" }
conclude = ["./conclude.sh"]
cleanup = ["./cleanup.sh", "--all"]
timeout = "1h30min"
grace = "250 ms"
working_directory = "service"
input = "in.txt"
output = "out.txt"
success_codes = [0, 3]
environment = "clean"
pass = ["JAVA_HOME"]
set = { LC_ALL = "C", EMPTY = "" }
results = "results.json"
inputs = ["data/**"]
weight = { cpu = 1.5, memory = "1GiB" }
limits = { cpus = [0, 2], nice = -5, memory = "2 GB", open_files = 64 }
)"))
                                .workloads.at(0);
  Workload expected;
  expected.name = "deploy";
  expected.command = {"./deploy.sh"};
  expected.hooks = {
      {"./setup.sh"}, {"/bin/sh", "-c", "sync; ./prepare.sh"}, {"./conclude.sh"}, {"./cleanup.sh", "--all"}};
  expected.timeout = 90min;
  expected.grace = 250ms;
  expected.working_directory = "service";
  expected.standard_input = "in.txt";
  expected.standard_output = OutputTarget::file;
  expected.output_file = "out.txt";
  expected.success_codes = {0, 3};
  expected.environment = EnvironmentPolicy::clean;
  expected.pass = {"JAVA_HOME"};
  expected.set = {{"LC_ALL", "C"}, {"EMPTY", ""}};
  expected.results = "results.json";
  expected.inputs = {"data/**"};
  expected.weight = {{"cpu", "1.5"}, {"memory", "1GiB"}};
  expected.limits = {{0, 2}, -5, Bytes{2'000'000'000}, 64};
  EXPECT_EQ(workload, expected);
}

TEST(ParseDefinition, AnyExitCodeIsAnEmptyList) {
  EXPECT_TRUE(parse(small_experiment("success_codes = \"any\"")).workloads[0].success_codes.empty());
}

TEST(ParseDefinition, StatesAreThoseThatWorkloadsNameInThatOrder) {
  const Definition definition =
      parse(small_experiment("states = [\"warm\", \"fresh\"]\n[state.fresh]\nwarmup = 0\n[state.warm]\nwarmup = 3\n"));
  EXPECT_EQ(definition.states, (std::vector<State>{{"warm", 3}, {"fresh", 0}}));
}

TEST(ParseDefinition, WarmNeedsNoDeclaration) {
  EXPECT_EQ(parse(small_experiment()).states, (std::vector<State>{{"warm", 1}}));
}

TEST(ParseDefinition, ReadsChecks) {
  const Definition definition = parse(small_experiment(R"(
[[check]]
name = "page"
kind = "same-output"
file = "index.html"
workloads = ["deploy"]
[[check]]
name = "output"
kind = "same-output"
[[check]]
name = "alive"
kind = "command"
command = { shell = "curl -s localhost | grep ok" }
)"));
  const std::vector<Check> expected = {{"page", SameOutputCheck{"index.html"}, {"deploy"}},
                                       {"output", SameOutputCheck{""}, {}},
                                       {"alive", CommandCheck{{"/bin/sh", "-c", "curl -s localhost | grep ok"}}, {}}};
  EXPECT_EQ(definition.checks, expected);
}

TEST(ParseDefinition, ReadsChecksOfTestsLeaksConditionsAndIsolation) {
  const Definition definition = parse(small_experiment(R"(
[[check]]
name = "page"
kind = "same-output"
normalise = ["sed", "s/[0-9]//g"]
[[check]]
name = "tests"
kind = "test-inventory"
tap = "-"
[[check]]
name = "left"
kind = "no-leaks"
watch = ["/srv"]
list = [["docker", "ps", "-q"], { shell = "ls | wc -l" }]
ignore = ["*.log"]
[[check]]
name = "ok"
kind = "condition"
require = "json:/ok == true"
[[check]]
name = "alone"
kind = "isolation"
file = "out"
)"));
  const std::vector<Check> expected = {
      {"page", SameOutputCheck{"", {"sed", "s/[0-9]//g"}}, {}},
      {"tests", TestInventoryCheck{ReportFormat::tap, ""}, {}},
      {"left", NoLeaksCheck{{"/srv"}, {{"docker", "ps", "-q"}, {"/bin/sh", "-c", "ls | wc -l"}}, {"*.log"}}, {}},
      {"ok", ConditionCheck{{"json:/ok == true"}}, {}},
      {"alone", IsolationCheck{"out", {}}, {}}};
  EXPECT_EQ(definition.checks, expected);
}

TEST(ParseDefinition, ReadsAStateWithItsProofs) {
  std::string text = small_experiment(R"(
[state.cold]
warmup = 0
evict = ["data/**"]
reads = "20%"
prepare = ["./reset"]
conclude = ["./clear"]
prove = { command = ["./no-images"] }
)");
  text.replace(text.find("[[workload]]\n"), 13, "[[workload]]\nstates = [\"cold\"]\n");
  State expected{"cold", 0};
  expected.evict = {"data/**"};
  expected.reads = Percent{20};
  expected.prepare = {"./reset"};
  expected.conclude = {"./clear"};
  expected.prove = {"./no-images"};
  EXPECT_EQ(parse(text).states, std::vector<State>{expected});
}

TEST(ParseDefinition, ReadsTheProtocol) {
  const Definition definition = parse(
      "[protocol]\nalpha = 0.01\nalpha_eq = 0.02\npower = 0.8\nkappa = 1\n"
      "min_blocks = 10\nmax_blocks = 30\nmax_time = \"10 min\"\nattempts = 1\n"
      "cells = \"suite\"\ndirection = \"better\"\nseed = \"0x2a\"\n" +
      small_experiment());
  Protocol expected;
  expected.alpha = 0.01;
  expected.alpha_equivalence = 0.02;
  expected.power = 0.8;
  expected.kappa = 1;
  expected.min_blocks = 10;
  expected.max_blocks = 30;
  expected.max_time = 10min;
  expected.attempts = 1;
  expected.claim = ClaimRule::suite;
  expected.sidedness = Sidedness::expect_better;
  EXPECT_EQ(definition.protocol, expected);
  EXPECT_EQ(definition.seed, Seed(42));
}

TEST(ParseDefinition, ReadsTheOldSpellingOfCells) {
  for (const std::string rule : {"any", "all", "suite"}) {
    const Definition now = parse("[protocol]\ncells = \"" + rule + "\"\n" + small_experiment());
    const Definition old = parse("[protocol]\nclaim = \"" + rule + "\"\n" + small_experiment());
    EXPECT_EQ(to_string(now.protocol.claim), rule);
    EXPECT_EQ(now.protocol, old.protocol);
    EXPECT_TRUE(now.states_claim && old.states_claim);
  }
  EXPECT_FALSE(parse(small_experiment()).states_claim);
}

TEST(ParseDefinition, ReadsTheGoal) {
  std::string text = small_experiment();
  text.insert(text.find("hypothesis"), "goal = \"not-worse\"\n");
  EXPECT_EQ(parse(text).protocol.goal, Goal::not_worse);
}

TEST(ParseDefinition, BlocksIsThatManyAndOneAnalysis) {
  const Protocol protocol = parse(small_experiment("[protocol]\nblocks = 12\n")).protocol;
  EXPECT_TRUE(looks_once(protocol));
  EXPECT_EQ(protocol.max_blocks, 12);
}

TEST(ParseDefinition, ACapBelowTheUsualOneNeedsNoFirstLook) {
  EXPECT_EQ(parse(small_experiment("[protocol]\nmax_blocks = 6\n")).protocol.max_blocks, 6);
}

TEST(ParseDefinition, ReadsASeedOf64Bits) {
  EXPECT_EQ(parse(small_experiment("[protocol]\nseed = \"18446744073709551615\"\n")).seed, Seed(18446744073709551615U));
  EXPECT_EQ(parse(small_experiment("[protocol]\nseed = \"auto\"\n")).seed, std::nullopt);
  EXPECT_EQ(parse(small_experiment("[protocol]\nseed = 7\n")).seed, Seed(7));
}

TEST(ParseDefinition, ReadsASimulation) {
  const Definition definition = parse(small_experiment(
      "[simulated]\nbaseline = \"20 ms\"\nshift = \"-5%\"\nnoise = \"2%\"\npace = \"1 ms\"\nfailure_rate = 0.25\n"));
  EXPECT_EQ(definition.simulation, (Simulation{0.02, Percent{-5}, Percent{2}, 1ms, 0.25, {}}));
}

TEST(ParseDefinition, JsonIsTheSameDocument) {
  const Definition definition = parse_definition({"small.json", test::source_file("tests/unit/definition/small.json")});
  const Definition expected = parse(R"(
[experiment]
id = "poll"
hypothesis = "Polling is faster"
[variable]
kind = "env"
name = "READY_MODE"
control = { unset = true }
treatment = "poll"
[[workload]]
name = "deploy"
command = ["./deploy.sh", "site"]
prepare = { shell = "rm -rf out && mkdir out" }
timeout = "2 min"
success_codes = "any"
set = { LC_ALL = "C" }
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[[metric]]
name = "rate"
from = "json:/results/0/rate"
unit = "1/s"
direction = "higher"
[[check]]
name = "same page"
kind = "same-output"
file = "out/index.html"
[protocol]
alpha = 0.01
blocks = 20
seed = "18446744073709551615"
)");
  EXPECT_EQ(definition, expected);
}

}  // namespace parse_definition_tests
}  // namespace assay::definition
