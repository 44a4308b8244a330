#include "experiments/decide/comparison/suite_result.hpp"

#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/steadiness.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/decide/comparison/metric_results.hpp"
#include "experiments/decide/comparison/suite_analysis.hpp"

namespace assay::decide {
namespace {

/// The suite's verdict if trials of some cell never became steady.
MetricVerdict after_steadiness_of_cells(const ComparisonAnalysis& analysis, ArmIndex treatment, MetricVerdict verdict) {
  const Plan& plan = analysis.plan();
  for (const ComparisonState& comparison : analysis.comparisons()) {
    if (comparison.treatment() != treatment) continue;
    verdict =
        after_steadiness(verdict, steadiness_of(plan, primary_metric(plan), treatment, analysis.blocks_of(comparison)));
  }
  return verdict;
}

}  // namespace

SuiteResult suite_result(const ComparisonAnalysis& analysis, const SuiteEvidence& suite) {
  const Plan& plan = analysis.plan();
  SuiteResult result = blank_suite(plan, suite.treatment);
  MetricResult& average = result.average;
  average = metric_result(suite.primary);
  const double margin = suite.primary.margin();
  const stats::Diagnosis diagnosis =
      diagnose_series(suite.primary.metric(), suite.series, margin, seed_of_suite_diagnosis(plan, suite.treatment));
  const MetricVerdict verdict = after_steadiness_of_cells(
      analysis, suite.treatment, after_diagnosis({average.verdict, average.reason}, diagnosis, margin));
  if (verdict.reason == VerdictReason::no_steady_state) average.not_worse = false;
  average.verdict = verdict.verdict;
  average.reason = verdict.reason;
  const std::optional<SeenNoise> noise =
      seen_noise(plan, suite.primary, suite.series.effects, diagnosis.autocorrelation_factor);
  if (noise && average.effect && average.verdict == Verdict::inconclusive) {
    average.blocks_needed = blocks_for_margin(plan, suite.primary, *noise);
  }
  return result;
}

}  // namespace assay::decide
