#include <fmt/format.h>

#include "experiments/report/comparison_words.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/ruling.hpp"
#include "experiments/report/text.hpp"

namespace assay::experiments {
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

std::string effect_clause(const Plan& plan, const Comparison& comparison, const TextStyle& style) {
  if (comparison.verdict == Verdict::invalid) return invalid_clause(comparison, arm_names(plan, comparison));
  const std::optional<ShownEffect> effect = shown_effect(plan, comparison, style);
  if (!effect) return "no block gave a figure";
  const bool bound_is_missing = effect->text.interval.rfind("no ", 0) == 0;
  std::string clause = fmt::format("{} ({} interval{} {})", effect->text.clause, effect->confidence,
                                   bound_is_missing ? ":" : "", effect->text.interval);
  if (comparison.verdict != Verdict::equivalent) return clause;
  return fmt::format("no difference of {} or more: {}", margin_text(plan.metrics.at(primary_metric(plan))), clause);
}

}  // namespace

std::optional<ShownEffect> shown_effect(const Plan& plan, const Comparison& comparison, const TextStyle& style) {
  if (comparison.verdict == Verdict::invalid || comparison.metrics.empty()) return std::nullopt;
  const MetricResult& primary = primary_result(comparison);
  if (!primary.effect) return std::nullopt;
  const Metric& metric = metric_of(plan, primary);
  const ArmNames arms = arm_names(plan, comparison);
  const Effect& effect = *primary.effect;
  Wording wording{Manner::change, style.time_unit};
  if (comparison.verdict == Verdict::equivalent && primary.equivalence) {
    return ShownEffect{effect_text(metric, effect.estimate, primary.equivalence->interval, arms, wording),
                       share_text(primary.equivalence->confidence)};
  }
  const bool decided = comparison.verdict == Verdict::improved || comparison.verdict == Verdict::regressed;
  if (decided) wording.manner = Manner::times;
  return ShownEffect{effect_text(metric, effect.estimate, effect.interval, arms, wording),
                     share_text(effect.confidence)};
}

std::string result_sentence(const Plan& plan, const Comparison& comparison, const TextStyle& style) {
  return fmt::format("{}, {}: {}", effect_clause(plan, comparison, style), extent_text(plan, comparison),
                     ruling_text(plan, comparison, style));
}

std::string result_sentences(const Plan& plan, const AttemptResult& result, const TextStyle& style) {
  std::string text;
  for (const Comparison& comparison : result.comparisons) {
    const std::string cell = cell_title(plan, comparison.cell);
    text += (cell.empty() ? "" : cell + ": ") + result_sentence(plan, comparison, style) + '\n';
  }
  return result.comparisons.size() == 1 ? text : text + overall_text(result, style) + '\n';
}

}  // namespace assay::experiments
