#include "experiments/interop/hyperfine_export.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/arm_command.hpp"
#include "core/text/secrets.hpp"
#include "core/text/utf8.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

double seconds(nanoseconds duration) {
  return static_cast<double>(duration.count()) / 1e9;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double median_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Null below two values, as hyperfine has it.
json standard_deviation_of(const std::vector<double>& values) {
  if (values.size() < 2) return nullptr;
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// Whether the plan's values were measured elsewhere, since there is nothing that assay could have run.
bool is_measured_elsewhere(const Plan& plan, const Cell& cell) {
  return arm_command(plan, cell, kControl).empty();
}

/// The measured trials of one arm, with one figure of each trial in each list.
struct ArmTrials {
  std::vector<double> wall;
  std::vector<double> user;
  std::vector<double> system;
  std::vector<std::int64_t> memory;
  std::vector<std::optional<int>> exit_codes;  ///< empty for one that the trial does not say
  int failed = 0;
};

void add_trial(ArmTrials& trials, const Trial& trial) {
  trials.wall.push_back(seconds(trial.usage.wall));
  trials.user.push_back(seconds(trial.usage.user));
  trials.system.push_back(seconds(trial.usage.system));
  trials.memory.push_back(trial.usage.max_rss.count);
  trials.exit_codes.push_back(trial.exit_code);
}

ArmTrials trials_of(const AttemptView& attempt, std::size_t cell, ArmIndex arm) {
  const bool elsewhere = is_measured_elsewhere(attempt.plan, cells(attempt.plan)[cell]);
  ArmTrials trials;
  for (const Block& block : attempt.blocks) {
    if (block.cell != cell || is_void(block)) continue;
    for (const Trial& trial : block.trials) {
      if (trial.arm != arm) continue;
      if (!is_measured(trial.outcome)) {
        ++trials.failed;
      } else if (elsewhere) {
        trials.wall.push_back(trial.values.at(0).value());
      } else {
        add_trial(trials, trial);
      }
    }
  }
  return trials;
}

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
  result["stddev"] = standard_deviation_of(wall);
  result["median"] = any ? json(median_of(wall)) : json(nullptr);
  result["min"] = any ? json(*std::min_element(wall.begin(), wall.end())) : json(nullptr);
  result["max"] = any ? json(*std::max_element(wall.begin(), wall.end())) : json(nullptr);
  result["times"] = wall;
}

json arm_result(const AttemptView& attempt, std::size_t cell_index, ArmIndex arm) {
  const Plan& plan = attempt.plan;
  const Cell cell = cells(plan)[cell_index];
  const ArmTrials trials = trials_of(attempt, cell_index, arm);
  const bool elsewhere = is_measured_elsewhere(plan, cell);
  json result = {{"command", elsewhere ? plan.variable.levels.at(arm).label : arm_command(plan, cell, arm)},
                 {"failed_trials", trials.failed}};
  const json parameters = elsewhere ? json::object() : parameters_of(plan, arm);
  if (!parameters.empty()) result["parameters"] = parameters;
  add_wall_figures(result, trials.wall);
  result["user"] = mean_or_null(trials.user);
  result["system"] = mean_or_null(trials.system);
  result["memory_usage_byte"] = trials.memory;
  result["exit_codes"] = exit_codes_of(trials, workload_of(plan, cell));
  return result;
}

void check_unit(const Plan& plan) {
  const Metric& metric = plan.metrics.at(primary_metric(plan));
  if (!is_measured_elsewhere(plan, cells(plan).front()) || metric.unit == "s") return;
  throw Error(fmt::format("hyperfine's format holds times in seconds, and the unit of these values is {}",
                          metric.unit.empty() ? "not given" : in_quotes(metric.unit)));
}

}  // namespace

std::string hyperfine_text(const AttemptView& attempt) {
  check_unit(attempt.plan);
  json results = json::array();
  const std::size_t cell_count = cells(attempt.plan).size();
  for (std::size_t cell = 0; cell < cell_count; ++cell) {
    for (ArmIndex arm = 0; arm < arm_count(attempt.plan); ++arm) results.push_back(arm_result(attempt, cell, arm));
  }
  return json{{"results", results}}.dump(2) + "\n";
}

}  // namespace assay::interop
