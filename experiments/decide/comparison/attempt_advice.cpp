#include "experiments/decide/comparison/attempt_advice.hpp"

#include <algorithm>
#include <cmath>

#include "core/trial_parts/built_in_metric.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"

namespace assay::decide {
namespace {

/// Time for this many blocks in every cell, at this attempt's pace.
std::optional<double> seconds_for(const ComparisonAnalysis& analysis, int blocks) {
  double seconds = 0;
  for (const CellBlocks& cell : analysis.cells()) {
    seconds += blocks * seconds_per_block(cell.leading(), analysis.plan().protocol.design);
  }
  if (seconds <= 0) return std::nullopt;
  return seconds;
}

/// One test with its result and the values that it rests on.
struct Judged {
  const MetricTest& test;
  const MetricResult& result;
  const PairedSeries& series;
};

/// Raises the advice to what this test needs, if it is not settled.
void raise(Advice& advice, const Plan& plan, const Judged& judged) {
  const auto& [test, result, series] = judged;
  if (result.verdict != Verdict::inconclusive || !result.effect) return;
  if (result.blocks_needed && result.blocks_needed > advice.blocks_needed) advice.blocks_needed = result.blocks_needed;
  const std::optional<SeenNoise> noise = seen_noise(plan, test, series.effects, 1);
  const std::optional<double> effect = noise ? detectable(plan, test, *noise) : std::nullopt;
  const std::optional<double> percent = effect ? percent_of(test.metric(), *effect, series) : std::nullopt;
  if (percent && percent > advice.detectable_percent) advice.detectable_percent = percent;
  const std::optional<double> step = noise ? step_in_the_way(plan, test, *noise) : std::nullopt;
  const std::optional<double> of_values = step ? percent_of(test.metric(), *step, series) : std::nullopt;
  if (of_values && of_values > advice.step_percent) advice.step_percent = of_values;
}

void raise_by_open_guards(Advice& advice, const Comparison& comparison) {
  for (const MetricResult& metric : comparison.metrics) {
    const bool guard_waits = metric.guard == GuardStatus::open && metric.blocks_needed;
    if (guard_waits && metric.blocks_needed > advice.blocks_needed) advice.blocks_needed = metric.blocks_needed;
  }
}

/// What the CPU time of the same trials would need, by its noise and the margin of the wall time. Its effect is not
/// looked at, so that nobody chooses the metric by the result.
std::optional<QuickerMetric> cpu_instead(const Plan& plan, const ComparisonState& comparison,
                                         std::span<const Block> blocks) {
  const MetricTest& primary = comparison.primary();
  if (!measures(primary.metric(), BuiltInMetric::wall) || !primary.has_looked()) return std::nullopt;
  for (std::size_t index = 1; index < comparison.tests().size(); ++index) {
    const MetricTest& cpu = comparison.tests()[index];
    if (!measures(cpu.metric(), BuiltInMetric::cpu) || cpu.unreadable() || !cpu.has_looked()) continue;
    Metric as_time = cpu.metric();
    as_time.kind = primary.metric().kind;
    Plan renamed = plan;
    renamed.metrics[comparison.metrics()[index]] = as_time;
    const PairedSeries series = paired_series(renamed, {comparison.metrics()[index], comparison.treatment()}, blocks);
    const bool all_finite = std::ranges::all_of(series.effects, [](double effect) { return std::isfinite(effect); });
    if (series.unreadable || !all_finite) return std::nullopt;
    const std::optional<int> needed = blocks_for_margin_of(plan, primary, as_time, series);
    if (!needed) return std::nullopt;
    return QuickerMetric{.metric = cpu.metric().name, .blocks = *needed};
  }
  return std::nullopt;
}

/// The metric that decides sooner, if it saves much of the blocks that the wall time needs, or has had without
/// deciding.
std::optional<QuickerMetric> quicker_metric(const ComparisonAnalysis& analysis, const AttemptResult& result) {
  const Plan& plan = analysis.plan();
  const bool is_one = analysis.comparisons().size() == 1 && result.verdict == Verdict::inconclusive;
  if (!is_one || rules_of(plan).quicker_times == QuickerTimes::not_named) return std::nullopt;
  const ComparisonState& comparison = analysis.comparisons().front();
  std::optional<QuickerMetric> quicker = cpu_instead(plan, comparison, analysis.blocks_of(comparison));
  const int needed = result.comparisons.front().metrics.front().blocks_needed.value_or(comparison.looked_at());
  if (quicker && 2 * quicker->blocks > needed) quicker.reset();
  return quicker;
}

}  // namespace

Advice attempt_advice(const ComparisonAnalysis& analysis, std::span<const SuiteEvidence> suites,
                      const AttemptResult& result) {
  const Plan& plan = analysis.plan();
  Advice advice;
  // The planner reckons in blocks and looks, which a costly design does not have.
  if (is_costly(plan.protocol.design)) return advice;
  for (std::size_t index = 0; index < suites.size(); ++index) {
    raise(advice, plan, {suites[index].primary, result.suite[index].average, suites[index].series});
  }
  for (std::size_t index = 0; suites.empty() && index < analysis.comparisons().size(); ++index) {
    const ComparisonState& comparison = analysis.comparisons()[index];
    const PairedSeries series =
        paired_series(plan, {comparison.metrics().front(), comparison.treatment()}, analysis.blocks_of(comparison));
    raise(advice, plan, {comparison.primary(), result.comparisons[index].metrics.front(), series});
  }
  for (const Comparison& comparison : result.comparisons) raise_by_open_guards(advice, comparison);
  if (suites.empty()) advice.quicker = quicker_metric(analysis, result);
  // What needs most is never settled.
  if (advice.step_percent) advice.blocks_needed.reset();
  if (advice.blocks_needed) advice.seconds_needed = seconds_for(analysis, *advice.blocks_needed);
  return advice;
}

}  // namespace assay::decide
