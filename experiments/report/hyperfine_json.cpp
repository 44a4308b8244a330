#include "experiments/report/hyperfine_json.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "experiments/report/naming.hpp"

namespace assay::report {
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

/// The measured trials of one arm, a figure of each.
struct ArmTrials {
  std::vector<double> wall;
  std::vector<double> user;
  std::vector<double> system;
  std::vector<std::int64_t> memory;
  int failed = 0;
};

ArmTrials trials_of(const std::vector<Block>& blocks, std::size_t cell, ArmIndex arm) {
  ArmTrials trials;
  for (const Block& block : blocks) {
    if (block.cell != cell || is_void(block)) continue;
    for (const Trial& trial : block.trials) {
      if (trial.arm != arm) continue;
      if (!is_measured(trial.outcome)) {
        ++trials.failed;
        continue;
      }
      trials.wall.push_back(seconds(trial.usage.wall));
      trials.user.push_back(seconds(trial.usage.user));
      trials.system.push_back(seconds(trial.usage.system));
      trials.memory.push_back(trial.usage.max_rss.count);
    }
  }
  return trials;
}

/// A measured trial's exit code is known where only one counts as success.
json exit_codes_of(const ArmTrials& trials, const Workload& workload) {
  const json code = workload.success_codes.size() == 1 ? json(workload.success_codes.front()) : json(nullptr);
  return json(trials.wall.size(), code);
}

json parameters_of(const Plan& plan, ArmIndex arm) {
  const LevelValue& level = plan.variable.levels.at(arm).value;
  if (const auto* argument = std::get_if<ArgumentLevel>(&level)) return {{plan.variable.name, argument->value}};
  if (const auto* settings = std::get_if<SettingsLevel>(&level)) {
    json parameters = json::object();
    for (const auto& [name, value] : settings->set) {
      if (value) parameters[name] = *value;
    }
    return parameters;
  }
  const auto* environment = std::get_if<EnvironmentLevel>(&level);
  if (environment != nullptr && environment->value) return {{plan.variable.name, *environment->value}};
  return json::object();
}

}  // namespace

json hyperfine_json(const Plan& plan, const std::vector<Block>& blocks) {
  json results = json::array();
  const std::vector<Cell> all = cells(plan);
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
      const ArmTrials trials = trials_of(blocks, cell, arm);
      json result = {{"command", arm_command(plan, all[cell], arm)}, {"failed_trials", trials.failed}};
      const json parameters = parameters_of(plan, arm);
      if (!parameters.empty()) result["parameters"] = parameters;
      const bool any = !trials.wall.empty();
      result["mean"] = any ? json(mean_of(trials.wall)) : json(nullptr);
      result["stddev"] = standard_deviation_of(trials.wall);
      result["median"] = any ? json(median_of(trials.wall)) : json(nullptr);
      result["user"] = any ? json(mean_of(trials.user)) : json(nullptr);
      result["system"] = any ? json(mean_of(trials.system)) : json(nullptr);
      result["min"] = any ? json(*std::min_element(trials.wall.begin(), trials.wall.end())) : json(nullptr);
      result["max"] = any ? json(*std::max_element(trials.wall.begin(), trials.wall.end())) : json(nullptr);
      result["times"] = trials.wall;
      result["memory_usage_byte"] = trials.memory;
      result["exit_codes"] = exit_codes_of(trials, workload_of(plan, all[cell]));
      results.push_back(result);
    }
  }
  return {{"results", results}};
}

}  // namespace assay::report
