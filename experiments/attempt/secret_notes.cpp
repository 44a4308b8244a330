#include "experiments/attempt/secret_notes.hpp"

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/secrets.hpp"
#include "core/text/shell_words.hpp"

namespace assay::attempt {
namespace {

using Names = std::vector<std::string>;

/// Where commands have words that look secret.
Names secret_commands(const definition::Definition& definition) {
  Names found;
  const auto look_at = [&found](const Argv& argv, const std::string& where) {
    if (holds_secret(shell_words(argv))) found.push_back(where);
  };
  for (const Workload& workload : definition.workloads) {
    look_at(workload.command, fmt::format("the command of workload {}", workload.name));
    for (const Argv* hook :
         {&workload.hooks.setup, &workload.hooks.prepare, &workload.hooks.conclude, &workload.hooks.cleanup}) {
      look_at(*hook, fmt::format("a hook of workload {}", workload.name));
    }
  }
  for (const Level& level : definition.variable.levels) {
    if (const auto* command = std::get_if<CommandLevel>(&level.value)) {
      look_at(command->argv, "the command of " + level.label);
    }
    if (const auto* argument = std::get_if<ArgumentLevel>(&level.value)) {
      look_at({argument->value}, "the argument of " + level.label);
    }
  }
  for (const Check& check : definition.checks) {
    if (const auto* command = std::get_if<CommandCheck>(&check.kind)) {
      look_at(command->command, fmt::format("the command of check {}", check.name));
    }
  }
  if (definition.variable.source) look_at(definition.variable.source->build, "the build");
  return found;
}

/// Environment variables that the file itself sets to what looks secret.
Names secret_settings(const definition::Definition& definition) {
  Names found;
  const auto look_at = [&found](const std::string& name, const std::string& value) {
    if (looks_secret(name, value)) found.push_back(name);
  };
  for (const Workload& workload : definition.workloads) {
    for (const auto& [name, value] : workload.set) look_at(name, value);
  }
  for (const Level& level : definition.variable.levels) {
    if (const auto* environment = std::get_if<EnvironmentLevel>(&level.value)) {
      if (environment->value) look_at(definition.variable.name, *environment->value);
    }
    if (const auto* settings = std::get_if<SettingsLevel>(&level.value)) {
      for (const auto& [name, value] : settings->set) {
        if (value) look_at(name, *value);
      }
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace

void note_secrets(const definition::Definition& definition, Observer& observer) {
  if (const Names commands = secret_commands(definition); !commands.empty()) {
    observer.note(
        fmt::format("{} {} what looks secret: it is shown as ***, but the record holds the words as they are, so hand "
                    "it over in the environment instead",
                    fmt::join(commands, ", "), commands.size() == 1 ? "has" : "have"));
  }
  if (const Names settings = secret_settings(definition); !settings.empty()) {
    observer.note(
        fmt::format("the value of {} looks secret: plan and record hold only a hash of it", fmt::join(settings, ", ")));
  }
}

}  // namespace assay::attempt
