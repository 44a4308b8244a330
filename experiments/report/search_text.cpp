#include "experiments/report/search_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/arm_table.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/ruling.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

using LevelRow = std::vector<std::string>;

std::string names_of_left(const LevelSearch& search) {
  std::string names;
  for (const LevelStanding& standing : search.levels) {
    if (standing.fate != LevelFate::surviving) continue;
    names += (names.empty() ? "" : ", ") + arm_name(standing.level);
  }
  return names;
}

std::string fate_text(const LevelSearch& search, const LevelStanding& standing) {
  switch (standing.fate) {
    case LevelFate::surviving:
      if (search.best == standing.level) return "best";
      return search.best ? "equivalent" : "may be best";
    case LevelFate::worse:
      return fmt::format("worse than {} after {}", arm_name(standing.beaten_by.value_or(search.levels.front().level)),
                         count_text(standing.blocks, "block"));
    case LevelFate::guard:
      return fmt::format("a guard failed after {}", count_text(standing.blocks, "block"));
    case LevelFate::broken:
      return fmt::format("its trials failed after {}", count_text(standing.blocks, "block"));
  }
  return "";
}

LevelRow row_of(const LevelSearch& search, const LevelStanding& standing, const TextStyle& style) {
  const Metric& metric = search.metric;
  const DisplayScale scale = scale_for(search.levels.front().values.median, metric.unit, style.time_unit);
  const std::string value = metric.kind == MetricKind::proportion ? share_text(standing.values.mean)
                                                                  : quantity_text(standing.values.median, scale);
  LevelRow row = {shorten(arm_name(standing.level), 24), standing.values.count > 0 ? value : "-", "-", "", ""};
  if (standing.level.index == kControl) {
    row[2] = "first";
  } else if (!standing.metrics.empty() && standing.metrics.front().effect) {
    const Effect& effect = *standing.metrics.front().effect;
    row[2] = effect_change_text(metric, effect.estimate, style.time_unit);
    row[3] = is_exact(standing.metrics.front())
                 ? "(exact)"
                 : fmt::format("({})", effect_interval_text(metric, effect.interval, wording_in(style)));
  }
  row[4] = fate_text(search, standing);
  return row;
}

std::string lines_of(const std::vector<LevelRow>& rows) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const LevelRow& row : rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], display_width(row[column]));
    }
  }
  std::string lines;
  for (const LevelRow& row : rows) {
    lines += "  " + pad_right(row[0], widths[0]) + "  " + pad_left(row[1], widths[1]) + "  " +
             pad_left(row[2], widths[2]) + "  " + pad_right(row[3], widths[3]) + "  " + row[4] + '\n';
  }
  return lines;
}

std::string sentence_lines(const std::string& sentence, const TextStyle& style) {
  return style.breaks_sentences ? wrap(sentence, style.width, {"", "  "}) : sentence + '\n';
}

/// What fresh blocks say of the best level; the comparison of the same cell.
std::string confirmation_text(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  const MetricResult& primary = primary_result(comparison);
  std::string text = sentence_lines("confirmed afresh: " + result_sentence(result, comparison, style), style);
  text += '\n' + arm_table(primary.metric,
                           {{arm_name(comparison.control), primary.control},
                            {arm_name(comparison.treatment), primary.treatment}},
                           style);
  const std::string details = comparison_details(result, comparison, style);
  return text + (details.empty() ? "" : '\n' + details);
}

/// "4 took more memory than the budget: 1.21 GB of 1.07 GB"
std::string breaches_text(const LevelSearch& search) {
  std::string lines;
  for (const LevelStanding& standing : search.levels) {
    for (const BudgetUse& use : standing.budget) {
      if (use.standing == BudgetStanding::within) continue;
      lines += fmt::format("budget of {}: {}: {}\n", to_string(use.part), arm_name(standing.level), budget_text(use));
    }
    if (standing.pressed_trials > 0) {
      lines += fmt::format("memory pressure: {}: in {}\n", arm_name(standing.level),
                           count_text(standing.pressed_trials, "trial"));
    }
  }
  return lines;
}

