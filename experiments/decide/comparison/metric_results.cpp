#include "experiments/decide/comparison/metric_results.hpp"

#include "experiments/decide/blocks/steadiness.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/decide/rules/failure_rule.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

std::optional<int> blocks_needed(const ComparisonEvidence& evidence, const MetricTest& test, const MetricResult& result,
                                 const std::optional<SeenNoise>& noise) {
  if (!noise || !test.has_looked() || test.unreadable()) return std::nullopt;
  if (result.guard == GuardStatus::open) return blocks_for_guard(evidence.plan, test, *noise);
  const bool open_question =
      test.metric().role == MetricRole::primary && evidence.comparison.verdict().verdict == Verdict::inconclusive;
  return open_question ? blocks_for_margin(evidence.plan, test, *noise) : std::nullopt;
}

}  // namespace

MetricResult metric_result(const ComparisonEvidence& evidence, std::size_t index, double autocorrelation_factor) {
  const ComparisonState& comparison = evidence.comparison;
  const MetricTest& test = comparison.tests()[index];
  const FailureTally failures = tally_failures(evidence.blocks, comparison.treatment());
  const PairedSeries values = series_of(evidence, index);
  MetricResult result = metric_result(test);
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

MetricResult metric_result(const MetricTest& test) {
  MetricResult result;
  result.metric = test.metric();
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

}  // namespace assay::decide
