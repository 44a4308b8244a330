#include <cmath>

#include <fmt/format.h>

#include "core/result/told_effect.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/ruling.hpp"
#include "experiments/report/search_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

std::string broken_clause(const Comparison& comparison, const ArmNames& arms) {
  const auto failed = [](int count) { return count == 0 ? "none" : std::to_string(count); };
  return fmt::format("{} fails where {} does not (failed trials: {} of {}, {} of {})", arms.treatment, arms.control,
                     failed(comparison.failed_treatment), arms.treatment, failed(comparison.failed_control),
                     arms.control);
}

std::string invalid_clause(const Comparison& comparison, const ArmNames& arms) {
  if (comparison.reason == VerdictReason::broken) return broken_clause(comparison, arms);
  if (comparison.reason == VerdictReason::checks) return fmt::format("a check failed on {}", arms.treatment);
  const std::string_view why = explanation(comparison.reason);
  return why.empty() ? "the trial was not valid" : std::string(why);
}

/// "(95 % interval 1.19 to 1.23)"; what never varies has no interval.
std::string in_brackets(const MetricResult& primary, const ShownEffect& effect) {
  if (is_exact(primary)) return "(exactly, the same in every trial)";
  const std::string_view colon = effect.text.ends == IntervalEnds::missing ? ":" : "";
  return fmt::format("({} interval{} {})", effect.confidence, colon, effect.text.interval);
}

/// One arm failed in nearly every block, so that even the near end of the interval is no number.
bool is_all_failures(const std::optional<Effect>& effect) {
  if (!effect) return false;
  const Interval& interval = effect->interval;
  return std::isinf(interval.low) && interval.low == interval.high;
}

std::string failures_clause(const Comparison& comparison, const ArmNames& arms) {
  const auto trials = [](int count) { return count == 0 ? "none" : count_text(count, "trial"); };
  return fmt::format("{} failed in {} and {} in {}, so that no figure compares them", arms.control,
                     trials(comparison.failed_control), arms.treatment, trials(comparison.failed_treatment));
}

std::string effect_clause(const Comparison& comparison, const TextStyle& style) {
  if (comparison.verdict == Verdict::invalid) return invalid_clause(comparison, arm_names(comparison));
  if (!comparison.metrics.empty() && is_all_failures(primary_result(comparison).effect)) {
    return failures_clause(comparison, arm_names(comparison));
  }
  const std::optional<ShownEffect> effect = shown_effect(comparison, style);
  if (!effect) return "no block gave a figure";
  std::string clause = effect->text.clause + ' ' + in_brackets(primary_result(comparison), *effect);
  if (comparison.verdict != Verdict::equivalent) return clause;
  return fmt::format("no difference of {} or more: {}", margin_text(primary_result(comparison).metric), clause);
}

/// What was measured before it stopped, without a verdict.
std::string early_sentence(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  const int looked_at = comparison.blocks - comparison.fresh_blocks;
  std::string extent = out_of_text(comparison.design, {.count = looked_at, .cap = result.protocol.max_blocks});
  if (comparison.fresh_blocks > 0) extent += " and " + fresh_text(comparison.design, comparison.fresh_blocks);
  const int first = first_look(result.protocol);
  const std::string shown = looked_at < first ? "" : ": " + effect_clause(comparison, style);
  switch (style.early_end) {
    case EarlyEnd::interrupted:
      return fmt::format("interrupted after {}; no verdict yet{}", extent,
                         shown.empty() ? fmt::format(" (the first look is at {})", first) : shown);
    case EarlyEnd::closed:
      return fmt::format("closed after {}, before a verdict{}", extent, shown);
    case EarlyEnd::stopped:
      break;
  }
  return fmt::format("stopped after {}, before a verdict{}", extent, shown);
}

}  // namespace

bool ended_early(const Comparison& comparison, const TextStyle& style) {
  return style.rules > kOldestRules && comparison.stop == Stop::interrupted && comparison.verdict != Verdict::invalid;
}

