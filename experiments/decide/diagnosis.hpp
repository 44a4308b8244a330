#pragma once

#include "core/metric.hpp"
#include "core/seed.hpp"
#include "experiments/decide/paired_series.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"
#include "stats/diagnosis/diagnostics.hpp"

namespace assay::decide {

/// By what the measuring itself may have shifted the effects: a coarse clock, many ties. 0 where it is fine enough, for
/// an observed metric without margin, and where the margin forgives nothing (a count that is 0 in control is exact).
[[nodiscard]] double resolution_of(const Metric& metric, const PairedSeries& series, double margin);

/// The conditions of the data. Where treatment stood in the same place of every block (data measured elsewhere), order
/// and treatment cannot be told apart and nothing is said of an order effect.
/// \param margin  on the analysis scale; 0 before the first look, when there is nothing to say.
[[nodiscard]] stats::Diagnosis diagnose_series(const Metric& metric, const PairedSeries& series, double margin,
                                               Seed seed);

/// What the diagnosis makes of a verdict at its stop: equivalent becomes inconclusive where the effect changed over the
/// attempt, or where the first trials of the blocks alone do not keep within the margin. Nothing else is changed.
[[nodiscard]] MetricVerdict after_diagnosis(const MetricVerdict& verdict, const stats::Diagnosis& diagnosis,
                                            double margin);

}  // namespace assay::decide
