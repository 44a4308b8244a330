#include "tests/unit/formats/golden_values.hpp"

#include "tests/unit/formats/entry_samples.hpp"

namespace assay::test {
namespace {

const std::string kSha(64, 'c');

Metric wall() {
  Metric metric = *find_built_in_metric("wall");
  metric.role = MetricRole::primary;
  metric.margin = Percent{3};
  return metric;
}

Plan small_plan() {
  Plan plan;
  plan.id = "sort-locale";
  plan.hypothesis = "LC_ALL=C makes sort faster";
  plan.variable = {
      VariableKind::env, "LC_ALL", {{"control", EnvironmentLevel{}}, {"treatment", EnvironmentLevel{"C"}}}};
  plan.states = {{"warm", 1}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "sort";
  plan.workloads[0].command = {"sort", "words.txt"};
  plan.metrics = {wall()};
  plan.folder = "/srv/lab";
  plan.environment = {{"PATH", "/usr/bin:/bin"}};
  plan.seed = Seed(1234);
  return plan;
}

Workload full_workload() {
  Workload workload;
  workload.name = "site \"ü\"";
  workload.command = {"./deploy.sh", "{jobs}"};
  workload.hooks = {{"setup"}, {"prepare", "1"}, {"conclude"}, {"cleanup", ""}};
  workload.working_directory = "work";
  workload.standard_input = "input.txt";
  workload.standard_output = OutputTarget::file;
  workload.output_file = "out.txt";
  workload.timeout = std::chrono::seconds(90);
  workload.grace = std::chrono::milliseconds(1500);
  workload.success_codes = {0, 3};
  workload.environment = EnvironmentPolicy::clean;
  workload.pass = {"HOME", "DISPLAY"};
  workload.set = {{"MODE", "fast"}, {"EMPTY", ""}};
  workload.results = "results.json";
  workload.inputs = {"data/**", "./data/x"};
  workload.limits = {{1, 0}, -5, Bytes{536'870'912}, 64};
  workload.weight = {{"cpu", "2"}, {"memory", "1 GiB"}};
  workload.states = {"cold", "warm"};
  return workload;
}

std::vector<Metric> full_metrics() {
  Metric rate;
  rate.name = "rate";
  rate.unit = "1/s";
  rate.direction = Direction::higher;
  rate.role = MetricRole::guard;
  rate.margin = Percent{2.5};
  rate.margin_is_default = true;
  rate.source = JsonSource{"/a~1b"};
  rate.workloads = {"site \"ü\""};
  rate.statistic = TrialStatistic::p99_9;
  Metric took = rate;
  took.name = "took";
  took.role = MetricRole::observed;
  took.margin = std::nullopt;
  took.margin_is_default = false;
  took.kind = MetricKind::difference;
  took.source = RegexSource{"took (\\d+) ms"};
  took.statistic = TrialStatistic::steady_mean;
  Metric size;
  size.name = "size";
  size.kind = MetricKind::deterministic;
  size.source = FileSizeSource{"out/app"};
  Metric overlap;
  overlap.name = "overlap";
  overlap.kind = MetricKind::proportion;
  overlap.source = SpanSource{SpanFigure::overlap, "request"};
  return {wall(), rate, took, size, overlap};
}

std::vector<Check> full_checks() {
  return {{"command", CommandCheck{{"./check.sh", "x"}}, {}},
          {"same page", SameOutputCheck{"page.html", {"sed", "s/a//"}}, {"site \"ü\""}},
          {"same output", SameOutputCheck{""}, {}},
          {"tests", TestInventoryCheck{ReportFormat::tap, "report.tap"}, {}},
          {"leaks", NoLeaksCheck{{"/tmp"}, {{"docker", "ps"}, {"ls"}}, {"*.lock"}}, {}},
          {"conditions", ConditionCheck{{"json:/ok == true", "json:/n > 3"}}, {}},
          {"isolation", IsolationCheck{"", {"sort"}}, {}},
          {"isolation of a file", IsolationCheck{"out"}, {}}};
}

Plan full_plan() {
  Plan plan = small_plan();
  plan.assumptions = {"runtime 27", "line\nbreak"};
  plan.variable = {VariableKind::argument, "jobs", {{"one", ArgumentLevel{"1"}}, {"two", ArgumentLevel{"2"}}}};
  plan.variable.reached = MetricCondition{"rate", Comparator::at_least, 2.5, "rate >= 2.5"};
  plan.variable.shares = true;
  plan.workloads = {full_workload()};
  plan.states = {{"warm", 0}, {"cold", 2, {"data/**"}, Percent{12.5}, {"drop"}, {"resume"}, {"prove", "it"}}};
  plan.metrics = full_metrics();
  plan.checks = full_checks();
  plan.targets = {
      {"site \"ü\"", "warm", "wall", Statistic::upper_quartile, Bound::at_most, 90, "s"},
      {"site \"ü\"", "cold", "rate", Statistic::median, Bound::at_least, 0.1, "1/s"},
  };
  plan.attempt = 2;
  plan.reopened_by = kSha;
  plan.exploratory = true;
  plan.environment_name = "ci";
  plan.environment = {{"PATH", "/bin"}, {"API_TOKEN", "hunter2"}};
  plan.secrets = {{"API_TOKEN", kSha}};
  plan.seed = Seed(0xfedcba9876543210);
  plan.simulation =
      Simulation{0.25, Percent{-10}, Percent{1.5}, std::chrono::milliseconds(1), 0.125, {Percent{-1}, Percent{2}}};
  plan.protocol.max_time = std::chrono::hours(2);
  return plan;
}

Plan with_variable(Variable variable) {
  Plan plan = small_plan();
  plan.variable = std::move(variable);
  return plan;
}

SourceBuild full_source() {
  return {.repository = "../app",
          .build = {"make", "-j2"},
          .builds = 3,
          .timeout = std::chrono::minutes(5),
          .harness = std::vector<std::string>{"bench/**"},
          .checkout = {CheckoutStep::submodules, CheckoutStep::filters}};
}

SourceLevel level_of(std::vector<Patch> patches) {
  return {
      .revision = "main", .patches = std::move(patches), .commit = std::string(40, 'a'), .tree = std::string(40, 'b')};
}

void add_variables(Named<Plan>& plans) {
  const auto levels = [](LevelValue control, LevelValue treatment) {
    return std::vector<Level>{{"control", std::move(control)}, {"treatment", std::move(treatment)}};
  };
  const Patch cache{"cache.patch", kSha};
  const Patch pool{"pool.patch", kSha};
  const auto add = [&](const char* name, Variable variable) {
    plans.push_back({name, with_variable(std::move(variable))});
  };
  add("env", {VariableKind::env, "MODE", levels(EnvironmentLevel{}, EnvironmentLevel{""})});
  add("argument", {VariableKind::argument, "jobs", levels(ArgumentLevel{"1"}, ArgumentLevel{"2"})});
  add("command", {VariableKind::command, "", levels(CommandLevel{{"./a"}}, CommandLevel{{"/srv/lab/b", "x"}})});
  add("revision", {VariableKind::revision, "", levels(level_of({}), level_of({})), full_source()});
  add("revision-as-it-is", {VariableKind::revision, "", levels(level_of({}), level_of({})), SourceBuild{}});
  add("patch", {VariableKind::patch, "", levels(level_of({}), level_of({cache})), full_source()});
  add("patches", {VariableKind::patch, "", levels(level_of({}), level_of({cache, pool})), full_source()});
  add("file", {VariableKind::file, "etc/app.conf", levels(FileLevel{"a", kSha}, FileLevel{"b", kSha})});
  add("state", {VariableKind::state, "", levels(StateLevel{"warm"}, StateLevel{"warm"})});
  add("race-of-arguments", {VariableKind::level, "jobs", levels(ArgumentLevel{"1"}, ArgumentLevel{"2"})});
  add("race-of-environments", {VariableKind::level, "MODE", levels(EnvironmentLevel{}, EnvironmentLevel{"x"})});
  add("race-of-settings",
      {VariableKind::level, "", levels(SettingsLevel{{{"A", "1"}, {"B", std::nullopt}}}, SettingsLevel{})});
  add("race-of-one-setting",
      {VariableKind::level, "", levels(SettingsLevel{{{"A", "1"}}}, SettingsLevel{{{"A", std::nullopt}}})});
  add("race-of-patches", {VariableKind::level, "", levels(level_of({cache}), level_of({cache, pool})), full_source()});
}

void add_protocols(Named<Plan>& plans) {
  const auto add = [&](const char* name, Protocol protocol) {
    plans.push_back({name, small_plan()});
    plans.back().second.protocol = std::move(protocol);
  };
  Protocol fixed;
  fixed.looks = LookMode::once;
  fixed.min_blocks = fixed.max_blocks = 20;
  add("fixed", fixed);
  Protocol anytime;
  anytime.looks = LookMode::anytime;
  add("anytime", anytime);
  anytime.max_blocks = kNoCap;
  add("anytime-without-cap", anytime);
  Protocol every;
  every.look_every_block = true;
  add("look-every-block", every);
  every.look_every_block = false;
  add("rare-looks", every);
  Protocol costly;
  costly.design = Design::costly;
  costly.min_blocks = 4;
  costly.max_blocks = 6;
  add("costly", costly);
  costly.looks = LookMode::once;
  costly.min_blocks = costly.max_blocks;
  add("costly-fixed", costly);
  costly.design = Design::costly_quads;
  add("costly-quads", costly);
  Protocol quads;
  quads.design = Design::abba;
  quads.claim = ClaimRule::all;
  quads.sidedness = Sidedness::expect_better;
  add("abba", quads);
  Protocol duet;
  duet.design = Design::duet;
  duet.goal = Goal::not_worse;
  duet.sidedness = Sidedness::expect_worse;
  add("duet", duet);
  Protocol inner;
  inner.alpha = 0.01;
  inner.alpha_equivalence = 0.1;
  inner.power = 0.8;
  inner.kappa = 0.25;
  inner.inner = 3;
  inner.inner_statistic = InnerStatistic::min;
  inner.confirm = 12;
  inner.attempts = 1;
  inner.claim = ClaimRule::suite;
  add("inner", inner);
}

Trial trial_of(Outcome outcome) {
  Trial trial;
  trial.outcome = std::move(outcome);
  trial.usage.wall = std::chrono::milliseconds(1500);
  trial.values = {std::nullopt};
  return trial;
}

Trial full_trial() {
  Trial trial;
  trial.arm = 1;
  trial.usage = {nanoseconds(1), nanoseconds(2), nanoseconds(3), Bytes{4}, Bytes{5}, 6, 7, 8, 9, 10, 11};
  trial.strain = {0.5, nanoseconds(1), nanoseconds(2), nanoseconds(3), nanoseconds(4)};
  trial.values = {0.8123456789012345, std::nullopt, -3, 1e300};
  trial.steady = {{2, SeriesClass::warm_up, 40, 10, {{0, 1.5}, {10, 1.25}}},
                  {3, SeriesClass::no_steady_state, 40, 30, {{0, 2}}}};
  trial.cpu = 3;
  trial.notes = {"pid 4711 sleep 1000", "not \xff UTF-8"};
  trial.flaky_tests = {"a.b", "c"};
  return trial;
}

}  // namespace

Named<Plan> golden_plans() {
  Named<Plan> plans = {{"small", small_plan()}, {"full", full_plan()}};
  add_variables(plans);
  add_protocols(plans);
  return plans;
}

Named<Block> golden_blocks() {
  const auto block_of = [](std::vector<Trial> trials) {
    return Block{.cell = 1,
                 .number = 7,
                 .rerun = 2,
                 .started_ns = 1'772'373'960'000'000'000,
                 .padding = 1711,
                 .trials = std::move(trials)};
  };
  return {{"empty", Block{}},
          {"outcomes", block_of({trial_of(Measured{}), trial_of(Exited{3}), trial_of(Killed{11, true}),
                                 trial_of(TimedOut{std::chrono::seconds(10)}), trial_of(CheckFailed{"same", "1 \n 2"}),
                                 trial_of(HookFailed{"prepare", "exited 1"}), trial_of(StateUnproven{"30 %"})})},
          {"full", block_of({full_trial(), Trial{}})}};
}

Named<Entry> golden_entries() {
  const Target target{"site", "warm", "wall", Statistic::median, Bound::at_most, 90, "s"};
  const auto entry_of = [](EntryContent content) {
    return Entry{.number = 8,
                 .program_version = "0.1.0",
                 .created_ns = 1'772'373'959'000'000'000,
                 .actor = "ada@example.org",
                 .parents = {kSha, std::string(64, 'd')},
                 .content = std::move(content)};
  };
  return {{"reopening", entry_of(Reopening{"poll", kSha, "ci", kSha, "runtime 27", "it is 28"})},
          {"relaxation", entry_of(Relaxation{"poll", target, 120.5, "node", "2026-03-01"})},
          {"dropped-target", entry_of(Relaxation{"poll", target, std::nullopt, "node", "2026-03-01"})},
          {"restoration", entry_of(Restoration{kSha, target, "mended"})},
          {"question", entry_of(Question{"Which?", {"a", "b"}, "ada", "2026-03-01"})},
          {"answer", entry_of(Answer{kSha, "Which?", "a", {kSha}, "faster"})},
          {"claim", entry_of(claim_of(ClaimedRatio{4}))},
          {"claim-without-a-record", entry_of(claim_without_a_record())},
          {"withdrawal", entry_of(Withdrawal{kSha, "wall of poll", "the cache was warm"})},
          {"opening", entry_of(opening_of(kSha))},
          {"closing", entry_of(Closing{kSha, "poll", kSha, "ci"})},
          {"acceptance", entry_of(Acceptance{kSha, "poll", kSha, "ci", DecisionReason::near, "another tool"})},
          {"challenge", entry_of(challenge())},
          {"allowance", entry_of(AllowedFinding{kSha, 2, "tests/test_it.py:41: skips a test", "it was a duplicate"})},
          {"baseline", entry_of(baseline_with_objections())},
          {"adoption", entry_of(Adoption{change_shown_by(ChangeProof::patch)})},
          {"reversion", entry_of(Reversion{change_shown_by(ChangeProof::level), kSha})},
          {"gain", entry_of(gain_of_two_cells())},
          {"milestone", entry_of(done_by_every_kind())},
          {"review", entry_of(review_with_samples())},
          {"gate", entry_of(gate_of_two_experiments())}};
}

}  // namespace assay::test
