#include "experiments/record/documents/section_words.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/result/told_effect.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/search_text.hpp"

namespace assay::record {
namespace {

std::string effect_sentence(const Comparison& comparison) {
  const MetricResult& primary = report::primary_result(comparison);
  std::string text = comparison.cell.title.empty() ? "" : comparison.cell.title + ": ";
  text += primary.metric.name;
  const std::optional<Effect> effect = told_effect(comparison);
  if (!effect) return text + " not measured";
  return fmt::format("{} {} ({})", text, report::effect_change_text(primary.metric, effect->estimate),
                     report::effect_interval_text(primary.metric, effect->interval));
}

}  // namespace

std::string bullet_line(std::string_view text) {
  return fmt::format("- {}\n", report::markdown_text(text));
}

std::string list_section(std::string_view title, const std::string& items, std::string_view otherwise) {
  return fmt::format("### {}\n\n{}\n", title, items.empty() ? fmt::format("{}\n", otherwise) : items);
}

const TriedAttempt* find_attempt(const PipelineFacts& facts, const std::string& sha256) {
  const auto found = std::find_if(facts.attempts.begin(), facts.attempts.end(),
                                  [&sha256](const TriedAttempt& one) { return one.summary.sha256 == sha256; });
  return found == facts.attempts.end() ? nullptr : &*found;
}

std::string effects_sentence(const Record& record) {
  std::vector<std::string> parts;
  for (const LevelSearch& search : record.result.searches) parts.push_back(report::search_sentence(search));
  for (const Comparison& comparison : record.result.comparisons) parts.push_back(effect_sentence(comparison));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string dead_end_sentence(const PipelineFacts& facts, const HypothesisHistory& history) {
  const RecordSummary& last = last_word(history);
  const TriedAttempt* const attempt = find_attempt(facts, last.sha256);
  std::string text = fmt::format("{} in {}", last.name, last.environment_name);
  if (attempt != nullptr) {
    text += fmt::format(": {}. {}", describe(attempt->head.plan.variable), effects_sentence(attempt->head));
  }
  text += fmt::format(". {} ({}), attempt {} of {}", name_or_empty(last.decision), decision_reason_words(last),
                      history.spent, attempts_allowed(history));
  if (attempt == nullptr || attempt->head.plan.assumptions.empty()) {
    return text + ". It names no assumption that could change: do not try it again";
  }
  return fmt::format("{}. Try it again only if one of these no longer holds: {}", text,
                     fmt::join(attempt->head.plan.assumptions, "; "));
}

}  // namespace assay::record
