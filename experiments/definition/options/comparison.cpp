#include "experiments/definition/options/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/choice.hpp"
#include "core/text/spelling.hpp"
#include "core/text/split_command.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/definition/options/command_parameters.hpp"
#include "experiments/definition/options/comparison_arms.hpp"
#include "experiments/definition/options/shell_hint.hpp"

namespace assay::definition {
namespace {

constexpr const char* kNull = "null";

bool runs_in_shell(const ComparisonOptions& options) {
  return options.shell && *options.shell != "none";
}

/// A command or hook as the kernel takes it.
Argv argv_of(const std::string& command, const ComparisonOptions& options) {
  if (!runs_in_shell(options)) {
    refuse_shell_words(command);
    return split_command(command);
  }
  Argv argv = *options.shell == "default" ? Argv{"sh"} : split_command(*options.shell);
  argv.insert(argv.end(), {"-c", command});
  return argv;
}

Argv hook_argv(const std::string& command, const std::string& option, const ComparisonOptions& options) {
  if (command.empty()) return {};
  try {
    return argv_of(command, options);
  } catch (const NeedsShell&) {
    return {"sh", "-c", command};  // outside the clock, where a shell costs nothing
  } catch (const Error& error) {
    throw error.within(option);
  }
}

/// The one command of a comparison of revisions: a line in quotes, or its words as they stand.
Argv command_of_revisions(const ComparisonOptions& options) {
  if (options.commands.size() == 1) return argv_of(options.commands.front(), options);
  if (runs_in_shell(options)) throw Error("--shell with --rev takes one COMMAND, in quotes");
  return options.commands;
}

Variable variable_of_revisions(const ComparisonOptions& options, const std::vector<ComparisonArm>& arms) {
  Variable variable;
  variable.kind = VariableKind::revision;
  for (const ComparisonArm& arm : arms) {
    variable.levels.push_back({arm.label, SourceLevel{.revision = arm.command}});
  }
  SourceBuild source;
  source.repository = options.repository;
  source.build = hook_argv(options.build, "--build", options);
  source.builds = options.builds.value_or(1);
  source.checkout = options.checkout;
  if (!options.harness.empty()) source.harness = options.harness;
  variable.source = std::move(source);
  return variable;
}

Variable variable_of(const ComparisonOptions& options, const std::vector<ComparisonArm>& arms) {
  Variable variable;
  variable.kind = VariableKind::command;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    try {
      Argv argv = argv_of(arms[arm].command, options);
      if (argv.empty()) throw Error("no command: the text is empty");
      variable.levels.push_back({arms[arm].label, CommandLevel{std::move(argv)}});
    } catch (const Error& error) {
      throw error.within(fmt::format("command {}", arm + 1));
    }
  }
  return variable;
}

/// The variable of --set whose value holds a parameter; std::nullopt if there is none.
/// \throws Error if it is not the only thing that differs.
std::optional<std::string> varied_setting(const ComparisonOptions& options, const std::vector<ComparisonArm>& arms) {
  std::vector<std::string> varied;
  for (const auto& [name, value] : options.set) {
    if (with_values(value, arms.back().values) != value) varied.push_back(name);
  }
  if (varied.empty()) return std::nullopt;
  const bool is_one_command = std::all_of(arms.begin(), arms.end(), [&](const ComparisonArm& arm) {
    return arm.command == arms.front().command && !arm.values.empty();
  });
  if (varied.size() == 1 && is_one_command) return varied.front();
  std::string words = "env";
  for (const std::string& name : varied) words += fmt::format(" {}={}", name, options.set.at(name));
  throw Error(
      fmt::format("{} {}={}: more than this differs between the arms, and only one thing may; make it part of "
                  "the command, which then is what differs: '{} ...'",
                  options.set_option, varied.front(), options.set.at(varied.front()), words));
}

Variable variable_of_setting(const std::string& name, const ComparisonOptions& options,
                             const std::vector<ComparisonArm>& arms) {
  Variable variable{.kind = VariableKind::env, .name = name, .levels = {}};
  for (const ComparisonArm& arm : arms) {
    variable.levels.push_back({arm.label, EnvironmentLevel{with_values(options.set.at(name), arm.values)}});
  }
  return variable;
}

/// \throws Error unless the values of one parameter of one command can race.
void check_race_options(const ComparisonOptions& options) {
  if (options.lists.size() + options.scans.size() != 1) {
    throw Error(
        "--race asks which value of one parameter is best: give --parameter-list VAR VALUES, or --parameter-scan VAR "
        "MIN MAX, once");
  }
  if (options.commands.size() != 1 || !options.reference.empty()) {
    throw Error(
        "--race asks which value of a parameter is best for one command: leave the other commands and --reference "
        "out; the first value is what the best is measured against");
  }
}

/// The command with its places, which the values of the levels take. \throws Error if a value would be more than a part
/// of one word there, since a level is no piece of a command line.
Argv racing_command(const ComparisonOptions& options, const std::vector<ComparisonArm>& arms) {
  Argv written = argv_of(options.commands.front(), options);
  for (const ComparisonArm& arm : arms) {
    Argv filled = written;
    for (std::string& word : filled) word = with_values(word, arm.values);
    if (filled == argv_of(arm.command, options)) continue;
    throw Error(
        fmt::format("--race: {} is not one word of the command: quote the place, as in '{}', or give -S sh",
                    in_quotes(arm.values.begin()->second),
                    with_values(options.commands.front(),
                                {{arm.values.begin()->first, fmt::format("\"{{{}}}\"", arm.values.begin()->first)}})));
  }
  return written;
}

/// Each value of the parameter is a level.
Variable racing_variable(const std::vector<ComparisonArm>& arms) {
  Variable variable{.kind = VariableKind::level, .name = arms.front().values.begin()->first, .levels = {}};
  for (const ComparisonArm& arm : arms) {
    variable.levels.push_back({arm.label, ArgumentLevel{arm.values.begin()->second}});
  }
  return variable;
}

/// Nothing stands for every code.
std::vector<int> accepted_codes(std::vector<int> ignored) {
  if (ignored.empty()) return {};
  ignored.push_back(0);
  std::sort(ignored.begin(), ignored.end());
  ignored.erase(std::unique(ignored.begin(), ignored.end()), ignored.end());
  return ignored;
}

Workload workload_of(const ComparisonOptions& options) {
  Workload workload;
  workload.name = "command";
  workload.hooks = {hook_argv(options.setup, "--setup", options), hook_argv(options.prepare, "--prepare", options),
                    hook_argv(options.conclude, "--conclude", options),
                    hook_argv(options.cleanup, "--cleanup", options)};
  if (options.input != kNull) workload.standard_input = options.input;
  if (options.output == "inherit") {
    throw Error(
        "--output inherit: what trials print never goes to the screen, which would disturb the clock: expected "
        "null, pipe or a file; a file of that name is ./inherit");
  }
  if (options.output == to_string(OutputTarget::pipe)) {
    workload.standard_output = OutputTarget::pipe;
  } else if (options.output != kNull) {
    workload.standard_output = OutputTarget::file;
    workload.output_file = options.output;
  }
  workload.working_directory = options.working_directory;
  workload.set = options.set;
  workload.timeout = options.timeout;
  if (options.ignored_codes) workload.success_codes = accepted_codes(*options.ignored_codes);
  return workload;
}

Metric find_metric(const std::string& name, const std::string& option) {
  if (const Metric* metric = find_built_in_metric(name)) return *metric;
  throw Error(fmt::format("{}: {}", option, not_one_of(name, names_of(built_in_metrics()))));
}

Metric primary_of(const ComparisonOptions& options) {
  Metric metric = find_metric(options.metric, "--metric");
  metric.role = MetricRole::primary;
  metric.margin = options.protocol.margin.value_or(kDefaultMargin);
  metric.margin_is_default = !options.protocol.margin;
  return metric;
}

Metric guard_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    throw Error(fmt::format("--guard: \"{}\" has no margin; expected such as max_rss=10%", text));
  }
  Metric metric = find_metric(text.substr(0, equals), "--guard");
  metric.role = MetricRole::guard;
  try {
    metric.margin = parse_percent(text.substr(equals + 1));
  } catch (const Error& error) {
    throw error.within("--guard " + text);
  }
  if (metric.margin->value <= 0) throw Error(fmt::format("--guard {}: the margin must be above 0%", text));
  return metric;
}

