#include "experiments/decide/comparison/comparison_evidence.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/steadiness.hpp"

namespace assay::decide {
namespace {

/// Diagnoses draw their own numbers in each comparison.
Seed seed_of_diagnosis(const Plan& plan, const ComparisonState& comparison) {
  return plan.seed.derive(Stream::bootstrap, comparison.cell() * arm_count(plan) + comparison.treatment());
}

}  // namespace

PairedSeries series_of(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return paired_series(evidence.plan, {comparison.metrics()[test], comparison.treatment()}, evidence.blocks);
}

stats::Diagnosis diagnosis_of(const ComparisonEvidence& evidence) {
  const MetricTest& primary = evidence.comparison.primary();
  return diagnose_series(primary.metric(), series_of(evidence, 0), primary.margin(),
                         seed_of_diagnosis(evidence.plan, evidence.comparison));
}

std::optional<Steadiness> steadiness_in(const ComparisonEvidence& evidence, std::size_t test) {
  const ComparisonState& comparison = evidence.comparison;
  return steadiness_of(evidence.plan, comparison.metrics()[test], comparison.treatment(), evidence.blocks);
}

}  // namespace assay::decide
