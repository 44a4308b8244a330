#include <fmt/format.h>

#include "experiments/report/effect_text.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/text.hpp"

namespace assay::experiments {
namespace {

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::improved:
      return Tone::good;
    case Verdict::regressed:
    case Verdict::invalid:
      return Tone::bad;
    case Verdict::equivalent:
      return Tone::strong;
    case Verdict::inconclusive:
      return Tone::open;
  }
  return Tone::open;
}

std::string guards_with(const Plan& plan, const Comparison& comparison, GuardStatus status) {
  std::string names;
  for (const MetricResult& result : comparison.metrics) {
    if (result.guard == status) names += ' ' + printable(metric_of(plan, result).name);
  }
  return names;
}

/// What the decision rests on, where verdict and decision do not say it already.
std::string aside(DecisionReason reason) {
  switch (reason) {
    case DecisionReason::not_worse:
      return " (not worse)";
    case DecisionReason::guard:
      return " (a guard failed)";
    case DecisionReason::guard_open:
      return " (a guard is open)";
    case DecisionReason::capped:
      return " (attempts are spent)";
    case DecisionReason::interrupted:
      return " (interrupted)";
    default:
      return "";
  }
}

std::string aside_of(const Plan& plan, const Comparison& comparison) {
  const std::string failed = guards_with(plan, comparison, GuardStatus::failed);
  const std::string open = guards_with(plan, comparison, GuardStatus::open);
  if (comparison.decision_reason == DecisionReason::guard && !failed.empty()) return " (guard failed:" + failed + ")";
  if (comparison.decision_reason == DecisionReason::guard_open && !open.empty()) return " (guard open:" + open + ")";
  return aside(comparison.decision_reason);
}

struct Ruling {
  Verdict verdict;
  Decision decision;
};

/// "improved -> keep"
std::string ruling_text(const Ruling& ruling, const TextStyle& style) {
  const Tone tone = tone_of(ruling.verdict);
  return fmt::format("{} {} {}", toned(to_string(ruling.verdict), tone, style), arrow(style),
                     toned(to_string(ruling.decision), tone, style));
}

std::string times_failed(int count, const std::string& arm) {
  return fmt::format("{} of {}", count == 0 ? "none" : std::to_string(count), arm);
}

std::string invalid_clause(const Comparison& comparison, const ArmNames& arms) {
  switch (comparison.reason) {
    case VerdictReason::confounded:
      return "the arms differ in more than the variable";
    case VerdictReason::broken:
      return fmt::format("{} fails where {} does not (failed trials: {}, {})", arms.treatment, arms.control,
                         times_failed(comparison.failed_treatment, arms.treatment),
                         times_failed(comparison.failed_control, arms.control));
    case VerdictReason::checks:
      return fmt::format("a check failed on {}", arms.treatment);
    case VerdictReason::surroundings:
      return "hooks or state proofs failed too often";
    default:
      return "the trial was not valid";
  }
}

/// "95 % interval 1.19 to 1.23"
std::string interval_clause(double confidence, const std::string& interval) {
  const bool is_missing = interval.rfind("no ", 0) == 0;
  return fmt::format("{} interval{} {}", share_text(confidence), is_missing ? ":" : "", interval);
}

std::string equivalent_clause(const Metric& metric, const MetricResult& result, const ArmNames& arms) {
  const EquivalenceInterval shown =
      result.equivalence.value_or(EquivalenceInterval{result.effect->interval, result.effect->confidence});
  const EffectText text = effect_text(metric, result.effect->estimate, shown.interval, arms, Manner::change);
  return fmt::format("no difference of {} or more: {} ({})", margin_text(metric), text.clause,
                     interval_clause(shown.confidence, text.interval));
}

std::string effect_clause(const Plan& plan, const Comparison& comparison) {
  const ArmNames arms = arm_names(plan, comparison);
  if (comparison.verdict == Verdict::invalid) return invalid_clause(comparison, arms);
  if (comparison.metrics.empty() || !primary_result(comparison).effect) return "no block gave a figure";
  const MetricResult& primary = primary_result(comparison);
  const Metric& metric = metric_of(plan, primary);
  if (comparison.verdict == Verdict::equivalent) return equivalent_clause(metric, primary, arms);
  const bool decided = comparison.verdict == Verdict::improved || comparison.verdict == Verdict::regressed;
  const EffectText text = effect_text(metric, primary.effect->estimate, primary.effect->interval, arms,
                                      decided ? Manner::times : Manner::change);
  return fmt::format("{} ({})", text.clause, interval_clause(primary.effect->confidence, text.interval));
}

}  // namespace

std::string result_sentence(const Plan& plan, const Comparison& comparison, const TextStyle& style) {
  return fmt::format("{}, {}: {}{}", effect_clause(plan, comparison), count_text(comparison.blocks, "block"),
                     ruling_text({comparison.verdict, comparison.decision}, style), aside_of(plan, comparison));
}

std::string result_sentences(const Plan& plan, const AttemptResult& result, const TextStyle& style) {
  std::string text;
  for (const Comparison& comparison : result.comparisons) {
    const std::string name = comparison_name(plan, comparison);
    text += (name.empty() ? "" : name + ": ") + result_sentence(plan, comparison, style) + '\n';
  }
  if (result.comparisons.size() == 1) return text;
  const bool mixed = result.reason == VerdictReason::mixed;
  return text + fmt::format("overall: {}{}{}\n", ruling_text({result.verdict, result.decision}, style),
                            mixed ? " (better elsewhere)" : "", aside(result.decision_reason));
}

}  // namespace assay::experiments
