#include "experiments/trial/checks/condition_check.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/definition/reading/condition.hpp"

namespace assay::trial {
namespace {

using Conditions = std::vector<definition::Condition>;

std::optional<std::string> why_unmet(const Conditions& conditions, const TrialOutput& output) {
  if (output.text_missing) return output.text_missing;
  const nlohmann::json results = nlohmann::json::parse(output.text, nullptr, false);
  if (results.is_discarded()) return output.text_name + " is not JSON";
  for (const definition::Condition& condition : conditions) {
    if (const auto unmet = why_unmet(condition, results)) return fmt::format("{}: {}", output.text_name, *unmet);
  }
  return std::nullopt;
}

std::vector<BreakingCommand> arms_without_results(const BreakingContext& context) {
  const std::string& results = context.workload.results;
  const Argv empty = results.empty() ? Argv{"echo", "{}"} : write_to(results, R"(echo '{}' > "$0")");
  return {null_command(), {"empty results", empty}};
}

}  // namespace

CheckRule rule_for(const ConditionCheck& check) {
  Conditions conditions;
  for (const std::string& text : check.require) conditions.push_back(definition::parse_condition(text));
  return {.needs = {.results = ResultsNeed::read},
          .judgement = JudgedByResults{[conditions = std::move(conditions)](const TrialOutput& output) {
            return why_unmet(conditions, output);
          }},
          .breaking_commands = arms_without_results};
}

}  // namespace assay::trial
