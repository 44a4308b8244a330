#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/shell_words.hpp"
#include "experiments/record/documents/pipeline_sections.hpp"
#include "experiments/record/documents/section_words.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/report/baseline/levers.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

/// What a run needs of a machine.
constexpr std::array<std::string_view, 4> kSizingMetrics = {"cpu", "cpu_utilisation", "max_rss", "memory_peak"};

const BaselineMetric* find_metric(const BaselineCell& cell, std::string_view name) {
  for (const BaselineMetric& metric : cell.metrics) {
    if (metric.name == name && metric.count > 0) return &metric;
  }
  return nullptr;
}

/// "site (warm): wall 1.20 s, 95 % interval 1.10 to 1.31 s; pull 50.0 %, start 20.0 %, (in no phase) 30.0 %".
std::string cell_sentence(const BaselineCell& cell) {
  std::vector<std::string> phases;
  for (const BaselinePhase& phase : cell.phases) {
    phases.push_back(fmt::format("{} {}", report::phase_name(phase.name), report::percent_of_share(phase.share)));
  }
  const BaselineMetric* const wall = find_metric(cell, "wall");
  std::string text = fmt::format("{}: ", report::cell_title(cell));
  text += wall == nullptr ? report::trials_text(cell) : "wall " + report::median_text(wall->figure, wall->unit);
  return phases.empty() ? text + "; no trial reported a span" : fmt::format("{}; {}", text, fmt::join(phases, ", "));
}

std::string model_of(const BaselineInForce& baseline) {
  const auto& content = std::get<Baseline>(baseline.entry.content);
  std::string text =
      fmt::format("{} ({}{}):\n\n", report::markdown_text(report::baseline_headline(content)), baseline.summary.name,
                  content.revision.empty() ? "" : ", revision " + content.revision);
  for (const BaselineCell& cell : baseline.figures.cells) text += bullet_line(cell_sentence(cell));
  const report::Levers levers = report::levers(baseline.figures);
  if (attributed_share(baseline.figures) == 0 || levers.texts.empty()) return text;
  text += "\nWhere to look first, by the data:\n\n";
  for (const std::string& lever : levers.texts) text += fmt::format("1. {}\n", report::markdown_text(lever));
  if (levers.beside_others) text += fmt::format("\n{}.\n", report::markdown_text(*levers.beside_others));
  return text;
}

std::string sizing_of(const BaselineInForce& baseline) {
  std::string items;
  for (const BaselineCell& cell : baseline.figures.cells) {
    std::vector<std::string> needs;
    for (const std::string_view name : kSizingMetrics) {
      if (const BaselineMetric* metric = find_metric(cell, name)) {
        needs.push_back(fmt::format("{} {}", name, report::median_text(metric->figure, metric->unit)));
      }
    }
    if (!needs.empty()) items += bullet_line(fmt::format("{}: {}", report::cell_title(cell), fmt::join(needs, "; ")));
  }
  for (const TimeoutAdvice& advice : baseline.figures.timeouts) items += bullet_line(report::timeout_text(advice));
  return items;
}

std::string change_lines(const PipelineFacts& facts, bool (*is_wanted)(const KeptChange&)) {
  std::string items;
  for (const KeptChange& change : facts.changes) {
    const TriedAttempt* const attempt = find_attempt(facts, change.attempt.sha256);
    if (!is_wanted(change) || attempt == nullptr) continue;
    items += bullet_line(fmt::format("{} ({}, {}): {}; {}", describe(attempt->head.plan.variable), change.attempt.name,
                                     change.attempt.environment_name, effects_sentence(attempt->head),
                                     change_sentence(change)));
  }
  return items;
}

bool is_recommended(const KeptChange& change) {
  return change.standing == ChangeStanding::kept || change.standing == ChangeStanding::adopted ||
         change.standing == ChangeStanding::remeasured;
}

bool is_not_recommended(const KeptChange& change) {
  return !is_recommended(change);
}

std::string command_line_of(std::vector<std::string> words, const std::string& environment) {
  if (environment != "local") words.insert(words.end(), {"--environment", environment});
  return fmt::format("- {}\n", report::markdown_code(shell_words(words)));
}

/// A gain is that of changes adopted since the baseline: without one there is nothing to measure.
bool was_adopted_since(const PipelineFacts& facts, const BaselineInForce& baseline) {
  return std::find(facts.changed_since.begin(), facts.changed_since.end(), baseline.summary.sha256) !=
         facts.changed_since.end();
}

/// Commands that work from the lab's folder.
std::string commands_of(const PipelineFacts& facts, const BaselineInForce& baseline) {
  const auto& content = std::get<Baseline>(baseline.entry.content);
  const std::string& environment = content.plan.environment_name;
  std::string lines = fmt::format("- `assay show {} --phases`\n", baseline.summary.name);
  if (content.file.empty()) return lines;
  lines += command_line_of({"assay", "baseline", content.file}, environment);
  if (content.revision.empty() || !was_adopted_since(facts, baseline)) return lines;
  return lines + command_line_of({"assay", "baseline", content.file, "--against", baseline.summary.name}, environment);
}

std::string gain_lines(const PipelineFacts& facts) {
  std::string items;
  for (const FiledGain& gain : facts.gains) {
    items += bullet_line(fmt::format("{} ({})", report::gain_headline(gain.content), gain.summary.name));
    for (const GainOfCell& cell : gain.content.cells) {
      items += "  " + bullet_line(fmt::format("{}: {}", report::gain_cell_title(cell), report::gain_cell_text(cell)));
      const std::string warning = report::parts_warning(cell);
      if (!warning.empty()) items += "  " + bullet_line(warning);
    }
    const std::string left_out = report::left_out_text(gain.content);
    if (!left_out.empty()) items += "  " + bullet_line(left_out);
  }
  return items;
}

}  // namespace

std::string performance_section(const PipelineFacts& facts) {
  std::string models;
  std::string sizing;
  std::string commands;
  for (const BaselineInForce& baseline : facts.baselines) {
    models += (models.empty() ? "" : "\n") + model_of(baseline);
    sizing += sizing_of(baseline);
    commands += commands_of(facts, baseline);
  }
  std::string unhelpful = change_lines(facts, is_not_recommended);
  for (const HypothesisHistory& history : facts.hypotheses) {
    if (is_dead_end(history)) unhelpful += bullet_line(dead_end_sentence(facts, history));
  }
  std::string targets;
  for (const TargetReading& reading : facts.targets) targets += bullet_line(target_sentence(reading));
  return "## Performance\n\n" + list_section("Where the time goes", models, "No baseline was measured yet.") +
         list_section("Recommended configuration", change_lines(facts, is_recommended), "Nothing was kept yet.") +
         list_section("Sizing", sizing, "No baseline was measured yet.") +
         list_section("Targets", targets, "None are stated.") +
         list_section("Cumulative gain", gain_lines(facts), "Not measured yet.") +
         list_section("What did not help", unhelpful, "Nothing yet.") + "### Measure again\n\n" +
         "In the folder of the lab:\n\n" + commands + "- `assay status`\n- `assay verify`\n";
}

}  // namespace assay::record
