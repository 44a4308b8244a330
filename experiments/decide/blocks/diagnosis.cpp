#include "experiments/decide/blocks/diagnosis.hpp"

#include <algorithm>

#include "experiments/decide/blocks/margin.hpp"

namespace assay::decide {
namespace {

bool order_is_known(const PairedSeries& series) {
  const std::vector<int>& positions = series.treatment_position;
  return std::adjacent_find(positions.begin(), positions.end(), std::not_equal_to<>()) != positions.end();
}

stats::BlockSeries block_series(const Metric& metric, const PairedSeries& series, double margin) {
  stats::BlockSeries blocks;
  blocks.effects = series.effects;
  blocks.control = series.control;
  blocks.treatment = series.treatment;
  blocks.treatment_position = series.treatment_position;
  blocks.positions = series.positions;
  blocks.margin = margin;
  // A value that should always be the same and is not is a difference like any other.
  blocks.kind = metric.kind == MetricKind::deterministic ? MetricKind::difference : metric.kind;
  blocks.unit = metric.unit;
  return blocks;
}

/// Removes a diagnostic that does not apply to this series.
void leave_out(stats::Diagnosis& diagnosis, DiagnosticKind kind) {
  std::vector<Diagnostic>& all = diagnosis.diagnostics;
  all.erase(std::remove_if(all.begin(), all.end(), [kind](const Diagnostic& one) { return one.kind == kind; }),
            all.end());
}

bool inside_margin(const Interval& interval, double margin) {
  return interval.low > -margin && interval.high < margin;
}

}  // namespace

double resolution_of(const Metric& metric, const PairedSeries& series, double margin) {
  if (!metric.margin || margin <= kForgivesNothing || series.effects.empty()) return 0;
  return stats::widening_of(block_series(metric, series, margin));
}

stats::Stability stability_of(const Metric& metric, const PairedSeries& series, double margin) {
  if (margin == 0 || series.effects.empty()) return stats::Stability::stable;
  return stats::effect_changes(block_series(metric, series, margin)) ? stats::Stability::unstable
                                                                     : stats::Stability::stable;
}

bool allows_equivalence_again(const stats::Diagnosis& diagnosis) {
  return std::none_of(diagnosis.diagnostics.begin(), diagnosis.diagnostics.end(), [](const Diagnostic& one) {
    const bool concerns = one.kind == DiagnosticKind::unstable || one.kind == DiagnosticKind::order_effect ||
                          one.kind == DiagnosticKind::cpu_effect;
    return concerns && one.p && *one.p <= kEquivalenceReturns;
  });
}

stats::Diagnosis diagnose_series(const Metric& metric, const PairedSeries& series, double margin, Seed seed) {
  if (margin == 0) return {};
  stats::Diagnosis diagnosis = stats::diagnose(block_series(metric, series, margin), seed);
  if (margin <= kForgivesNothing) leave_out(diagnosis, DiagnosticKind::resolution);
  if (order_is_known(series)) return diagnosis;
  leave_out(diagnosis, DiagnosticKind::order_effect);
  leave_out(diagnosis, DiagnosticKind::cpu_effect);
  diagnosis.first_in_block_effect.reset();
  diagnosis.first_in_block_interval.reset();
  return diagnosis;
}

MetricVerdict after_diagnosis(const MetricVerdict& verdict, const stats::Diagnosis& diagnosis, double margin) {
  if (verdict.verdict != Verdict::equivalent) return verdict;
  if (diagnosis.unstable) return {Verdict::inconclusive, VerdictReason::unstable};
  const bool carried_over =
      diagnosis.first_in_block_interval && !inside_margin(*diagnosis.first_in_block_interval, margin);
  if (carried_over) return {Verdict::inconclusive, VerdictReason::carry_over};
  return verdict;
}

}  // namespace assay::decide
