#include "experiments/interop/exports/hyperfine_export.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/secrets.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/exports/arm_trials.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

/// If only one code counts as success, every measured trial has it. Records of 0.1.0 do not say which of several it
/// was.
json exit_codes_of(const ArmTrials& trials, const Workload& workload) {
  const json only = workload.success_codes.size() == 1 ? json(workload.success_codes.front()) : json(nullptr);
  json codes = json::array();
  for (const std::optional<int>& code : trials.exit_codes) codes.push_back(code ? json(*code) : only);
  return codes;
}

json parameters_of(const Plan& plan, ArmIndex arm) {
  const LevelValue& level = plan.variable.levels.at(arm).value;
  if (const auto* argument = std::get_if<ArgumentLevel>(&level))
    return {{plan.variable.name, masked_secrets(argument->value)}};
  if (const auto* settings = std::get_if<SettingsLevel>(&level)) {
    json parameters = json::object();
    for (const auto& [name, value] : shown_settings(*settings)) {
      if (value) parameters[name] = *value;
    }
    return parameters;
  }
  const auto* environment = std::get_if<EnvironmentLevel>(&level);
  if (environment != nullptr && (environment->value || !environment->hmac.empty()))
    return {{plan.variable.name, describe_value(*environment)}};
  return json::object();
}

json mean_or_null(const std::vector<double>& values) {
  return values.empty() ? json(nullptr) : json(mean_of(values));
}

void add_wall_figures(json& result, const std::vector<double>& wall) {
  const bool any = !wall.empty();
  result["mean"] = mean_or_null(wall);
  const std::optional<double> spread = standard_deviation_of(wall);
  result["stddev"] = spread ? json(*spread) : json(nullptr);
  result["median"] = any ? json(median_of(wall)) : json(nullptr);
  result["min"] = any ? json(*std::min_element(wall.begin(), wall.end())) : json(nullptr);
  result["max"] = any ? json(*std::max_element(wall.begin(), wall.end())) : json(nullptr);
  result["times"] = wall;
}

json arm_result(const AttemptView& attempt, const ArmOfCell& arm) {
  const Plan& plan = attempt.plan;
  const Cell cell = cells(plan)[arm.cell];
  const ArmTrials trials = arm_trials(attempt, arm.cell, arm.arm);
  json result = {{"command", command_of(plan, arm)}, {"failed_trials", trials.failed}};
  const json parameters = is_measured_elsewhere(plan, cell) ? json::object() : parameters_of(plan, arm.arm);
  if (!parameters.empty()) result["parameters"] = parameters;
  add_wall_figures(result, trials.wall);
  result["user"] = mean_or_null(trials.user);
  result["system"] = mean_or_null(trials.system);
  result["memory_usage_byte"] = trials.memory;
  result["exit_codes"] = exit_codes_of(trials, workload_of(plan, cell));
  return result;
}

}  // namespace

void require_seconds(const Plan& plan) {
  const Metric& metric = plan.metrics.at(primary_metric(plan));
  if (!is_measured_elsewhere(plan, cells(plan).front()) || metric.unit == "s") return;
  throw Error(fmt::format("this format holds times in seconds, and the unit of these values is {}",
                          metric.unit.empty() ? "not given" : in_quotes(metric.unit)));
}

std::string hyperfine_text(const AttemptView& attempt) {
  require_seconds(attempt.plan);
  json results = json::array();
  for (const ArmOfCell& arm : arms_of(attempt.plan)) results.push_back(arm_result(attempt, arm));
  return json{{"results", results}}.dump(2) + "\n";
}

}  // namespace assay::interop