std::vector<Metric> metrics_of(const ComparisonOptions& options) {
  std::vector<Metric> metrics = {primary_of(options)};
  for (const std::string& guard : options.guards) metrics.push_back(guard_of(guard));
  // What hyperfine shows beside the time, and what its file format holds.
  for (const char* name : {"wall", "user", "system", "max_rss"}) {
    const bool there = std::any_of(metrics.begin(), metrics.end(), [&](const Metric& m) { return m.name == name; });
    if (!there) metrics.push_back(*find_built_in_metric(name));
  }
  for (auto metric = metrics.begin(); metric != metrics.end(); ++metric) {
    const bool twice = std::any_of(metrics.begin(), metric, [&](const Metric& m) { return m.name == metric->name; });
    if (twice) throw Error(fmt::format("{} is asked for twice; each metric has one role", metric->name));
  }
  return metrics;
}

Protocol protocol_of(const ComparisonOptions& options) {
  if (options.runs && (options.protocol.first_look_given || options.protocol.cap_given)) {
    throw Error("--runs is exactly that many blocks, analysed once: leave --min-blocks and --max-blocks out");
  }
  if (!options.runs) check_protocol_options(options.protocol);
  return settled_protocol(options.protocol, options.runs);
}

void check_arms_given(const ComparisonOptions& options, std::size_t count) {
  if (!options.revisions.empty()) {
    if (options.revisions.size() < 2) {
      throw Error(
          "--rev is given once: compare takes two revisions or more: assay compare --rev main --rev HEAD "
          "-- ./bench");
    }
    if (count == 0) throw Error("compare --rev takes the COMMAND to run in each revision: -- ./bench");
    return;
  }
  const bool wants_revisions = !options.build.empty() || options.builds || !options.repository.empty() ||
                               !options.checkout.empty() || !options.harness.empty();
  if (wants_revisions) {
    throw Error("--build, --builds, --repository, --checkout and --harness mean nothing without --rev");
  }
  if (count < 2) {
    throw Error(
        "compare takes a command, or several to be compared with the first, each in quotes, and none is given: "
        "assay compare 'sort a' 'sort -u a'");
  }
}

