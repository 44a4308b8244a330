#include "experiments/adversary/foreign_commands.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "core/text/shell_words.hpp"

namespace assay::adversary {
namespace {

void add_command(std::string_view where, const Argv& command, std::vector<std::string>& commands) {
  if (command.empty()) return;
  const std::string text = fmt::format("{}: {}", where, shell_words(command));
  if (std::find(commands.begin(), commands.end(), text) == commands.end()) commands.push_back(text);
}

/// Adds the levels' own commands, or the workload's.
void add_trials(const Plan& plan, const Workload& workload, std::vector<std::string>& commands) {
  for (const Level& level : plan.variable.levels) {
    if (const auto* own = std::get_if<CommandLevel>(&level.value)) {
      add_command("trial", own->argv, commands);
    } else if (const auto* argument = std::get_if<ArgumentLevel>(&level.value)) {
      add_command("trial", with_argument(workload.command, plan.variable.name, argument->value), commands);
    } else {
      add_command("trial", workload.command, commands);
    }
  }
}

}  // namespace

std::vector<std::string> foreign_commands(const Plan& plan) {
  std::vector<std::string> commands;
  if (plan.variable.source) add_command("build", plan.variable.source->build, commands);
  for (const Workload& workload : plan.workloads) add_command("setup", workload.hooks.setup, commands);
  for (const Workload& workload : plan.workloads) add_command("prepare", workload.hooks.prepare, commands);
  for (const State& state : plan.states) {
    add_command("prepare", state.prepare, commands);
    add_command("prove", state.prove, commands);
  }
  for (const Workload& workload : plan.workloads) add_trials(plan, workload, commands);
  for (const Check& check : plan.checks) {
    if (const auto* command = std::get_if<CommandCheck>(&check.kind)) add_command("check", command->command, commands);
  }
  for (const State& state : plan.states) add_command("conclude", state.conclude, commands);
  for (const Workload& workload : plan.workloads) add_command("conclude", workload.hooks.conclude, commands);
  for (const Workload& workload : plan.workloads) add_command("cleanup", workload.hooks.cleanup, commands);
  return commands;
}

}  // namespace assay::adversary
