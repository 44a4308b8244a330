#include "experiments/decide/comparison_result.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "experiments/decide/advice.hpp"
#include "experiments/decide/diagnosis.hpp"
#include "experiments/decide/rules/check_results.hpp"
#include "experiments/decide/rules/isolation_rule.hpp"
#include "experiments/decide/rules/outlived.hpp"
#include "experiments/decide/steadiness.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// Diagnoses draw their own numbers in each comparison.
Seed seed_of_diagnosis(const Plan& plan, const ComparisonPlace& place) {
  return plan.seed.derive(Stream::bootstrap, place.cell * arm_count(plan) + place.treatment);
}

Diagnostic void_blocks_diagnostic(const CellBlocks& blocks, ArmIndex treatment) {
  Diagnostic diagnostic;
  diagnostic.name = "void-blocks";
  diagnostic.flag = blocks.void_count() > 0;
  diagnostic.statistic = blocks.void_count();
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "{} {} run again, since a hook or the proof of the state failed: in {} trials of control and {} of treatment",
        blocks.void_count(), blocks.void_count() == 1 ? "block was" : "blocks were",
        blocks.surroundings_failed()[kControl], blocks.surroundings_failed()[treatment]);
  }
  return diagnostic;
}

Diagnostic found(std::string name, std::string note) {
  return {.name = std::move(name), .flag = true, .statistic = 0, .p = std::nullopt, .note = std::move(note)};
}

/// What single metrics lack, beside the primary metric's diagnosis.
void add_metric_diagnostics(const std::vector<MetricTest>& tests, std::vector<Diagnostic>& diagnostics) {
  for (const MetricTest& test : tests) {
    if (test.varies()) diagnostics.push_back(found("varies", *test.varies()));
    if (test.fractions()) diagnostics.push_back(found("fractions", *test.fractions()));
    if (test.unreadable()) {
      diagnostics.push_back(found("unreadable", *test.unreadable()));
    } else if (test.last_look() && test.margin() == kForgivesNothing) {
      diagnostics.push_back(found(
          "zero-baseline", fmt::format("control's median of {} is 0, so that a margin in percent forgives nothing",
                                       test.metric().name)));
    }
  }
}

PairedSeries series_of(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return paired_series(evidence.plan, {comparison.metrics()[test], comparison.place().treatment}, evidence.blocks);
}

stats::Diagnosis diagnosis_of(const ComparisonEvidence& evidence) {
  const MetricTest& primary = evidence.comparison.primary();
  return diagnose_series(primary.metric(), series_of(evidence, 0), primary.margin(),
                         seed_of_diagnosis(evidence.plan, evidence.comparison.place()));
}

std::optional<Steadiness> steadiness_in(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return steadiness_of(evidence.plan, comparison.metrics()[test], comparison.place().treatment, evidence.blocks);
}

std::optional<int> blocks_needed(const ComparisonEvidence& evidence, const MetricTest& test, const MetricResult& result,
                                 const std::optional<SeenNoise>& noise) {
  if (!noise || !test.last_look() || test.unreadable()) return std::nullopt;
  if (result.guard == GuardStatus::open) return blocks_for_guard(evidence.plan, test, *noise);
  const bool open_question =
      test.metric().role == MetricRole::primary && evidence.comparison.verdict().verdict == Verdict::inconclusive;
  return open_question ? blocks_for_margin(evidence.plan, test, *noise) : std::nullopt;
}

}  // namespace

MetricResult metric_result(const ComparisonEvidence& evidence, std::size_t index, double autocorrelation_factor) {
  const ComparisonState& comparison = evidence.comparison;
  const MetricTest& test = comparison.tests()[index];
  const FailureTally failures = tally_failures(evidence.blocks, comparison.place().treatment);
  const PairedSeries values = series_of(evidence, index);
  MetricResult result = metric_result(test, comparison.metrics()[index]);
  result.control = stats::summarise(values.control_values, failures.control);
  result.treatment = stats::summarise(values.treatment_values, failures.treatment);
  result.guard = comparison.guard_status(index);
  result.steadiness = steadiness_in(evidence, index);
  result.blocks_needed =
      blocks_needed(evidence, test, result, seen_noise(evidence.plan, test, values.effects, autocorrelation_factor));
  if (!has_steady_state(result.steadiness)) {
    result.not_worse = false;
    if (result.guard == GuardStatus::passed) result.guard = GuardStatus::open;
  }
  return result;
}

