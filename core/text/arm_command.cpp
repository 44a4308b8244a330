#include "core/text/arm_command.hpp"

#include <variant>

#include "core/text/shell_words.hpp"

namespace assay {

std::string arm_command(const Plan& plan, const Cell& cell, ArmIndex arm) {
  const Workload& workload = workload_of(plan, cell);
  const LevelValue& value = plan.variable.levels.at(arm).value;
  if (const auto* command = std::get_if<CommandLevel>(&value)) return shell_words(command->argv);
  if (const auto* argument = std::get_if<ArgumentLevel>(&value)) {
    return shell_words(with_argument(workload.command, plan.variable.name, argument->value));
  }
  if (const auto* settings = std::get_if<SettingsLevel>(&value)) {
    std::string prefix;
    for (const auto& [name, setting] : settings->set) {
      if (setting) prefix += name + '=' + shell_words({*setting}) + ' ';
    }
    return prefix + shell_words(workload.command);
  }
  const auto* const environment = std::get_if<EnvironmentLevel>(&value);
  if (environment == nullptr) return shell_words(workload.command);  // what differs is not on the command line
  const std::string prefix = environment->value ? plan.variable.name + '=' + shell_words({*environment->value})
                                                : shell_words({"env", "-u", plan.variable.name});
  return prefix + ' ' + shell_words(workload.command);
}

}  // namespace assay
