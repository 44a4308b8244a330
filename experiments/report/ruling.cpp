#include "experiments/report/ruling.hpp"

#include <fmt/format.h>

#include "core/result/no_better_level.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/naming.hpp"

namespace assay::report {
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

std::string words_of(Verdict verdict, Decision decision, const TextStyle& style) {
  const Tone tone = tone_of(verdict);
  return fmt::format("{} {} {}", toned(to_string(verdict), tone, style), arrow(style),
                     toned(to_string(decision), tone, style));
}

std::string guards_with(const Comparison& comparison, GuardStatus status) {
  std::string names;
  for (const MetricResult& result : comparison.metrics) {
    if (result.guard != status) continue;
    names += names.empty() ? ": " : ", ";
    names += printable(result.metric.name);
  }
  return names;
}

std::string parts_with(const Comparison& comparison, BudgetStanding standing) {
  std::string names;
  for (const BudgetUse& use : comparison.budget) {
    if (use.standing != standing) continue;
    names += fmt::format("{}{}", names.empty() ? ": " : ", ", to_string(use.part));
  }
  return names;
}

/// The names of those that the decision is about.
std::string objecting_guards(const Comparison& comparison) {
  switch (comparison.decision_reason) {
    case DecisionReason::guard:
      return guards_with(comparison, GuardStatus::failed);
    case DecisionReason::budget:
      return parts_with(comparison, BudgetStanding::breached);
    case DecisionReason::budget_untold:
      return parts_with(comparison, BudgetStanding::untold);
    default:
      return guards_with(comparison, GuardStatus::open);
  }
}

/// What a decision rests on, where verdict and decision do not say it already.
std::string aside(DecisionReason reason, const std::string& guards) {
  switch (reason) {
    case DecisionReason::not_worse:
      return " (not worse)";
    case DecisionReason::guard:
      return " (guard failed" + guards + ")";
    case DecisionReason::guard_open:
      return " (guard open" + guards + ")";
    case DecisionReason::capped:
      return " (attempts are spent)";
    case DecisionReason::interrupted:
      return " (interrupted)";
    case DecisionReason::isolation:
      return " (awaiting isolation challenge)";
    case DecisionReason::outside_clock:
      return " (outside the clock)";
    case DecisionReason::stopped_trials:
      return " (trials were stopped)";
    case DecisionReason::near:
      return " (near another question)";
    case DecisionReason::harness_changed:
      return " (harness changed)";
    case DecisionReason::unannounced_trials:
      return " (unannounced trials say otherwise)";
    case DecisionReason::lives_on_earlier_runs:
      return " (lives on what earlier runs left)";
    case DecisionReason::budget:
      return " (over the budget" + guards + ")";
    case DecisionReason::budget_untold:
      return " (not known whether it keeps the budget" + guards + ")";
    case DecisionReason::memory_pressure:
      return " (memory ran out)";
    default:
      return "";
  }
}

/// What a comparison of something with itself has shown, which can only be about the machine.
std::string self_ruling(Verdict verdict) {
  switch (verdict) {
    case Verdict::equivalent:
      return "equivalent, as it must be: both arms are the same";
    case Verdict::inconclusive:
      return "inconclusive: no difference was claimed between arms that are the same, and the margin is finer than "
             "this "
             "machine shows in so many blocks";
    case Verdict::improved:
    case Verdict::regressed:
      return "a difference was claimed although both arms are the same: chance does that in at most alpha of such "
             "runs; "
             "if it happens again, something disturbs this machine (assay doctor)";
    case Verdict::invalid:
      break;
  }
  return "invalid";
}

bool is_open(const TextStyle& style) {
  return style.early_end == EarlyEnd::interrupted;
}

}  // namespace

std::string ruling_text(const Comparison& comparison, const TextStyle& style) {
  if (ended_early(comparison, style)) return "no verdict" + std::string(is_open(style) ? " yet" : "");
  if (style.equal_arms) return self_ruling(comparison.verdict);
  if (style.is_graded) return toned(to_string(comparison.verdict), tone_of(comparison.verdict), style);
  return words_of(comparison.verdict, comparison.decision, style) +
         aside(comparison.decision_reason, objecting_guards(comparison));
}

std::string overall_text(const AttemptResult& result, const TextStyle& style) {
  if (found_no_better_level(result.verdict, result.searches)) {
    return fmt::format("overall: {} {} keep {}", kNoBetterLevel, arrow(style),
                       arm_name(result.searches.front().levels.front().level));
  }
  if (is_open(style) && result.stop == Stop::interrupted && result.verdict == Verdict::inconclusive) {
    return "overall: interrupted, no verdict yet";
  }
  return fmt::format("overall: {}{}{}", words_of(result.verdict, result.decision, style),
                     result.reason == VerdictReason::mixed ? " (better elsewhere)" : "",
                     aside(result.decision_reason, ""));
}

std::string_view explanation(VerdictReason reason) {
  switch (reason) {
    case VerdictReason::noise:
      return "too noisy to tell: no effect and effects beyond the margin are both possible";
    case VerdictReason::direction_known:
      return "the direction is shown, the size is not";
    case VerdictReason::near_margin:
      return "the effect is about as large as the margin";
    case VerdictReason::immaterial:
      return "a difference is there, but smaller than the margin";
    case VerdictReason::interrupted:
      return "closed before it ended";
    case VerdictReason::carry_over:
      return "equivalent but for an effect of the order in the block, which may exceed the margin";
    case VerdictReason::unstable:
      return "the effect changed while it was measured, so that the looks do not agree";
    case VerdictReason::no_steady_state:
      return "some trials never reached a steady state, so that their steady value means little";
    case VerdictReason::mixed:
      return "regressed in one cell, improved in another";
    case VerdictReason::confounded:
      return "the arms differ in more than the variable";
    case VerdictReason::broken:
      return "treatment fails where control does not";
    case VerdictReason::checks:
      return "a check failed on treatment";
    case VerdictReason::surroundings:
      return "hooks or state proofs failed too often";
    case VerdictReason::broken_off:
      return "blocks were broken off too often";
    case VerdictReason::unmeasured:
      return "nothing was measured that could be compared";
    case VerdictReason::several_left:
      return "more than one level may be the best";
    case VerdictReason::awaiting_confirmation:
      return "the best level of the search was not measured afresh";
    case VerdictReason::did_not_act:
      return "the variable did not act: its condition is not true in treatment and false in control";
    case VerdictReason::unconfirmed:
      return "an early stop claimed it, but fresh blocks show an effect too small";
    case VerdictReason::too_few:
      return "fewer than 5 trials of each arm: numbers, and no verdict";
    case VerdictReason::no_baseline:
      return "no trial of control was measured: there is nothing to compare with";
    case VerdictReason::one_order:
      return "every block had the same order: an effect of the order cannot be told from that of the change";
    case VerdictReason::control_fails:
      return "control was measured in too few blocks: make success a metric, or fix control";
    case VerdictReason::futile:
      return "the blocks up to the cap would hardly decide anything";
    case VerdictReason::none:
      return "";
  }
  return "";
}

}  // namespace assay::report