/// How far to go, if the levels are rising numbers.
std::string order_text(const LevelSearch& search, const TextStyle& style) {
  std::string lines;
  if (search.knee) {
    lines += sentence_lines(fmt::format("knee: {}; by these estimates nothing beyond it gains as much as the margin",
                                        arm_name(*search.knee)),
                            style);
  }
  const bool has_limits = std::any_of(search.levels.begin(), search.levels.end(), [](const LevelStanding& standing) {
    return !standing.budget.empty() || standing.pressed_trials > 0;
  });
  if (!has_limits) return lines;
  lines += fmt::format("largest inside the budget and without memory pressure: {}\n",
                       search.largest_within ? arm_name(*search.largest_within) : "none");
  return lines + breaches_text(search);
}

const Comparison* comparison_of(const AttemptResult& result, const LevelSearch& search) {
  const auto found =
      std::find_if(result.comparisons.begin(), result.comparisons.end(),
                   [&](const Comparison& comparison) { return comparison.cell.index == search.cell.index; });
  return found == result.comparisons.end() ? nullptr : &*found;
}

}  // namespace

std::string search_sentence(const LevelSearch& search) {
  const std::string blocks = count_text(search.blocks, "block");
  if (search.verdict == Verdict::invalid) {
    return fmt::format("{}, {}: invalid", explanation(search.reason), blocks);
  }
  if (!search.best) return fmt::format("the best is among {}, {}", names_of_left(search), blocks);
  const auto equivalent = std::count_if(search.levels.begin(), search.levels.end(), [](const LevelStanding& standing) {
    return standing.fate == LevelFate::surviving;
  });
  if (equivalent > 1) {
    return fmt::format("{} are equivalent, {} is listed first, {}", names_of_left(search), arm_name(*search.best),
                       blocks);
  }
  if (search.best->index == kControl) {
    return fmt::format("{}: {}, the first, is the best of {}, {}", kNoBetterLevel, arm_name(*search.best),
                       count_text(static_cast<int>(search.levels.size()), "level"), blocks);
  }
  return fmt::format("{} is the best of {}, {}", arm_name(*search.best),
                     count_text(static_cast<int>(search.levels.size()), "level"), blocks);
}

std::string search_sentence(const AttemptResult& result, const LevelSearch& search, const TextStyle& style) {
  const std::string_view audited = audited_clause(result, style);
  if (audited.empty()) return search_sentence(search);
  return fmt::format("{}, {}: invalid", printable(audited), count_text(search.blocks, "block"));
}

std::string level_table(const LevelSearch& search, const TextStyle& style) {
  std::vector<LevelRow> rows;
  for (const LevelStanding& standing : search.levels) rows.push_back(row_of(search, standing, style));
  return fmt::format("{} of each level, against {} ({} intervals; exploratory: they served to choose):\n",
                     printable(search.metric.name), arm_name(search.levels.front().level),
                     share_text(search.confidence)) +
         lines_of(rows);
}

std::string search_text(const AttemptResult& result, const TextStyle& style, std::string_view rerun_command) {
  std::string text;
  for (const LevelSearch& search : result.searches) {
    const std::string title = cell_title(search.cell);
    if (!title.empty()) text += toned(title, Tone::strong, style) + '\n';
    text += sentence_lines(search_sentence(result, search, style), style) + level_table(search, style) +
            order_text(search, style) + '\n';
    if (const Comparison* comparison = comparison_of(result, search)) {
      text += confirmation_text(result, *comparison, style) + '\n';
    } else if (const std::string_view why = explanation(search.reason);
               !why.empty() && audited_clause(result, style).empty()) {
      text += fmt::format("why: {}\n", why);
    }
  }
  return text + overall_text(result, style) + '\n' + attempt_details(result, style, rerun_command);
}

}  // namespace assay::report
