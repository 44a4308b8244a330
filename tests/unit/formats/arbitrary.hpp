#pragma once

#include <rapidcheck.h>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay {

// Generators of arbitrary values for property tests: every field takes all kinds of values that the format must carry.

inline rc::Gen<std::string> arbitrary_text() {
  return rc::gen::container<std::string>(
      rc::gen::oneOf(rc::gen::inRange('a', 'z'), rc::gen::element('"', '\\', '\n', '/', '~', ' ', '\x01')));
}
inline std::string some_text() {
  return *arbitrary_text();
}
inline std::vector<std::string> some_texts() {
  return *rc::gen::container<std::vector<std::string>>(arbitrary_text());
}
inline std::map<std::string, std::string> some_text_by_name() {
  return *rc::gen::container<std::map<std::string, std::string>>(arbitrary_text(), arbitrary_text());
}
inline bool some_truth() {
  return *rc::gen::arbitrary<bool>();
}
inline int some_int() {
  return *rc::gen::arbitrary<int>();
}
inline std::int64_t some_integer() {
  return *rc::gen::arbitrary<std::int64_t>();
}
inline nanoseconds some_time() {
  return nanoseconds(some_integer());
}
/// From all magnitudes, both signs, and 0, with all digits of a double; never NaN or infinite.
inline double some_real() {
  const double scale = *rc::gen::element(0.0, 1e-300, 1e-9, 1.0, 1e12, 1e280);
  return scale * static_cast<double>(some_integer()) / 7;
}
template <class Enum>
Enum some_name() {
  return static_cast<Enum>(*rc::gen::inRange<std::size_t>(0, EnumNames<Enum>::values.size()));
}
template <class Make>
auto perhaps(Make make) -> std::optional<decltype(make())> {
  if (some_truth()) return make();
  return std::nullopt;
}
template <class Make>
auto several(int at_least, Make make) {
  std::vector<decltype(make())> all;
  const int count = *rc::gen::inRange(at_least, at_least + 3);
  for (int made = 0; made < count; ++made) all.push_back(make());
  return all;
}

inline SourceLevel some_source_level() {
  SourceLevel level{.revision = some_text(), .commit = some_text(), .tree = some_text()};
  level.patches = several(0, [] { return Patch{some_text(), some_text()}; });
  return level;
}

inline LevelValue some_racing_level() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return EnvironmentLevel{perhaps(some_text)};
    case 1:
      return ArgumentLevel{some_text()};
    case 2:
      return some_source_level();
    default: {
      SettingsLevel settings;
      for (const std::string& name : some_texts()) settings.set.emplace(name, perhaps(some_text));
      return settings;
    }
  }
}

inline SourceBuild some_source() {
  SourceBuild source;
  source.repository = some_text();
  source.build = some_texts();
  source.builds = *rc::gen::inRange(1, 20);
  source.timeout = some_time();
  source.harness = perhaps(some_texts);
  source.checkout = several(0, some_name<CheckoutStep>);
  return source;
}

/// \param state  a name that the plan has
inline Variable some_variable(const std::string& state) {
  Variable variable;
  variable.kind = some_name<VariableKind>();
  variable.name = some_text();
  variable.shares = some_truth();
  variable.levels = several(2, [&]() -> Level {
    switch (variable.kind) {
      case VariableKind::env:
        return {some_text(), EnvironmentLevel{perhaps(some_text)}};
      case VariableKind::argument:
        return {some_text(), ArgumentLevel{some_text()}};
      case VariableKind::level:
        return {some_text(), some_racing_level()};
      case VariableKind::revision:
      case VariableKind::patch:
        return {some_text(), some_source_level()};
      case VariableKind::file:
        return {some_text(), FileLevel{some_text(), some_text()}};
      case VariableKind::state:
        return {some_text(), StateLevel{state}};
      case VariableKind::command:
        break;
    }
    return {some_text(), CommandLevel{some_texts()}};
  });
  if (has_source(variable)) variable.source = some_source();
  return variable;
}

