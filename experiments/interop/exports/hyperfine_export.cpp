#include "experiments/interop/exports/hyperfine_export.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/secrets.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/printed_json.hpp"
#include "experiments/interop/exports/arm_trials.hpp"
#include "stats/summary.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

/// If only one code counts as success, every measured trial has it. Records of 0.1.0 do not say which of several it
/// was.
std::vector<std::optional<int>> codes_of(const ArmTrials& trials, const Workload& workload) {
  std::vector<std::optional<int>> codes = trials.exit_codes;
  if (workload.success_codes.size() != 1) return codes;
  for (std::optional<int>& code : codes) code = code.value_or(workload.success_codes.front());
  return codes;
}

std::map<std::string, std::string> parameters_of(const Plan& plan, ArmIndex arm) {
  const LevelValue& level = plan.variable.levels.at(arm).value;
  if (const auto* argument = std::get_if<ArgumentLevel>(&level))
    return {{plan.variable.name, masked_secrets(argument->value)}};
  if (const auto* settings = std::get_if<SettingsLevel>(&level)) {
    std::map<std::string, std::string> parameters;
    for (const auto& [name, value] : shown_settings(*settings)) {
      if (value) parameters[name] = *value;
    }
    return parameters;
  }
  const auto* environment = std::get_if<EnvironmentLevel>(&level);
  if (environment != nullptr && (environment->value || !environment->hmac.empty()))
    return {{plan.variable.name, describe_value(*environment)}};
  return {};
}

std::optional<double> mean_if_any(const std::vector<double>& values) {
  return values.empty() ? std::nullopt : std::optional<double>(stats::mean(values));
}

void add_wall_figures(HyperfineResult& result) {
  const std::vector<double>& wall = result.trials.wall;
  result.mean = mean_if_any(wall);
  if (wall.empty()) return;
  if (wall.size() > 1) result.deviation = std::sqrt(stats::variance(wall));
  result.median = stats::median(wall);
  result.minimum = *std::min_element(wall.begin(), wall.end());
  result.maximum = *std::max_element(wall.begin(), wall.end());
}

/// Whether the label is what an arm is called if nobody names it.
bool is_usual_label(const Plan& plan, ArmIndex arm) {
  const std::string& label = plan.variable.levels.at(arm).label;
  return label == (arm == kControl ? "control" : "treatment") || label == fmt::format("treatment {}", arm);
}

bool commands_tell_apart(const Plan& plan, const ArmOfCell& arm) {
  const std::string command = command_of(plan, arm);
  const std::vector<ArmOfCell> arms = arms_of(plan);
  return std::count_if(arms.begin(), arms.end(),
                       [&](const ArmOfCell& other) { return command_of(plan, other) == command; }) == 1;
}

/// The arm's label, and its cell if there are several.
std::string label_of(const Plan& plan, const ArmOfCell& arm) {
  const std::string& label = plan.variable.levels.at(arm.arm).label;
  const std::vector<Cell> all = cells(plan);
  return all.size() == 1 ? label : fmt::format("{}/{}", label, cell_name(plan, all[arm.cell]));
}

/// What hyperfine would call it, if it had measured it.
std::string name_of(const AttemptView& attempt, const ArmOfCell& arm) {
  const Plan& plan = attempt.plan;
  if (attempt.said != nullptr && !attempt.said->arms.at(arm.arm).name.empty()) return attempt.said->arms[arm.arm].name;
  if (std::holds_alternative<CommandLevel>(plan.variable.levels.at(arm.arm).value)) {
    // A record does not say whether the label was given as a name, or made of the values of parameters.
    const bool is_named = attempt.said == nullptr && !is_usual_label(plan, arm.arm);
    return is_named ? label_of(plan, arm) : command_of(plan, arm);
  }
  return commands_tell_apart(plan, arm) ? command_of(plan, arm) : label_of(plan, arm);
}

std::map<std::string, std::string> masked(std::map<std::string, std::string> values) {
  for (auto& [name, value] : values) value = masked_secrets(value);
  return values;
}

HyperfineResult arm_result(const AttemptView& attempt, const ArmOfCell& arm) {
  const Plan& plan = attempt.plan;
  const Cell cell = cells(plan)[arm.cell];
  HyperfineResult result;
  result.command = masked_secrets(name_of(attempt, arm));
  result.shown = result.command;
  if (!is_measured_elsewhere(plan, cell)) result.parameters = parameters_of(plan, arm.arm);
  const bool is_one = attempt.said != nullptr && attempt.said->is_one_command;
  if (attempt.said != nullptr) {
    result.shown += masked_secrets(attempt.said->arms.at(arm.arm).values_without_place);
    // A parameter may be the value of the variable: that is then not another one.
    const std::map<std::string, std::string>& values = attempt.said->arms[arm.arm].values;
    if (!values.empty()) result.parameters = masked(values);
  }
  result.trials = is_one ? trials_of_all_arms(attempt, arm.cell) : arm_trials(attempt, arm.cell, arm.arm);
  result.trials.exit_codes = codes_of(result.trials, workload_of(plan, cell));
  add_wall_figures(result);
  result.user = mean_if_any(result.trials.user);
  result.system = mean_if_any(result.trials.system);
  return result;
}

template <class Value>
json value_or_null(const std::optional<Value>& value) {
  return value ? json(*value) : json(nullptr);
}

json json_of(const HyperfineResult& result) {
  json codes = json::array();
  for (const std::optional<int>& code : result.trials.exit_codes) codes.push_back(value_or_null(code));
  json object = {{"command", result.command},
                 {"failed_trials", result.trials.failed},
                 {"mean", value_or_null(result.mean)},
                 {"stddev", value_or_null(result.deviation)},
                 {"median", value_or_null(result.median)},
                 {"min", value_or_null(result.minimum)},
                 {"max", value_or_null(result.maximum)},
                 {"times", result.trials.wall},
                 {"user", value_or_null(result.user)},
                 {"system", value_or_null(result.system)},
                 {"memory_usage_byte", result.trials.memory},
                 {"exit_codes", codes}};
  if (!result.parameters.empty()) object["parameters"] = result.parameters;
  return object;
}

}  // namespace

void require_seconds(const Plan& plan) {
  const Metric& metric = plan.metrics.at(primary_metric(plan));
  if (!is_measured_elsewhere(plan, cells(plan).front()) || metric.unit == "s") return;
  throw Error(fmt::format("this format holds times in seconds, and the unit of these values is {}",
                          metric.unit.empty() ? "not given" : in_quotes(metric.unit)));
}

std::vector<HyperfineResult> hyperfine_results(const AttemptView& attempt) {
  require_seconds(attempt.plan);
  std::vector<HyperfineResult> results;
  if (attempt.said != nullptr && attempt.said->is_one_command) return {arm_result(attempt, {})};
  for (const ArmOfCell& arm : arms_of(attempt.plan)) results.push_back(arm_result(attempt, arm));
  return results;
}

std::string hyperfine_text(const AttemptView& attempt) {
  json results = json::array();
  for (const HyperfineResult& result : hyperfine_results(attempt)) results.push_back(json_of(result));
  return formats::printed_json({{"results", results}});
}

}  // namespace assay::interop