std::string_view audited_clause(const AttemptResult& result, const TextStyle& style) {
  const bool is_by_audit = style.rules > kOldestRules && result.verdict == Verdict::invalid &&
                           result.reason == VerdictReason::confounded && result.stop == Stop::audit;
  return is_by_audit && !result.audit.intruders.empty() ? result.audit.intruders.front() : std::string_view();
}

std::optional<ShownEffect> shown_effect(const MetricResult& result, const ArmNames& arms, const TextStyle& style) {
  if (result.verdict == Verdict::invalid || !result.effect) return std::nullopt;
  const Metric& metric = result.metric;
  const Effect effect = told_effect(result).value();
  Wording wording = wording_in(style);
  const bool decided = result.verdict == Verdict::improved || result.verdict == Verdict::regressed;
  if (decided) wording.manner = Manner::times;
  return ShownEffect{effect_text(metric, effect.estimate, effect.interval, arms, wording),
                     share_text(effect.confidence)};
}

std::optional<ShownEffect> shown_effect(const Comparison& comparison, const TextStyle& style) {
  if (comparison.verdict == Verdict::invalid || comparison.metrics.empty()) return std::nullopt;
  MetricResult primary = primary_result(comparison);
  primary.verdict = comparison.verdict;
  return shown_effect(primary, arm_names(comparison), style);
}

std::string suite_sentence(const SuiteResult& suite, const TextStyle& style) {
  const std::string name = fmt::format("suite of {}", count_text(suite.cells, "cell"));
  const MetricResult& average = suite.average;
  const std::optional<ShownEffect> effect =
      shown_effect(average, {arm_name(suite.control), arm_name(suite.treatment)}, style);
  if (!effect) return name + ": no block gave a figure";
  const std::string_view why = explanation(average.reason);
  return fmt::format("{}, on the average: {} {}: {}{}", name, effect->text.clause, in_brackets(average, *effect),
                     to_string(average.verdict), why.empty() ? "" : fmt::format(" ({})", why));
}

std::string suite_lines(const AttemptResult& result, const TextStyle& style) {
  std::string lines;
  for (const SuiteResult& suite : result.suite) {
    if (!suite.average.effect && style.early_end == EarlyEnd::interrupted) continue;  // no look has averaged it yet
    const std::string sentence = suite_sentence(suite, style);
    lines += style.breaks_sentences ? wrap(sentence, style.width, {"", "  "}) : sentence + '\n';
  }
  return lines;
}

std::string result_sentence(const Comparison& comparison, const TextStyle& style) {
  return fmt::format("{}, {}: {}", effect_clause(comparison, style), extent_text(comparison),
                     ruling_text(comparison, style));
}

std::string result_sentence(const AttemptResult& result, const Comparison& comparison, const TextStyle& style) {
  if (ended_early(comparison, style)) return early_sentence(result, comparison, style);
  const std::string_view audited = audited_clause(result, style);
  if (audited.empty()) return result_sentence(comparison, style);
  return fmt::format("{}, {}: {}", printable(audited), extent_text(comparison), ruling_text(comparison, style));
}

std::string result_sentences(const AttemptResult& result, const TextStyle& style) {
  std::string text;
  for (const LevelSearch& search : result.searches) {
    const std::string cell = cell_title(search.cell);
    text += (cell.empty() ? "" : cell + ": ") + search_sentence(result, search, style) + '\n';
  }
  for (const Comparison& comparison : result.comparisons) {
    const std::string cell = cell_title(comparison.cell);
    text += (cell.empty() ? "" : cell + ": ") + result_sentence(result, comparison, style) + '\n';
  }
  if (result.comparisons.size() == 1 && result.searches.empty()) return text;
  return text + suite_lines(result, style) + overall_text(result, style) + '\n';
}

}  // namespace assay::report
