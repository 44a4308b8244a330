#include "experiments/report/exports/annotations_export.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/report/command_names.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/exports/workflow_command.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

bool has_failed_guard(const Comparison& comparison) {
  return std::any_of(comparison.metrics.begin(), comparison.metrics.end(),
                     [](const MetricResult& result) { return result.guard == GuardStatus::failed; });
}

AnnotationLevel annotation_level(const Comparison& comparison) {
  if (comparison.verdict == Verdict::regressed || comparison.verdict == Verdict::invalid ||
      has_failed_guard(comparison) || is_guard(comparison.decision_reason))
    return AnnotationLevel::error;
  if (comparison.decision == Decision::keep || comparison.verdict == Verdict::equivalent)
    return AnnotationLevel::notice;
  return AnnotationLevel::warning;
}

/// The sentence, and a line for each guard and check that did not hold.
std::string annotation_message(const AttemptResult& result, const Comparison& comparison) {
  TextStyle style;
  style.unicode = true;
  const std::string cell = cell_title(comparison.cell);
  std::string text = (cell.empty() ? "" : cell + ": ") + result_sentence(result, comparison, style);
  for (const MetricResult& guard : comparison.metrics) {
    if (guard.guard != GuardStatus::failed && guard.guard != GuardStatus::open) continue;
    text += fmt::format("\nguard {}: {}", guard.metric.name, guard_text(guard.metric, guard));
  }
  for (const BudgetUse& use : comparison.budget) {
    if (use.standing == BudgetStanding::within) continue;
    text += fmt::format("\nbudget of {}: {}", to_string(use.part), budget_text(use));
  }
  for (const CheckResult& check : comparison.checks) {
    if (!check.passed) text += fmt::format("\ncheck {}: {}", check.name, check_text(check));
  }
  return text;
}

}  // namespace

std::string annotations_text(const interop::AttemptView& attempt) {
  const AttemptResult result = named_by_commands(attempt.result, attempt.plan);
  std::string text;
  for (const Comparison& comparison : result.comparisons) {
    text += workflow_command_text({.level = annotation_level(comparison),
                                   .title = fmt::format("assay {}: {}", attempt.plan.id, to_string(comparison.verdict)),
                                   .message = annotation_message(result, comparison)});
  }
  return text;
}

}  // namespace assay::report
