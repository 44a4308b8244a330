#include "experiments/trial/checks/condition_check.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/definition/reading/condition.hpp"
#include "experiments/trial/metrics/results_document.hpp"

namespace assay::trial {
namespace {

using Conditions = std::vector<definition::Condition>;

std::optional<std::string> why_unmet(const Conditions& conditions, const TrialOutput& output) {
  const OutputText& results = output.results;
  if (results.missing) return results.missing;
  try {
    const ResultsDocument document = read_results_document(results.text);
    if (results.is_file && !document.other_text.empty()) {
      return fmt::format("{} is not JSON alone: it holds other text {}", results.name, document.other_text);
    }
    for (const definition::Condition& condition : conditions) {
      for (const std::string& pointer : definition::pointers_in(condition, document.value, document.root)) {
        const std::string twice = repeated_key_around(document, pointer);
        if (!twice.empty()) return fmt::format("{} has the key at {} twice", results.name, twice);
      }
      const auto unmet = why_unmet(condition, document.value, document.root);
      if (unmet) return fmt::format("{}: {}", results.name, *unmet);
    }
  } catch (const Error& error) {
    return fmt::format("{} is not JSON: {}", results.name, error.what());
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
