#include "experiments/decide/comparison/comparison_evidence.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/steadiness.hpp"

namespace assay::decide {

PairedSeries series_of(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return paired_series(evidence.plan, {comparison.metrics()[test], comparison.treatment()}, evidence.blocks);
}

stats::Diagnosis diagnosis_of(const ComparisonEvidence& evidence) {
  const MetricTest& primary = evidence.comparison.primary();
  return diagnose_series(primary.metric(), series_of(evidence, 0), primary.margin(),
                         seed_of_diagnosis(evidence.plan, {.cell = evidence.comparison.cell(),
                                                           .treatment = evidence.comparison.treatment()}));
}

std::optional<Steadiness> steadiness_in(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return steadiness_of(evidence.plan, comparison.metrics()[test], comparison.treatment(), evidence.blocks);
}

}  // namespace assay::decide
