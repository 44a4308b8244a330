#include "experiments/report/text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/report/arm_table.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/ruling.hpp"
#include "experiments/report/search_text.hpp"

namespace assay::report {
namespace {

/// The comparisons of one cell: one, or one for each treatment.
using CellComparisons = std::vector<Comparison>;

std::vector<CellComparisons> by_cell(const std::vector<Comparison>& comparisons) {
  std::vector<CellComparisons> groups;
  for (const Comparison& comparison : comparisons) {
    if (groups.empty() || groups.back().front().cell.index != comparison.cell.index) groups.emplace_back();
    groups.back().push_back(comparison);
  }
  return groups;
}

std::string primary_table(const CellComparisons& group, const TextStyle& style) {
  std::vector<ArmRow> rows;
  Metric metric;
  for (const Comparison& comparison : group) {
    if (comparison.metrics.empty()) continue;
    const MetricResult& primary = primary_result(comparison);
    metric = primary.metric;
    if (rows.empty()) rows.push_back({arm_name(comparison.control), primary.control});
    rows.push_back({arm_name(comparison.treatment), primary.treatment});
  }
  const bool any_trial = std::any_of(rows.begin(), rows.end(),
                                     [](const ArmRow& row) { return row.summary.count > 0 || row.summary.failed > 0; });
  return any_trial ? '\n' + arm_table(metric, rows, style) + '\n' : "";
}

/// A terminal would break the sentence inside a word; a file keeps it on one line, for programs that look for it.
std::string sentence_lines(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  const std::string sentence = result_sentence(result, comparison, style);
  return style.breaks_sentences ? wrap(sentence, style.width, {"", "  "}) : sentence + '\n';
}

}  // namespace

std::string result_text(const AttemptResult& result, const TextStyle& wanted, std::string_view rerun_command) {
  TextStyle style = wanted;
  style.is_graded = result.challenge.has_value();
  if (!result.searches.empty()) return search_text(result, style, rerun_command);
  std::string text;
  const bool several = result.comparisons.size() != 1;
  if (several) {
    text += comparison_table(result.comparisons, style) + suite_lines(result, style);
    text += overall_text(result, style) + '\n';
  }
  for (const CellComparisons& group : by_cell(result.comparisons)) {
    const std::string title = cell_title(group.front().cell);
    if (several) text += '\n';
    if (!title.empty()) text += toned(title, Tone::strong, style) + '\n';
    for (const Comparison& comparison : group) text += sentence_lines(result, comparison, style);
    text += primary_table(group, style);
    for (const Comparison& comparison : group) {
      if (group.size() > 1) text += toned(arm_name(comparison.treatment) + ':', Tone::strong, style) + '\n';
      text += settings_line(result, comparison, style) + comparison_details(result, comparison, style);
    }
  }
  const std::string details = attempt_details(result, style, rerun_command);
  return text + (several && !details.empty() ? "\n" : "") + details;
}

}  // namespace assay::report
