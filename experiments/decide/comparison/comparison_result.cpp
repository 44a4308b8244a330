#include "experiments/decide/comparison/comparison_result.hpp"

#include <algorithm>

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/steadiness.hpp"
#include "experiments/decide/comparison/comparison_diagnostics.hpp"
#include "experiments/decide/comparison/futility.hpp"
#include "experiments/decide/comparison/held_back.hpp"
#include "experiments/decide/comparison/metric_results.hpp"
#include "experiments/decide/comparison/moved_controls.hpp"
#include "experiments/decide/rules/baseline_rule.hpp"
#include "experiments/decide/rules/budget_rule.hpp"
#include "experiments/decide/rules/check_results.hpp"
#include "experiments/decide/rules/experiment_verdict.hpp"
#include "experiments/decide/rules/isolation_rule.hpp"
#include "experiments/decide/rules/order_rule.hpp"

namespace assay::decide {
namespace {

/// The verdict as far as the blocks themselves allow it.
MetricVerdict after_blocks(const ComparisonEvidence& evidence, const MetricVerdict& verdict) {
  if (rules_of(evidence.plan).baseline == BaselineRule::not_asked) return verdict;
  const ComparisonState& comparison = evidence.comparison;
  const MetricVerdict ordered =
      after_order(after_baseline(verdict, comparison.primary().metric(), comparison.treatment(), evidence.blocks),
                  evidence.plan, evidence.blocks);
  return after_controls(ordered, comparison);
}

void fill_in_metrics(Comparison& result, const ComparisonEvidence& evidence, const MetricVerdict& verdict,
                     double autocorrelation_factor) {
  for (std::size_t test = 0; test < evidence.comparison.tests().size(); ++test) {
    result.metrics.push_back(metric_result(evidence, test, autocorrelation_factor));
  }
  result.metrics.front().verdict = verdict.verdict;
  result.metrics.front().reason = verdict.reason;
}

/// What may take a keep back, whatever the figures say: also the blocks that ran beside others after the comparison was
/// decided. Its figures do not rest on them, but a trial that failed there has failed.
ComparisonEvidence all_that_ran(ComparisonEvidence evidence) {
  if (!evidence.plan.groups.empty()) evidence.blocks = evidence.cell.leading();
  return evidence;
}

}  // namespace

ComparisonEvidence evidence_of(const ComparisonAnalysis& analysis, const ComparisonState& comparison) {
  return {.plan = analysis.plan(),
          .comparison = comparison,
          .blocks = analysis.blocks_of(comparison),
          .cell = analysis.cells()[comparison.cell()],
          .audit = analysis.audit(),
          .left = attempts_left_after(analysis)};
}

Comparison comparison_result(const ComparisonEvidence& evidence) {
  const ComparisonState& comparison = evidence.comparison;
  const ComparisonEvidence all = all_that_ran(evidence);
  const FailureTally failures = tally_failures(all.blocks, comparison.treatment());
  const stats::Diagnosis diagnosis = diagnosis_of(evidence);
  const MetricVerdict seen = after_diagnosis(comparison.verdict(), diagnosis, comparison.primary().margin());
  const MetricVerdict verdict =
      after_futility(after_blocks(evidence, after_steadiness(seen, steadiness_in(evidence, 0))), comparison.stop());

  Comparison result = blank_comparison(evidence.plan, comparison.cell(), comparison.treatment());
  result.verdict = verdict.verdict;
  result.reason = verdict.reason;
  result.stop = comparison.stop().value_or(Stop::interrupted);
  result.blocks = static_cast<int>(evidence.blocks.size());
  if (comparison.stopped_at()) result.fresh_blocks = result.blocks - *comparison.stopped_at();
  result.failed_control = failures.control;
  result.failed_treatment = failures.treatment;
  result.failure_p = failure_p_value(failures);
  fill_in_metrics(result, evidence, verdict, diagnosis.autocorrelation_factor);
  result.checks = check_results(evidence.plan, comparison.cell(), comparison.treatment(), all.blocks);
  result.budget = budget_uses(evidence.plan, all.blocks, comparison.treatment());
  result.diagnostics = comparison_diagnostics(evidence, diagnosis, result);
  Grounds grounds = grounds_of(result, failures);
  grounds.awaits_isolation = awaits_isolation(evidence.plan, evidence.audit, result);
  grounds.held_back = held_back(evidence);
  grounds.vetoed = vetoed(all, result.budget);
  const TypedDecision decision = decide(grounds, evidence.plan.protocol.goal, evidence.left);
  result.decision = decision.decision;
  result.decision_reason = decision.reason;
  return result;
}

Comparison comparison_result(const ComparisonAnalysis& analysis, const ComparisonState& comparison) {
  return comparison_result(evidence_of(analysis, comparison));
}

ComparisonOutline comparison_outline(const ComparisonAnalysis& analysis, const ComparisonState& comparison) {
  const ComparisonEvidence evidence = evidence_of(analysis, comparison);
  const MetricTest& primary = comparison.primary();
  MetricVerdict verdict = comparison.verdict();
  if (verdict.verdict == Verdict::equivalent) {
    verdict = after_diagnosis(verdict, diagnosis_of(evidence), primary.margin());
  }
  verdict =
      after_futility(after_blocks(evidence, after_steadiness(verdict, steadiness_in(evidence, 0))), comparison.stop());
  return {.verdict = verdict.verdict,
          .reason = verdict.reason,
          .stop = comparison.stop().value_or(Stop::interrupted),
          .not_worse = primary.not_worse(),
          .blocks = static_cast<int>(evidence.blocks.size()),
          .estimate = primary.estimate(),
          .interval = primary.interval()};
}

void state_families(const Plan& plan, std::span<const ComparisonState* const> states, HolmFamily family,
                    std::vector<Comparison>& results) {
  std::vector<FamilyMember> primaries;
  std::vector<FamilyMember> guards;
  for (const ComparisonState* state : states) {
    for (std::size_t test = 0; test < state->tests().size(); ++test) {
      const bool is_guard = state->guard_status(test) != GuardStatus::not_a_guard;
      if (test > 0 && !is_guard) continue;
      const MetricTest& of = state->tests()[test];
      (test == 0 ? primaries : guards).push_back({of.p_value(), of.crossed()});
    }
  }
  const FamilyLevel level{.alpha = attempt_alpha(plan), .printed = rules_of(plan).p};
  if (family == HolmFamily::primaries_and_guards) state_by_holm(results, primaries, level);
  state_guards_by_holm(results, guards, level);
}

Grounds grounds_of(const Comparison& comparison, const FailureTally& failures) {
  const auto any_guard = [&](GuardStatus status) {
    return std::any_of(comparison.metrics.begin(), comparison.metrics.end(),
                       [status](const MetricResult& metric) { return metric.guard == status; });
  };
  return {.verdict = comparison.verdict,
          .reason = comparison.reason,
          .not_worse = comparison.metrics.front().not_worse,
          .guard_failed = any_guard(GuardStatus::failed),
          .guard_open = any_guard(GuardStatus::open),
          .failures_allow_keep = failures_allow_keep(failures) && checks_allow_keep(comparison.checks),
          .control_checks_failed = failures.control_checks > 0};
}

}  // namespace assay::decide