inline MetricCondition some_condition(const std::string& metric) {
  return {metric, some_name<Comparator>(), some_real(), some_text()};
}

inline Workload some_workload(const std::vector<State>& states) {
  Workload workload;
  workload.name = some_text();
  workload.command = some_texts();
  workload.hooks = {some_texts(), some_texts(), some_texts(), some_texts()};
  workload.working_directory = some_text();
  workload.standard_input = some_text();
  workload.standard_output = some_name<OutputTarget>();
  workload.output_file = some_text();
  workload.timeout = some_time();
  workload.grace = some_time();
  workload.success_codes = several(0, some_int);
  workload.environment = some_name<EnvironmentPolicy>();
  workload.pass = some_texts();
  workload.set = some_text_by_name();
  workload.results = some_text();
  workload.inputs = some_texts();
  workload.limits = {several(0, some_int), perhaps(some_int), perhaps([] { return Bytes{some_integer()}; }),
                     perhaps(some_int)};
  workload.weight = some_text_by_name();
  workload.states = {states.front().name};
  return workload;
}

inline Metric some_metric(MetricRole role) {
  Metric metric;
  metric.name = some_text();
  metric.unit = some_text();
  metric.direction = some_name<Direction>();
  metric.kind = some_name<MetricKind>();
  metric.role = role;
  metric.margin = perhaps([] { return Percent{some_real()}; });
  metric.margin_is_default = some_truth();
  metric.source = *rc::gen::element<MetricSource>(BuiltInSource{"wall"}, JsonSource{"/a~1b"}, RegexSource{"(\\d+):"},
                                                  FileSizeSource{"out/app"},
                                                  SpanSource{some_name<SpanFigure>(), "request"}, TestSource{"a > b*"});
  metric.workloads = some_texts();
  metric.statistic = perhaps(some_name<TrialStatistic>);
  return metric;
}

inline Protocol some_protocol() {
  Protocol protocol;
  protocol.alpha = some_real();
  protocol.alpha_equivalence = some_real();
  protocol.power = some_real();
  protocol.kappa = some_real();
  protocol.min_blocks = some_int();
  protocol.max_blocks = some_int();
  protocol.looks = *rc::gen::element(LookMode::planned, LookMode::once, LookMode::anytime);
  protocol.look_every_block = some_truth();
  protocol.max_time = perhaps(some_time);
  protocol.confirm = perhaps(some_int);
  protocol.attempts = some_int();
  protocol.design = some_name<Design>();
  protocol.inner = some_int();
  protocol.inner_statistic = some_name<InnerStatistic>();
  protocol.claim = some_name<ClaimRule>();
  protocol.goal = some_name<Goal>();
  protocol.sidedness = some_name<Sidedness>();
  return protocol;
}

inline State some_state() {
  State state{some_text(), some_int()};
  state.evict = some_texts();
  state.prepare = some_texts();
  state.conclude = some_texts();
  state.prove = some_texts();
  if (!state.evict.empty()) state.reads = Percent{some_real()};  // a share of nothing is not written
  return state;
}

inline CheckKind some_check_kind() {
  switch (*rc::gen::inRange<std::size_t>(0, std::variant_size_v<CheckKind>)) {
    case 0:
      return CommandCheck{some_texts()};
    case 1:
      return SameOutputCheck{some_text(), some_texts()};
    case 2:
      return TestInventoryCheck{some_name<ReportFormat>(), some_text(), some_texts(), some_texts(), some_texts()};
    case 3:
      return NoLeaksCheck{some_texts(), several(0, some_texts), some_texts()};
    case 4:
      return ConditionCheck{some_texts()};
    default:
      return IsolationCheck{some_text(), some_texts()};
  }
}

