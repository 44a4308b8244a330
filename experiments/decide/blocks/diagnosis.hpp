#pragma once

#include "core/metric.hpp"
#include "core/result/verdict.hpp"
#include "core/seed.hpp"
#include "experiments/decide/blocks/paired_series.hpp"
#include "stats/diagnosis/diagnostics.hpp"
#include "stats/sequential/running_interval.hpp"

namespace assay::decide {

/// By how much the measuring itself may have shifted the effects: a coarse clock, many ties. 0 if it is fine enough,
/// for an observed metric without margin, and if the margin forgives nothing (a count that is 0 in control is exact).
[[nodiscard]] double resolution_of(const Metric& metric, const PairedSeries& series, double margin);

/// Whether the effect changed over the attempt, for one look: only Diagnosis::unstable. Cost: O(n log n).
[[nodiscard]] stats::Stability stability_of(const Metric& metric, const PairedSeries& series, double margin);

/// The conditions of the data. If treatment had the same position in every block (data measured elsewhere), order and
/// treatment cannot be told apart, and there is no diagnostic of an order effect.
/// \param margin  on the analysis scale; 0 before the first look, when there is nothing to say.
[[nodiscard]] stats::Diagnosis diagnose_series(const Metric& metric, const PairedSeries& series, double margin,
                                               Seed seed);

/// The largest p from which on a diagnosis no longer speaks against equivalence that it took back once.
inline constexpr double kEquivalenceReturns = 0.05;
/// True if neither a change of the effect nor an order effect is anywhere near being shown.
[[nodiscard]] bool allows_equivalence_again(const stats::Diagnosis& diagnosis);

/// A verdict at its stop after the diagnosis: equivalent becomes inconclusive if the effect changed over the attempt,
/// or if the first trials of the blocks by themselves do not stay within the margin. Nothing else is changed.
[[nodiscard]] MetricVerdict after_diagnosis(const MetricVerdict& verdict, const stats::Diagnosis& diagnosis,
                                            double margin);

}  // namespace assay::decide
