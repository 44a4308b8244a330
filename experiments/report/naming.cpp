#include "experiments/report/naming.hpp"

#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::experiments {
namespace {

/// A word as a POSIX shell reads it back.
std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%^";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text = "'";
  for (const char letter : word) text += letter == '\'' ? "'\\''" : std::string(1, letter);
  return text + '\'';
}

std::string joined(const Argv& argv) {
  std::string text;
  for (const std::string& word : argv) {
    if (!text.empty()) text += ' ';
    text += quoted(word);
  }
  return text;
}

Argv with_argument(Argv argv, const std::string& name, const std::string& value) {
  const std::string pattern = '{' + name + '}';
  for (std::string& word : argv) {
    for (std::size_t at = word.find(pattern); at != std::string::npos; at = word.find(pattern, at + value.size())) {
      word.replace(at, pattern.size(), value);
    }
  }
  return argv;
}

}  // namespace

std::string arm_name(const Plan& plan, ArmIndex arm) {
  const std::string& label = plan.variable.levels.at(arm).label;
  if (!label.empty()) return printable(label);
  return arm == kControl ? "control" : "treatment";
}

ArmNames arm_names(const Plan& plan, const Comparison& comparison) {
  return {arm_name(plan, kControl), arm_name(plan, comparison.treatment)};
}

std::string cell_title(const Plan& plan, std::size_t cell) {
  const std::vector<Cell> all = cells(plan);
  return all.size() > 1 ? printable(cell_name(plan, all.at(cell))) : "";
}

std::string arm_command(const Plan& plan, const Cell& cell, ArmIndex arm) {
  const Workload& workload = workload_of(plan, cell);
  const LevelValue& value = plan.variable.levels.at(arm).value;
  if (const auto* command = std::get_if<CommandLevel>(&value)) return joined(command->argv);
  if (const auto* argument = std::get_if<ArgumentLevel>(&value)) {
    return joined(with_argument(workload.command, plan.variable.name, argument->value));
  }
  const auto& environment = std::get<EnvironmentLevel>(value);
  const std::string prefix = environment.value ? plan.variable.name + '=' + quoted(*environment.value)
                                               : "env -u " + quoted(plan.variable.name);
  return prefix + ' ' + joined(workload.command);
}

bool is_control_against_itself(const Plan& plan, ArmIndex treatment) {
  return plan.variable.levels.at(kControl).value == plan.variable.levels.at(treatment).value;
}

const Metric& metric_of(const Plan& plan, const MetricResult& result) {
  return plan.metrics.at(result.metric);
}

const MetricResult& primary_result(const Comparison& comparison) {
  ASSAY_ASSERT(!comparison.metrics.empty());
  return comparison.metrics.front();
}

}  // namespace assay::experiments