MetricResult metric_result(const MetricTest& test, std::size_t metric) {
  MetricResult result;
  result.metric = metric;
  result.effect = test.effect();
  result.effect_at_stop = test.effect_at_stop();
  result.equivalence = test.equivalence();
  if (result.effect && test.metric().margin) {
    const MetricVerdict verdict = test.verdict();
    result.verdict = verdict.verdict;
    result.reason = verdict.reason;
    result.not_worse = test.not_worse();
  }
  return result;
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

AttemptsLeft attempts_left_after(const AttemptState& state) {
  return state.finished() ? attempts_left(state.plan()) : AttemptsLeft::some;
}

namespace {

ComparisonEvidence evidence_of(const AttemptState& state, const ComparisonState& comparison) {
  return {.plan = state.plan(),
          .comparison = comparison,
          .blocks = state.blocks_of(comparison),
          .cell = state.cells()[comparison.place().cell],
          .audit = state.audit(),
          .left = attempts_left_after(state)};
}

}  // namespace

ComparisonOutline comparison_outline(const AttemptState& state, const ComparisonState& comparison) {
  const ComparisonEvidence evidence = evidence_of(state, comparison);
  const MetricTest& primary = comparison.primary();
  MetricVerdict verdict = comparison.verdict();
  if (verdict.verdict == Verdict::equivalent) {
    verdict = after_diagnosis(verdict, diagnosis_of(evidence), primary.margin());
  }
  verdict = after_steadiness(verdict, steadiness_in(evidence, 0));
  return {.verdict = verdict.verdict,
          .reason = verdict.reason,
          .stop = comparison.stop().value_or(Stop::interrupted),
          .blocks = static_cast<int>(evidence.blocks.size()),
          .estimate = primary.estimate(),
          .interval = primary.interval()};
}

Comparison comparison_result(const AttemptState& state, const ComparisonState& comparison) {
  return comparison_result(evidence_of(state, comparison));
}

Comparison comparison_result(const ComparisonEvidence& evidence) {
  const ComparisonState& comparison = evidence.comparison;
  const ComparisonPlace& place = comparison.place();
  const FailureTally failures = tally_failures(evidence.blocks, place.treatment);
  const stats::Diagnosis diagnosis = diagnosis_of(evidence);
  const MetricVerdict verdict = after_steadiness(
      after_diagnosis(comparison.verdict(), diagnosis, comparison.primary().margin()), steadiness_in(evidence, 0));

  Comparison result;
  result.cell = place.cell;
  result.treatment = place.treatment;
  result.verdict = verdict.verdict;
  result.reason = verdict.reason;
  result.stop = comparison.stop().value_or(Stop::interrupted);
  result.blocks = failures.blocks;
  if (comparison.stopped_at()) result.fresh_blocks = result.blocks - *comparison.stopped_at();
  result.failed_control = failures.control;
  result.failed_treatment = failures.treatment;
  result.failure_p = failure_p_value(failures);
  for (std::size_t test = 0; test < comparison.tests().size(); ++test) {
    result.metrics.push_back(metric_result(evidence, test, diagnosis.autocorrelation_factor));
  }
  result.metrics.front().verdict = verdict.verdict;
  result.metrics.front().reason = verdict.reason;
  result.checks = check_results(evidence.plan, place.cell, place.treatment, evidence.blocks);
  result.diagnostics = diagnosis.diagnostics;
  result.diagnostics.push_back(void_blocks_diagnostic(evidence.cell, place.treatment));
  // Only where there were any: results of records from before it was counted have no such diagnostic.
  if (Diagnostic outlived = outlived_diagnostic(evidence.blocks, place.treatment); outlived.flag) {
    result.diagnostics.push_back(std::move(outlived));
  }
  add_metric_diagnostics(comparison.tests(), result.diagnostics);
  for (const MetricResult& metric : result.metrics) {
    if (!metric.steadiness) continue;
    result.diagnostics.push_back(steadiness_diagnostic(evidence.plan.metrics[metric.metric], *metric.steadiness));
  }
  const int confirmatory = confirmatory_blocks(evidence.plan);
  if (comparison.stopped_at() && result.fresh_blocks < confirmatory) {
    result.diagnostics.push_back(found("confirmation", fmt::format("{} of {} fresh blocks were run to confirm this",
                                                                   result.fresh_blocks, confirmatory)));
  }
  Grounds grounds = grounds_of(result, failures);
  grounds.awaits_isolation = awaits_isolation(evidence.plan, evidence.audit, result);
  const TypedDecision decision = decide(grounds, evidence.plan.protocol.goal, evidence.left);
  result.decision = decision.decision;
  result.decision_reason = decision.reason;
  return result;
}

}  // namespace assay::decide
