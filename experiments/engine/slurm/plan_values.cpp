#include "experiments/engine/slurm/plan_values.hpp"

#include <variant>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/described.hpp"
#include "experiments/formats/object.hpp"

namespace assay::formats {

template <>
const Description& description_of<engine::PlanValues>() {
  using engine::PlanValues;
  static const Description description =
      Object<PlanValues>("values of a plan")
          .always<&PlanValues::environment>("environment", "of every trial, without what the variable sets")
          .always<&PlanValues::levels>("levels", "for each arm, the values that the plan does not hold")
          .always<&PlanValues::workloads>("workloads", "for each workload, the values that the plan does not hold");
  return description;
}

}  // namespace assay::formats

namespace assay::engine {

PlanValues values_of(const Plan& plan) {
  PlanValues values{.environment = plan.environment, .levels = {}, .workloads = {}};
  for (const Level& level : plan.variable.levels) {
    std::map<std::string, std::string>& hidden = values.levels.emplace_back();
    if (const auto* const one = std::get_if<EnvironmentLevel>(&level.value); one != nullptr && !one->hmac.empty()) {
      hidden.emplace(plan.variable.name, one->value.value());
    }
    if (const auto* const several = std::get_if<SettingsLevel>(&level.value)) {
      for (const auto& [name, hash] : several->set_hmac) hidden.emplace(name, several->set.at(name).value());
    }
  }
  for (const Workload& workload : plan.workloads) {
    std::map<std::string, std::string>& hidden = values.workloads.emplace_back();
    for (const auto& [name, hash] : workload.set_hmac) hidden.emplace(name, workload.set.at(name));
  }
  return values;
}

Plan with_values(Plan plan, const PlanValues& values) {
  if (values.levels.size() != plan.variable.levels.size() || values.workloads.size() != plan.workloads.size()) {
    throw Error("the spool's values.json belongs to another plan");
  }
  plan.environment = values.environment;
  for (ArmIndex arm = 0; arm < values.levels.size(); ++arm) {
    LevelValue& level = plan.variable.levels[arm].value;
    for (const auto& [name, value] : values.levels[arm]) {
      if (auto* const one = std::get_if<EnvironmentLevel>(&level)) one->value = value;
      if (auto* const several = std::get_if<SettingsLevel>(&level)) several->set[name] = value;
    }
  }
  for (std::size_t index = 0; index < values.workloads.size(); ++index) {
    for (const auto& [name, value] : values.workloads[index]) plan.workloads[index].set[name] = value;
  }
  return plan;
}

std::string values_json(const PlanValues& values) {
  return formats::text_of(values);
}

PlanValues parse_values(const std::string& json) {
  const nlohmann::json document = formats::parse_json(json, "values of a plan");
  return formats::read_as<PlanValues>(formats::Field(document));
}

}  // namespace assay::engine