inline Plan some_plan() {
  Plan plan;
  plan.id = some_text();
  plan.hypothesis = some_text();
  plan.assumptions = some_texts();
  plan.states = several(1, some_state);
  plan.variable = some_variable(plan.states.front().name);
  plan.workloads = several(1, [&] { return some_workload(plan.states); });
  plan.metrics = several(0, [] { return some_metric(*rc::gen::element(MetricRole::guard, MetricRole::observed)); });
  plan.metrics.push_back(some_metric(MetricRole::primary));
  plan.variable.reached = perhaps([&] { return some_condition(plan.metrics.front().name); });
  plan.checks = several(0, []() -> Check { return {some_text(), some_check_kind(), some_texts()}; });
  plan.targets = several(0, []() -> Target {
    return {some_text(),        some_text(), some_text(), some_name<Statistic>(),
            some_name<Bound>(), some_real(), some_text(), several(0, [] { return some_real(); }),
            some_text(),        some_text()};
  });
  plan.reopened_by = some_text();
  plan.protocol = some_protocol();
  plan.attempt = some_int();
  plan.exploratory = some_truth();
  plan.environment_name = some_text();
  plan.folder = some_text();
  plan.environment = some_text_by_name();
  plan.seed = Seed(*rc::gen::arbitrary<std::uint64_t>());
  plan.simulation = perhaps([] {
    return Simulation{some_real(), Percent{some_real()}, Percent{some_real()},
                      some_time(), some_real(),          several(0, [] { return Percent{some_real()}; })};
  });
  return plan;
}

inline Outcome some_outcome() {
  switch (*rc::gen::inRange(0, 7)) {
    case 0:
      return Exited{some_int()};
    case 1:
      return Killed{some_int(), some_truth()};
    case 2:
      return TimedOut{some_time()};
    case 3:
      return CheckFailed{some_text(), some_text()};
    case 4:
      return HookFailed{some_text(), some_text()};
    case 5:
      return StateUnproven{some_text()};
    default:
      return Measured{};
  }
}

inline Trial some_trial() {
  Trial trial;
  trial.arm = *rc::gen::inRange<ArmIndex>(0, 5);
  trial.outcome = some_outcome();
  trial.usage = {some_time(),
                 some_time(),
                 some_time(),
                 Bytes{some_integer()},
                 perhaps([] { return Bytes{some_integer()}; }),
                 some_integer(),
                 some_integer(),
                 some_integer(),
                 some_integer(),
                 some_integer(),
                 some_integer()};
  trial.strain = {perhaps(some_real), perhaps(some_time), perhaps(some_time), perhaps(some_time), perhaps(some_time)};
  trial.values = several(0, [] { return perhaps(some_real); });
  trial.steady = several(0, [] {
    return SteadySeries{*rc::gen::inRange<std::size_t>(0, 5),
                        *rc::gen::element(SeriesClass::flat, SeriesClass::warm_up, SeriesClass::no_steady_state),
                        *rc::gen::inRange(40, 1000), *rc::gen::inRange(0, 1000), several(1, [] {
                          return ValueFromStart{*rc::gen::inRange(0, 1000), some_real()};
                        })};
  });
  if (some_truth()) trial.cpu = 3;
  trial.notes = some_texts();
  trial.flaky_tests = some_texts();
  trial.failed_tests = some_texts();
  return trial;
}

inline Block some_block() {
  Block block;
  block.cell = *rc::gen::inRange<std::size_t>(0, 1000);
  block.number = some_int();
  block.rerun = some_int();
  block.started_ns = some_integer();
  block.padding = some_int();
  block.trials = several(0, some_trial);
  if (some_truth()) block.broken_off = BrokenOff{several(0, [] { return *rc::gen::inRange<ArmIndex>(0, 9); })};
  block.losses = *rc::gen::inRange(0, 9);
  block.beside = several(0, [] { return *rc::gen::inRange<std::size_t>(0, 9); });
  return block;
}

}  // namespace assay
