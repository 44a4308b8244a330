#include "experiments/decide/rules/verdict_rule.hpp"

namespace assay::decide {
namespace {

bool holds(const Interval& interval, double value) {
  return interval.low <= value && value <= interval.high;
}

VerdictReason why_inconclusive(const stats::Look& look, double margin) {
  if (holds(look.repeated, 0)) {
    const bool holds_both = holds(look.repeated, margin) && holds(look.repeated, -margin);
    return holds_both ? VerdictReason::noise : VerdictReason::near_margin;
  }
  const bool beyond_kappa = look.below_kappa_margin || look.above_kappa_margin;
  return beyond_kappa ? VerdictReason::near_margin : VerdictReason::direction_known;
}

}  // namespace

MetricVerdict verdict_at(const stats::Look& look, double margin) {
  if (look.too_few) return {Verdict::inconclusive, VerdictReason::too_few};
  if (look.equivalent) {
    return {Verdict::equivalent, holds(look.repeated, 0) ? VerdictReason::none : VerdictReason::immaterial};
  }
  if (look.below_kappa_margin && look.estimate <= -margin) return {Verdict::improved, VerdictReason::none};
  if (look.above_kappa_margin && look.estimate >= margin) return {Verdict::regressed, VerdictReason::none};
  if (look.withdrawn) return {Verdict::inconclusive, VerdictReason::unstable};
  return {Verdict::inconclusive, why_inconclusive(look, margin)};
}

MetricVerdict after_confirmation(const MetricVerdict& verdict, const Interval& fresh, double least) {
  const bool contradicted = (verdict.verdict == Verdict::improved && fresh.low > -least) ||
                            (verdict.verdict == Verdict::regressed && fresh.high < least);
  return contradicted ? MetricVerdict{Verdict::inconclusive, VerdictReason::unconfirmed} : verdict;
}

MetricVerdict after_fresh_test(const MetricVerdict& verdict, const MetricVerdict& fresh) {
  const bool claimed = verdict.verdict == Verdict::improved || verdict.verdict == Verdict::regressed;
  if (claimed && fresh.verdict != verdict.verdict) return {Verdict::inconclusive, VerdictReason::unconfirmed};
  return fresh;
}

std::optional<Stop> stop_after(const StopEvidence& evidence, Goal goal) {
  const bool equivalent = evidence.verdict == Verdict::equivalent;
  if (evidence.verdict == Verdict::regressed) return Stop::boundary;
  if (goal == Goal::not_worse) {
    if (evidence.not_worse && evidence.guards_settled) return equivalent ? Stop::equivalence : Stop::boundary;
  } else {
    if (evidence.verdict == Verdict::improved && evidence.guards_settled) return Stop::boundary;
    if (equivalent && (evidence.guards_settled || !evidence.others_may_improve)) return Stop::equivalence;
  }
  if (evidence.last_look) return Stop::cap;
  return std::nullopt;
}

}  // namespace assay::decide
