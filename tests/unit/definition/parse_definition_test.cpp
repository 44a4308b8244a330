#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::experiments {
namespace {

using namespace std::chrono_literals;
using test::parse;
using test::small_experiment;

std::string with_variable(const std::string& lines, const std::string& command) {
  return "[experiment]\nid = \"x\"\nhypothesis = \"y\"\n[variable]\n" + lines +
         "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n[[workload]]\nname = \"w\"\n" + command;
}

TEST(ParseDefinition, ReadsWhatIsAsked) {
  const Definition definition = parse(small_experiment());
  EXPECT_EQ(definition.id, "poll");
  EXPECT_EQ(definition.hypothesis, "Polling is faster");
  EXPECT_EQ(definition.protocol, Protocol{});
  EXPECT_EQ(definition.seed, std::nullopt);
  EXPECT_EQ(definition.simulation, std::nullopt);
}

TEST(ParseDefinition, ReadsAnEnvironmentVariable) {
  const Variable variable = parse(small_experiment()).variable;
  EXPECT_EQ(variable.kind, VariableKind::env);
  EXPECT_EQ(variable.name, "READY_MODE");
  EXPECT_EQ(variable.levels,
            (std::vector<Level>{{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}));
}

TEST(ParseDefinition, UnsetIsTheAbsenceOfAnEnvironmentVariableAndNotItsEmptiness) {
  const std::string lines = "kind = \"env\"\nname = \"X\"\ncontrol = { unset = true }\ntreatment = \"\"\n";
  const Variable variable = parse(with_variable(lines, "command = [\"a\"]")).variable;
  EXPECT_EQ(variable.levels[0].value, LevelValue(EnvironmentLevel{std::nullopt}));
  EXPECT_EQ(variable.levels[1].value, LevelValue(EnvironmentLevel{""}));
}

TEST(ParseDefinition, ReadsAnArgument) {
  const std::string lines = "kind = \"argument\"\nname = \"jobs\"\ncontrol = \"1\"\ntreatment = \"4\"\n";
  const Definition definition = parse(with_variable(lines, "shell = \"make -j{jobs} | tail\""));
  EXPECT_EQ(definition.variable.levels[1].value, LevelValue(ArgumentLevel{"4"}));
  EXPECT_EQ(definition.workloads[0].command, (Argv{"/bin/sh", "-c", "make -j{jobs} | tail"}));
}

TEST(ParseDefinition, ReadsACommandWithAndWithoutShell) {
  const std::string lines =
      "kind = \"command\"\ncontrol = [\"./old\", \"x y\"]\ntreatment = { shell = \"./new < x\" }\n";
  const Definition definition = parse(with_variable(lines, ""));
  EXPECT_EQ(definition.variable.levels[0].value, LevelValue(CommandLevel{{"./old", "x y"}}));
  EXPECT_EQ(definition.variable.levels[1].value, LevelValue(CommandLevel{{"/bin/sh", "-c", "./new < x"}}));
  EXPECT_TRUE(definition.workloads[0].command.empty());
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

TEST(ParseDefinition, ABuiltInMetricBringsItsUnitKindAndDirection) {
  const Definition definition = parse(small_experiment("[[metric]]\nname = \"cpu_utilisation\"\n"));
  Metric expected = *find_built_in_metric("cpu_utilisation");
  expected.role = MetricRole::observed;
  EXPECT_EQ(definition.metrics[1], expected);
  EXPECT_EQ(definition.metrics[0].role, MetricRole::primary);
  EXPECT_EQ(definition.metrics[0].margin, Percent{3});
  EXPECT_FALSE(definition.metrics[0].margin_is_default);
}

TEST(ParseDefinition, ADirectionMayDifferFromTheBuiltInOne) {
  const Definition definition = parse(small_experiment("[[metric]]\nname = \"cpu\"\ndirection = \"higher\"\n"));
  EXPECT_EQ(definition.metrics[1].direction, Direction::higher);
}

TEST(ParseDefinition, ReadsMetricsFromEverySource) {
  const Definition definition = parse(small_experiment(R"(
[[metric]]
name = "rate"
from = "json:/results/0/rate"
unit = "1/s"
direction = "higher"
role = "guard"
margin = "0.5 %"
workloads = ["deploy"]
[[metric]]
name = "delay"
from = 'regex:took: ([-0-9.]+) ms'
unit = "ms"
kind = "difference"
[[metric]]
name = "size"
from = "file-size:out/a:b"
)"));
  Metric rate;
  rate.name = "rate";
  rate.source = JsonSource{"/results/0/rate"};
  rate.unit = "1/s";
  rate.direction = Direction::higher;
  rate.role = MetricRole::guard;
  rate.margin = Percent{0.5};
  rate.workloads = {"deploy"};
  EXPECT_EQ(definition.metrics[1], rate);
  EXPECT_EQ(definition.metrics[2].source, MetricSource(RegexSource{"took: ([-0-9.]+) ms"}));
  EXPECT_EQ(definition.metrics[2].kind, MetricKind::difference);
  EXPECT_EQ(definition.metrics[3].source, MetricSource(FileSizeSource{"out/a:b"}));
  EXPECT_EQ(definition.metrics[3].unit, "B");
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
      "claim = \"suite\"\ndirection = \"better\"\nseed = \"0x2a\"\n" +
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

TEST(ParseDefinition, ReadsTheGoal) {
  std::string text = small_experiment();
  text.insert(text.find("hypothesis"), "goal = \"not-worse\"\n");
  EXPECT_EQ(parse(text).protocol.goal, Goal::not_worse);
}

TEST(ParseDefinition, BlocksIsThatManyAndOneAnalysis) {
  const Protocol protocol = parse(small_experiment("[protocol]\nblocks = 12\n")).protocol;
  EXPECT_TRUE(protocol.fixed);
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

Definition parse_levels(const std::string& variable) {
  return parse("[experiment]\nid = \"jobs\"\nhypothesis = \"More is faster\"\n[variable]\nkind = \"level\"\n" +
               variable +
               "\n[[workload]]\nname = \"make\"\ncommand = [\"make\", \"-j{jobs}\"]\n"
               "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n");
}

TEST(ParseDefinition, LevelsAreValuesOfAnArgumentOrAnEnvironmentVariable) {
  const Variable argument = parse_levels("name = \"jobs\"\nlevels = [1, \"2\", 4]").variable;
  EXPECT_EQ(argument.kind, VariableKind::level);
  EXPECT_EQ(argument.name, "jobs");
  EXPECT_EQ(argument.levels,
            (std::vector<Level>{
                {"jobs=1", ArgumentLevel{"1"}}, {"jobs=2", ArgumentLevel{"2"}}, {"jobs=4", ArgumentLevel{"4"}}}));
  const Variable environment = parse_levels("name = \"JOBS\"\nas = \"env\"\nlevels = [1, 2]").variable;
  EXPECT_EQ(environment.levels[1], (Level{"JOBS=2", EnvironmentLevel{"2"}}));
}

TEST(ParseDefinition, NamedLevelsDoWithoutWhatOnlyOthersSet) {
  const Variable variable =
      parse_levels("levels = [{ name = \"neither\" }, { name = \"both\", set = { A = \"1\", B = \"2\" } }]").variable;
  EXPECT_EQ(variable.levels[0], (Level{"neither", SettingsLevel{{{"A", std::nullopt}, {"B", std::nullopt}}}}));
  EXPECT_EQ(variable.levels[1], (Level{"both", SettingsLevel{{{"A", "1"}, {"B", "2"}}}}));
}

TEST(ParseDefinition, NamedLevelsMayBePatchesOnOneRevision) {
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

TEST(ParseDefinition, APatchMaySayThatItShares) {
  const std::string text =
      "[experiment]\nid = \"p\"\nhypothesis = \"h\"\n[variable]\nkind = \"patch\"\nfile = \"a.patch\"\nshares = true\n"
      "[[workload]]\nname = \"w\"\ncommand = [\"make\"]\n"
      "[[metric]]\nname = \"wall\"\nrole = \"primary\"\nmargin = \"3%\"\n";
  EXPECT_TRUE(parse(text).variable.shares);
}

TEST(ParseDefinition, ReadsFiguresOfSpans) {
  const Definition definition = parse(small_experiment(R"toml(
[[metric]]
name = "tail"
from = "spans:duration(GET (all) of /)"
statistic = "p95"
[[metric]]
name = "at once"
from = "spans:overlap(request)"
)toml"));
  EXPECT_EQ(definition.metrics[1].source, MetricSource(SpanSource{SpanFigure::duration, "GET (all) of /"}));
  EXPECT_EQ(definition.metrics[1].unit, "s");
  EXPECT_EQ(definition.metrics[2].source, MetricSource(SpanSource{SpanFigure::overlap, "request"}));
  EXPECT_EQ(definition.metrics[2].unit, "");
}

TEST(ParseDefinition, WhatReachedIsReadFromBecomesAnObservedMetric) {
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

TEST(ParseDefinition, ARaceOfAFixedNumberOfBlocksIsConfirmedAllTheSame) {
  const Protocol protocol =
      parse_levels("name = \"jobs\"\nlevels = [1, 2]\n[protocol]\nblocks = 30\nconfirm = 20").protocol;
  EXPECT_TRUE(protocol.fixed);
  EXPECT_EQ(protocol.confirm, 20);
}

TEST(ParseDefinition, ReadsWhatMakesOneValueOfMany) {
  const Definition definition =
      parse(small_experiment("[[metric]]\nname = \"tail\"\nfrom = \"json:/latencies\"\nstatistic = \"p99.9\"\n"));
  EXPECT_EQ(definition.metrics[1].statistic, TrialStatistic::p99_9);
}

TEST(ParseDefinition, ReadsThatTheSteadyStateAloneCounts) {
  const Definition definition = parse(
      small_experiment("[[metric]]\nname = \"iteration\"\nfrom = \"json:/seconds\"\nstatistic = \"steady-mean\"\n"));
  EXPECT_EQ(definition.metrics[1].statistic, TrialStatistic::steady_mean);
  EXPECT_TRUE(counts_steady_state(definition.metrics[1]));
  EXPECT_FALSE(counts_steady_state(definition.metrics[0]));
}

TEST(ParseDefinition, AGuardOnAShareMayDoWithoutMargin) {
  const Definition definition = parse(
      small_experiment("[[metric]]\nname = \"ok\"\nfrom = \"json:/ok\"\nkind = \"proportion\"\nrole = \"guard\"\n"));
  EXPECT_EQ(definition.metrics[1].margin, std::nullopt);
}

}  // namespace
}  // namespace assay::experiments
