#include <algorithm>

#include <fmt/format.h>

#include "core/result/told_effect.hpp"
#include "experiments/record/documents/pipeline_sections.hpp"
#include "experiments/record/documents/section_words.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/search_text.hpp"

namespace assay::record {
namespace {

using report::markdown_text;

std::string arm_figure(const ArmSummary& arm, const report::DisplayScale& scale) {
  return arm.count > 0 ? report::quantity_text(arm.median, scale) : "-";
}

/// What became of the attempt's change since.
std::string standing_now(const PipelineFacts& facts, const RecordSummary& attempt) {
  for (const KeptChange& change : facts.changes) {
    if (change.attempt.sha256 == attempt.sha256) return change_sentence(change);
  }
  for (const HypothesisHistory& history : facts.hypotheses) {
    const bool is_last = !history.attempts.empty() && last_word(history).sha256 == attempt.sha256;
    if (is_last && is_dead_end(history)) return "dead end";
  }
  return "";
}

/// The columns that every row of an attempt begins with.
std::string row_start(const TriedAttempt& attempt) {
  return fmt::format("| {} | {} | {} | {} |", markdown_text(attempt.summary.name),
                     markdown_text(describe(attempt.head.plan.variable)),
                     markdown_text(attempt.summary.environment_name), attempt.summary.simulated ? "simulated" : "");
}

/// What a cell came to, with its own reason if the attempt came to something else.
std::string decision_of(const TriedAttempt& attempt, const Comparison& comparison) {
  const bool is_the_same = comparison.decision == attempt.head.result.decision;
  return fmt::format("{} ({})", to_string(comparison.decision),
                     is_the_same ? decision_reason_words(attempt.summary) : to_string(comparison.decision_reason));
}

std::string row_end(const PipelineFacts& facts, const TriedAttempt& attempt, const std::string& decision) {
  return fmt::format(" {} | {} |\n", markdown_text(decision), markdown_text(standing_now(facts, attempt.summary)));
}

std::string comparison_row(const PipelineFacts& facts, const TriedAttempt& attempt, const Comparison& comparison) {
  const MetricResult& primary = report::primary_result(comparison);
  const report::DisplayScale scale =
      report::scale_for(std::max(primary.control.median, primary.treatment.median), primary.metric.unit);
  const std::optional<Effect> effect = told_effect(comparison);
  const std::string change = effect
                                 ? fmt::format("{} ({})", report::effect_change_text(primary.metric, effect->estimate),
                                               report::effect_interval_text(primary.metric, effect->interval))
                                 : "-";
  return row_start(attempt) +
         fmt::format(" {} | {} | {} | {} | {} |",
                     markdown_text(fmt::format("{} ({})", comparison.cell.workload, comparison.cell.state)),
                     markdown_text(primary.metric.name), arm_figure(primary.control, scale),
                     arm_figure(primary.treatment, scale), change) +
         row_end(facts, attempt, decision_of(attempt, comparison));
}

std::string search_row(const PipelineFacts& facts, const TriedAttempt& attempt, const LevelSearch& search) {
  return row_start(attempt) +
         fmt::format(" {} | {} | - | - | {} |",
                     markdown_text(fmt::format("{} ({})", search.cell.workload, search.cell.state)),
                     markdown_text(search.metric.name), markdown_text(report::search_sentence(search))) +
         row_end(
             facts, attempt,
             fmt::format("{} ({})", to_string(attempt.head.result.decision), decision_reason_words(attempt.summary)));
}

std::string rows_of(const PipelineFacts& facts, const TriedAttempt& attempt) {
  std::string rows;
  for (const LevelSearch& search : attempt.head.result.searches) rows += search_row(facts, attempt, search);
  for (const Comparison& comparison : attempt.head.result.comparisons) {
    rows += comparison_row(facts, attempt, comparison);
  }
  return rows;
}

std::string experiment_table(const PipelineFacts& facts) {
  std::string rows;
  for (const TriedAttempt& attempt : facts.attempts) rows += rows_of(facts, attempt);
  if (rows.empty()) return "No experiment has run yet.\n\n";
  return "| record | what was changed | environment | note | workload | metric | before | after | change | decision | "
         "now "
         "|\n"
         "|---|---|---|---|---|---|---:|---:|---|---|---|\n" +
         rows + "\n";
}

}  // namespace

std::string experiments_section(const PipelineFacts& facts) {
  std::string dead_ends;
  for (const HypothesisHistory& history : facts.hypotheses) {
    if (is_dead_end(history)) dead_ends += bullet_line(dead_end_sentence(facts, history));
  }
  std::string gains;
  for (const FiledGain& gain : facts.gains) {
    gains += bullet_line(fmt::format("{} ({})", report::gain_headline(gain.content), gain.summary.name));
  }
  return "## Experiments\n\nBefore and after are medians; the interval belongs to the change.\n\n" +
         experiment_table(facts) + list_section("Dead ends", dead_ends, "None.") +
         list_section("Cumulative gain", gains, "Not measured yet.");
}

}  // namespace assay::record
