#include "experiments/definition/options/comparison_arms.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/options/command_parameters.hpp"

namespace assay::definition {
namespace {

std::string default_label(std::size_t arm, std::size_t arms) {
  if (arm == kControl) return "control";
  return arms == 2 ? "treatment" : fmt::format("treatment {}", arm);
}

/// What to use if a hook holds a parameter. hyperfine's own example switches to a branch in its set-up.
std::string instead_of(std::string_view option, std::string_view hook) {
  if (option == "--setup" && (hook.starts_with("git switch ") || hook.starts_with("git checkout ")))
    return "--rev main --rev BRANCH --build COMMAND compares revisions, each in a clone of its own";
  return "--set VAR={PARAMETER} hands the value to hooks and commands as $VAR, and is then what differs";
}

void check_hooks(const ComparisonOptions& options, const std::vector<CommandParameter>& parameters) {
  for (const auto& [option, hook] :
       {std::pair{"--setup", options.setup}, std::pair{"--prepare", options.prepare},
        std::pair{"--conclude", options.conclude}, std::pair{"--cleanup", options.cleanup}}) {
    if (!holds_parameter(hook, parameters)) continue;
    throw Error(fmt::format("{} {} holds a parameter, and hooks are the same for all arms: {}", option, in_quotes(hook),
                            instead_of(option, hook)));
  }
}

std::vector<CommandParameter> parameters_of(const ComparisonOptions& options) {
  if (!options.scan_step.empty() && options.scans.empty()) {
    throw Error("--parameter-step-size means nothing without --parameter-scan");
  }
  if (!options.scans.empty() && !options.lists.empty())
    throw Error("--parameter-scan and --parameter-list exclude each other: write the numbers of the scan as a list");
  if (options.scans.size() > 1)
    throw Error("--parameter-scan is given twice: write the numbers of both as --parameter-list VAR VALUES");
  std::vector<CommandParameter> parameters;
  for (const std::string& scan : options.scans) parameters.push_back(parameter_scan(scan, options.scan_step));
  for (const std::string& list : options.lists) parameters.push_back(parameter_list(list));
  if (!parameters.empty() && !options.revisions.empty()) {
    throw Error("--rev and parameters exclude each other: one variable at a time");
  }
  check_hooks(options, parameters);
  return parameters;
}

/// An arm and the text that has the places of its parameters.
struct WrittenArm {
  ComparisonArm arm;
  std::string written;
};

std::vector<WrittenArm> arms_without_names(const ComparisonOptions& options) {
  const std::vector<CommandParameter> parameters = parameters_of(options);
  std::vector<WrittenArm> arms;
  if (parameters.empty()) {
    for (const std::string& text : options.revisions.empty() ? options.commands : options.revisions) {
      arms.push_back({{text}, text});
    }
    return arms;
  }
  std::vector<std::string> set;
  for (const auto& [name, value] : options.set) set.push_back(value);
  for (ParameterisedCommand& made : with_parameters(options.commands, set, parameters)) {
    arms.push_back(
        {{.command = std::move(made.command), .label = std::move(made.label), .values = std::move(made.values)},
         std::move(made.written)});
  }
  return arms;
}

/// One for each of the arms, or fewer.
std::vector<std::string> names_of_arms(const ComparisonOptions& options, std::size_t arms) {
  const bool has_parameters = !options.lists.empty() || !options.scans.empty();
  if (has_parameters && options.names.size() == 1) return std::vector<std::string>(arms, options.names.front());
  const std::size_t given = options.names.size();
  const std::size_t most = arms + (options.reference.empty() ? 0 : 1);
  const bool fits = has_parameters ? given == 0 || given == arms || given == most : given <= most;
  if (!fits) {
    throw Error(fmt::format("--command-name is given {} times for {} {}{}", given, most,
                            options.revisions.empty() ? "commands" : "revisions",
                            has_parameters ? ": with parameters it is given once, or once for each" : ""));
  }
  return options.names;
}

/// Puts the reference before the commands.
void add_reference(const ComparisonOptions& options, std::vector<WrittenArm>& arms, std::vector<std::string>& names) {
  if (options.reference.empty()) {
    if (!options.reference_name.empty()) throw Error("--reference-name means nothing without --reference");
    return;
  }
  // Names are those of the commands; with fewer or more of them the first is control's.
  const bool commands_are_named = !names.empty() && names.size() == arms.size();
  const bool commands_have_labels = !arms.empty() && !arms.front().arm.label.empty();
  WrittenArm reference{{options.reference}, options.reference};
  if (commands_are_named || commands_have_labels) reference.arm.label = options.reference;
  arms.insert(arms.begin(), std::move(reference));
  if (!options.reference_name.empty()) {
    names.insert(names.begin(), options.reference_name);
  } else if (commands_are_named) {
    names.insert(names.begin(), "");
  }
}

void check_labels(const std::vector<ComparisonArm>& arms, const std::vector<std::string>& names) {
  for (auto arm = arms.begin(); arm != arms.end(); ++arm) {
    const auto is_called_so = [&](const ComparisonArm& other) { return other.label == arm->label; };
    if (std::none_of(arms.begin(), arm, is_called_so)) continue;
    throw Error(fmt::format("{}: each command has a name of its own",
                            std::count(names.begin(), names.end(), arm->label) > 1
                                ? fmt::format("--command-name {} is given twice", in_quotes(arm->label))
                                : fmt::format("--command-name: two commands are called {}", in_quotes(arm->label))));
  }
}

}  // namespace

std::vector<ComparisonArm> comparison_arms(const ComparisonOptions& options) {
  std::vector<WrittenArm> written = arms_without_names(options);
  std::vector<std::string> names = names_of_arms(options, written.size());
  add_reference(options, written, names);
  if (names.size() > written.size()) {
    throw Error(fmt::format("--command-name is given {} times for {} commands", names.size(), written.size()));
  }
  std::vector<ComparisonArm> arms;
  for (std::size_t index = 0; index < written.size(); ++index) {
    ComparisonArm arm = std::move(written[index].arm);
    const std::string shown = index < names.size() && !names[index].empty() ? names[index] : "";
    arm.values_without_place = values_without_place(shown.empty() ? written[index].written : shown, arm.values);
    if (!shown.empty()) {
      arm.name = with_values(shown, arm.values);
      arm.label = arm.name + arm.values_without_place;
    } else if (arm.label.empty()) {
      arm.label = default_label(index, written.size());
    }
    arms.push_back(std::move(arm));
  }
  check_labels(arms, names);
  return arms;
}

}  // namespace assay::definition
