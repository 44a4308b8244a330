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
  } catch (const Error& error) {
    throw error.within(option);
  }
}

std::string default_label(std::size_t arm, std::size_t arms) {
  if (arm == kControl) return "control";
  return arms == 2 ? "treatment" : fmt::format("treatment {}", arm);
}

/// The one command of a comparison of revisions: a line in quotes, or its words as they stand.
Argv command_of_revisions(const ComparisonOptions& options) {
  if (options.commands.size() == 1) return argv_of(options.commands.front(), options);
  if (runs_in_shell(options)) throw Error("--shell with --rev takes one COMMAND, in quotes");
  return options.commands;
}

Variable variable_of_revisions(const ComparisonOptions& options) {
  Variable variable;
  variable.kind = VariableKind::revision;
  const std::size_t count = options.revisions.size();
  for (std::size_t arm = 0; arm < count; ++arm) {
    const bool named = arm < options.names.size();
    variable.levels.push_back(
        {named ? options.names[arm] : default_label(arm, count), SourceLevel{.revision = options.revisions[arm]}});
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

Variable variable_of(const ComparisonOptions& options) {
  Variable variable;
  variable.kind = VariableKind::command;
  for (std::size_t arm = 0; arm < options.commands.size(); ++arm) {
    const bool named = arm < options.names.size();
    try {
      Argv argv = argv_of(options.commands[arm], options);
      if (argv.empty()) throw Error("no command: the text is empty");
      variable.levels.push_back(
          {named ? options.names[arm] : default_label(arm, options.commands.size()), CommandLevel{std::move(argv)}});
    } catch (const Error& error) {
      throw error.within(fmt::format("command {}", arm + 1));
    }
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
    throw Error("--output inherit: expected null, pipe or a file; a file of that name is ./inherit");
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

void check_arms_given(const ComparisonOptions& options) {
  const std::size_t count = options.commands.size();
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

void check_names(const std::vector<std::string>& names) {
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) == name) continue;
    throw Error(fmt::format("--command-name {} is given twice: each command has a name of its own", in_quotes(*name)));
  }
}

/// The rules of definitions that flags can break and that no equal arms stand in the way of.
void check_parts(const Definition& definition) {
  Mistakes mistakes;
  find_check_mistakes(definition, mistakes);
  if (!mistakes.empty()) throw Error("--check: " + mistakes.front().text);
  find_duet_mistakes(definition, mistakes);
  if (!mistakes.empty()) throw Error("--design " + mistakes.front().text);
}

void check_hooks(const ComparisonOptions& options, const std::vector<CommandParameter>& parameters) {
  for (const auto& [option, hook] :
       {std::pair{"--setup", options.setup}, std::pair{"--prepare", options.prepare},
        std::pair{"--conclude", options.conclude}, std::pair{"--cleanup", options.cleanup}}) {
    if (!holds_parameter(hook, parameters)) continue;
    throw Error(fmt::format(
        "{} holds a parameter: hooks are the same for all arms, so that only the command differs; an experiment file "
        "whose variable is an environment variable can hand it to both",
        option));
  }
}

/// Makes a command of each value of the parameters.
void fill_parameters_in(ComparisonOptions& options) {
  if (!options.scan_step.empty() && options.scans.empty()) {
    throw Error("--parameter-step-size means nothing without --parameter-scan");
  }
  std::vector<CommandParameter> parameters;
  for (const std::string& scan : options.scans) parameters.push_back(parameter_scan(scan, options.scan_step));
  for (const std::string& list : options.lists) parameters.push_back(parameter_list(list));
  if (parameters.empty()) return;
  if (!options.revisions.empty()) throw Error("--rev and parameters exclude each other: one variable at a time");
  check_hooks(options, parameters);
  std::vector<std::string> commands;
  std::vector<std::string> labels;
  for (ParameterisedCommand& made : with_parameters(options.commands, parameters)) {
    commands.push_back(std::move(made.command));
    labels.push_back(std::move(made.label));
  }
  options.commands = std::move(commands);
  if (options.names.empty()) options.names = std::move(labels);
}

/// Puts the reference before the commands.
void add_reference(ComparisonOptions& options) {
  if (options.reference.empty()) {
    if (!options.reference_name.empty()) throw Error("--reference-name means nothing without --reference");
    return;
  }
  // Names are those of the commands; with fewer or more of them the first is control's.
  const bool commands_are_named = options.names.size() == options.commands.size();
  options.commands.insert(options.commands.begin(), options.reference);
  if (!options.reference_name.empty()) {
    options.names.insert(options.names.begin(), options.reference_name);
  } else if (commands_are_named && !options.names.empty()) {
    options.names.insert(options.names.begin(), options.reference);
  }
}

/// \param noun  what the arms are
std::string hypothesis_of(const std::vector<std::string>& arms, std::string_view noun) {
  return arms.size() == 2 ? fmt::format("`{}` is better than `{}`", arms[1], arms[0])
                          : fmt::format("another {} is better than `{}`", noun, arms[0]);
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

Definition comparison_definition(ComparisonOptions options) {
  fill_parameters_in(options);
  add_reference(options);
  check_arms_given(options);
  const std::vector<std::string>& arms = options.revisions.empty() ? options.commands : options.revisions;
  if (options.names.size() > arms.size()) {
    throw Error(fmt::format("--command-name is given {} times for {} {}", options.names.size(), arms.size(),
                            options.revisions.empty() ? "commands" : "revisions"));
  }
  check_names(options.names);
  if (options.timeout.count() <= 0) throw Error("--timeout: it must be above 0 s");
  if (options.no_shell && runs_in_shell(options)) throw Error("--no-shell and --shell exclude each other");
  Definition definition;
  definition.id = "compare";
  definition.hypothesis = hypothesis_of(arms, options.revisions.empty() ? "command" : "revision");
  definition.workloads = {workload_of(options)};
  if (options.revisions.empty()) {
    definition.variable = variable_of(options);
  } else {
    definition.variable = variable_of_revisions(options);
    definition.workloads[0].command = command_of_revisions(options);
  }
  definition.states = {{definition.workloads[0].states[0], options.warmup}};
  definition.metrics = metrics_of(options);
  definition.checks = options.checks;
  definition.protocol = protocol_of(options);
  definition.seed = options.protocol.seed;
  if (!options.revisions.empty()) check_definition(definition);
  check_parts(definition);
  return definition;
}

}  // namespace assay::definition
