#include "experiments/report/exports/pull_request_export.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/result/told_effect.hpp"
#include "core/text/arm_command.hpp"
#include "experiments/report/command_names.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/planning/advice_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

TextStyle unicode_style() {
  TextStyle style;
  style.unicode = true;
  return style;
}

std::string figures_cell(const ArmSummary& arm, const MetricResult& result) {
  if (arm.count == 0) return "-";
  if (result.metric.kind == MetricKind::proportion) return share_text(arm.mean);
  const ArmSummary& first = result.control.count > 0 ? result.control : result.treatment;
  const DisplayScale scale = scale_for(first.median, result.metric.unit);
  return markdown_text(spread_text(arm.median, arm.mad, scale, plus_minus(unicode_style())));
}

std::string change_cell(const Metric& metric, const std::optional<Effect>& effect) {
  if (!effect) return "-";
  return markdown_text(fmt::format("{} ({})", effect_change_text(metric, effect->estimate),
                                   effect_interval_text(metric, effect->interval)));
}

std::string_view standing(const MetricResult& result) {
  switch (result.guard) {
    case GuardStatus::passed:
      return "guard passed";
    case GuardStatus::open:
      return "guard open";
    case GuardStatus::failed:
      return "**guard failed**";
    case GuardStatus::not_a_guard:
      if (result.metric.role == MetricRole::control) return "control";
      return result.metric.role == MetricRole::observed ? "observed" : "";
  }
  return "";
}

std::string metric_row(const MetricResult& result, const Comparison& comparison) {
  const bool is_primary = &result == &comparison.metrics.front();
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_text(result.metric.name),
                     figures_cell(result.control, result), figures_cell(result.treatment, result),
                     change_cell(result.metric, is_primary ? told_effect(comparison) : told_effect(result)),
                     margin_text(result.metric),
                     is_primary ? fmt::format("**{}**", to_string(comparison.verdict)) : standing(result));
}

std::string comparison_section(const AttemptResult& result, const Comparison& comparison) {
  const std::string cell = cell_title(comparison.cell);
  std::string text = cell.empty() ? "" : fmt::format("#### {}\n\n", markdown_text(cell));
  text += markdown_text(result_sentence(result, comparison, unicode_style())) + "\n\n";
  const ArmNames names = arm_names(comparison);
  text += fmt::format("| median ± MAD | {} | {} | change | margin | |\n|:---|---:|---:|---:|---:|:---|\n",
                      markdown_text(names.control), markdown_text(names.treatment));
  for (const MetricResult& metric : comparison.metrics) text += metric_row(metric, comparison);
  if (!comparison.checks.empty() || !comparison.budget.empty()) text += '\n';
  for (const BudgetUse& use : comparison.budget) {
    text += fmt::format("- budget of {}: {}\n", to_string(use.part), budget_text(use));
  }
  for (const CheckResult& check : comparison.checks) {
    text += fmt::format("- check {}: {}\n", markdown_text(check.name), markdown_text(check_text(check)));
  }
  return text + '\n';
}

std::string arms_section(const Plan& plan) {
  std::string text;
  const std::vector<Cell> all = cells(plan);
  for (const Cell& cell : all) {
    if (cell.state != all.front().state) continue;  // other states run the same commands
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
      const std::string command = arm_command(plan, cell, arm);
      if (command.empty()) continue;  // measured elsewhere
      text += fmt::format("- {}{}: {}\n", markdown_text(arm_name(named_arm(plan, arm))),
                          plan.workloads.size() > 1 ? " of " + markdown_text(workload_of(plan, cell).name) : "",
                          markdown_code(command));
    }
  }
  return text;
}

std::string compared_section(const interop::AttemptView& attempt) {
  const Plan& plan = attempt.plan;
  std::string text = "<details><summary>What was compared</summary>\n\n";
  if (!plan.hypothesis.empty()) text += fmt::format("- hypothesis: {}\n", markdown_text(plan.hypothesis));
  text += fmt::format("- variable: {}\n", markdown_text(describe(plan.variable))) + arms_section(plan);
  text += fmt::format("- environment: {}\n", markdown_text(plan.environment_name));
  if (!attempt.result.comparisons.empty()) {
    std::string settings = settings_line(attempt.result, attempt.result.comparisons.front(), unicode_style());
    settings.erase(settings.find_last_not_of('\n') + 1);
    text += fmt::format("- {}\n", markdown_text(settings));
  }
  for (const std::string& note : attempt.result.audit.notes) text += fmt::format("- note: {}\n", markdown_text(note));
  return text + "\n</details>\n";
}

}  // namespace

std::string pull_request_text(const interop::AttemptView& attempt) {
  const AttemptResult result = named_by_commands(attempt.result, attempt.plan);
  const std::string id = markdown_text(attempt.plan.id);
  std::string text = fmt::format("<!-- assay: {} -->\n### assay {}: {} → {}\n\n", id, id, to_string(result.verdict),
                                 to_string(result.decision));
  for (const Comparison& comparison : result.comparisons) text += comparison_section(result, comparison);
  const std::string advice = advice_text(result, unicode_style());
  if (!advice.empty()) text += markdown_text(advice) + "\n\n";
  return text + compared_section(attempt);
}

}  // namespace assay::report
