#include "core/text/arm_command.hpp"

#include <variant>

#include "core/text/secrets.hpp"
#include "core/text/shell_words.hpp"

namespace assay {
namespace {

/// The words as a shell takes them, without the secrets in them.
std::string shown_words(const Argv& argv) {
  return masked_secrets(shell_words(argv));
}

}  // namespace

std::string arm_command(const Plan& plan, const Cell& cell, ArmIndex arm) {
  const Variable& variable = plan.variable;
  const Workload& workload = workload_of(plan, cell);
  const LevelValue& value = variable.levels.at(arm).value;
  if (const auto* command = std::get_if<CommandLevel>(&value)) return shown_words(command->argv);
  if (const auto* argument = std::get_if<ArgumentLevel>(&value)) {
    return shown_words(with_argument(workload.command, variable.name, argument->value));
  }
  if (const auto* settings = std::get_if<SettingsLevel>(&value)) {
    std::string prefix;
    for (const auto& [name, setting] : shown_settings(*settings)) {
      if (setting) prefix += name + '=' + shell_words({*setting}) + ' ';
    }
    return prefix + shown_words(workload.command);
  }
  const auto* const environment = std::get_if<EnvironmentLevel>(&value);
  if (environment == nullptr) return shown_words(workload.command);  // what differs is not on the command line
  const std::string prefix = environment->value || !environment->hmac.empty()
                                 ? variable.name + '=' + shell_words({describe_value(*environment)})
                                 : shell_words({"env", "-u", variable.name});
  return prefix + ' ' + shown_words(workload.command);
}

}  // namespace assay
