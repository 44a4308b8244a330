#include "experiments/trial/checks/conditions.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace assay::trial {
namespace {

std::optional<std::string> why_unmet(const std::vector<definition::Condition>& conditions, const TrialOutput& output) {
  if (output.text_missing) return output.text_missing;
  const nlohmann::json results = nlohmann::json::parse(output.text, nullptr, false);
  if (results.is_discarded()) return output.text_name + " is not JSON";
  for (const definition::Condition& condition : conditions) {
    if (const auto unmet = why_unmet(condition, results)) return fmt::format("{}: {}", output.text_name, *unmet);
  }
  return std::nullopt;
}

}  // namespace

Conditions::Conditions(const Plan& plan) : plan_(plan) {
  for (std::size_t index = 0; index < plan.checks.size(); ++index) {
    const auto* const check = std::get_if<ConditionCheck>(&plan.checks[index].kind);
    if (check == nullptr) continue;
    for (const std::string& text : check->require) by_check_[index].push_back(definition::parse_condition(text));
  }
}

std::optional<CheckFailed> Conditions::judge(const Workload& workload, const TrialOutput& output) const {
  for (const auto& [index, conditions] : by_check_) {
    const Check& check = plan_.checks[index];
    if (!applies_to(check.workloads, workload.name)) continue;
    if (const auto unmet = why_unmet(conditions, output)) return CheckFailed{check.name, *unmet};
  }
  return std::nullopt;
}

}  // namespace assay::trial