/// Checks the rules that options can break and that equal arms do not break: `compare` may hold a command against
/// itself.
void check_parts(const Definition& definition) {
  Mistakes mistakes;
  find_check_mistakes(definition, mistakes);
  if (!mistakes.empty()) throw Error("--check: " + mistakes.front().text);
  find_duet_mistakes(definition, mistakes);
  if (!mistakes.empty()) throw Error("--design " + mistakes.front().text);
}

/// hyperfine hands its runs their number, which a trial here must not know: it would be another program each time.
void refuse_iteration(const ComparisonOptions& options) {
  std::vector<std::string> texts = options.commands;
  for (const std::string& text :
       {options.reference, options.setup, options.prepare, options.conclude, options.cleanup}) {
    texts.push_back(text);
  }
  for (const auto& [name, value] : options.set) texts.push_back(value);
  for (const std::string& text : texts) {
    if (text.find("HYPERFINE_ITERATION") == std::string::npos) continue;
    throw Error(
        fmt::format("{}: HYPERFINE_ITERATION is not set here, because every trial of a command is given the same "
                    "environment; for a file of each trial, use the shell's own number: -S 'my-command > log-$$'",
                    in_quotes(shortened(text))));
  }
}

/// \param noun  what the arms are
std::string hypothesis_of(const std::vector<ComparisonArm>& arms, std::string_view noun) {
  if (arms.size() == 2 && arms[1].command == arms[0].command && !arms[1].values.empty()) {
    return fmt::format("`{}` with {} is better than with {}", arms[0].command, arms[1].label, arms[0].label);
  }
  return arms.size() == 2 ? fmt::format("`{}` is better than `{}`", arms[1].command, arms[0].command)
                          : fmt::format("another {} is better than `{}`", noun, arms[0].command);
}

}  // namespace

ComparisonOptions::ComparisonOptions() {
  protocol.protocol.max_time = std::chrono::minutes(10);
}

bool is_single(const ComparisonOptions& options) {
  return options.commands.size() == 1 && options.reference.empty() && options.revisions.empty() &&
         options.lists.empty() && options.scans.empty();
}

void pair_with_itself(ComparisonOptions& options) {
  constexpr int kUsualBlocks = 10;  // hyperfine's ten runs
  options.commands.push_back(options.commands.front());
  const bool has_blocks = options.runs || options.protocol.first_look_given || options.protocol.cap_given;
  if (!has_blocks) options.runs = kUsualBlocks;
}

Definition comparison_definition(const ComparisonOptions& options) {
  if (options.race) check_race_options(options);
  const std::vector<ComparisonArm> arms = comparison_arms(options);
  check_arms_given(options, options.revisions.empty() ? arms.size() : options.commands.size());
  if (options.timeout.count() <= 0) throw Error("--timeout: it must be above 0 s");
  if (options.shell && options.shell->find_first_not_of(" \t") == std::string::npos) {
    throw Error("--shell is empty: expected a shell such as sh or 'bash -e', or none to run commands without one");
  }
  refuse_iteration(options);
  if (options.no_shell && runs_in_shell(options)) throw Error("--no-shell and --shell exclude each other");
  Definition definition;
  definition.id = "compare";
  definition.hypothesis = hypothesis_of(arms, options.revisions.empty() ? "command" : "revision");
  if (options.race) {
    definition.hypothesis =
        fmt::format("another value than {} is better for `{}`", arms.front().label, options.commands.front());
  }
  definition.workloads = {workload_of(options)};
  if (const std::optional<std::string> name = varied_setting(options, arms)) {
    definition.variable = variable_of_setting(*name, options, arms);
    if (options.race) definition.variable.kind = VariableKind::level;
    definition.workloads[0].command = argv_of(arms.front().command, options);
    definition.workloads[0].set.erase(*name);
    Mistakes mistakes;
    find_variable_mistakes(definition, mistakes);
    if (!mistakes.empty()) throw Error(options.set_option + ": " + mistakes.front().text);
  } else if (options.race) {
    definition.variable = racing_variable(arms);
    definition.workloads[0].command = racing_command(options, arms);
  } else if (options.revisions.empty()) {
    definition.variable = variable_of(options, arms);
  } else {
    definition.variable = variable_of_revisions(options, arms);
    definition.workloads[0].command = command_of_revisions(options);
  }
  definition.states = {{definition.workloads[0].states[0], options.warmup}};
  definition.metrics = metrics_of(options);
  definition.checks = options.checks;
  definition.protocol = protocol_of(options);
  definition.seed = options.protocol.seed;
  if (!options.revisions.empty() || options.race) check_definition(definition);
  check_parts(definition);
  return definition;
}

}  // namespace assay::definition
