#include "experiments/decide/attempt_result.hpp"

#include <algorithm>

#include "experiments/decide/advice.hpp"
#include "experiments/decide/comparison_result.hpp"
#include "experiments/decide/diagnosis.hpp"
#include "experiments/decide/rules/decision_rule.hpp"
#include "experiments/decide/rules/experiment_verdict.hpp"
#include "experiments/decide/rules/isolation_rule.hpp"
#include "experiments/decide/steadiness.hpp"

namespace assay::decide {
namespace {

void count_trials(const AttemptState& state, AttemptResult& result) {
  for (const CellBlocks& cell : state.cells()) {
    result.blocks += cell.complete_count();
    result.trials += cell.trials_started();
    result.void_blocks += cell.void_count();
    for (const Block& block : cell.leading()) {
      for (const Trial& trial : block.trials) {
        if (is_measured(trial.outcome)) continue;
        ++(trial.arm == kControl ? result.failed_control : result.failed_treatment);
      }
    }
  }
}

/// What the suite's verdict comes to where trials of some cell never became steady.
MetricVerdict after_steadiness_of_cells(const AttemptState& state, ArmIndex treatment, MetricVerdict verdict) {
  for (const ComparisonState& comparison : state.comparisons()) {
    if (comparison.place().treatment != treatment) continue;
    verdict = after_steadiness(
        verdict, steadiness_of(state.plan(), primary_metric(state.plan()), treatment, state.blocks_of(comparison)));
  }
  return verdict;
}

/// The suite's verdict bows to invalid comparisons and to what was forced on all of them.
std::vector<MetricResult> suite_results(const AttemptState& state) {
  std::vector<MetricResult> results;
  const std::size_t metric = primary_metric(state.plan());
  for (const SuiteState& suite : state.suites()) {
    MetricResult result = metric_result(suite.primary, metric);
    const PairedSeries series = state.suite_series(suite.treatment, {0, state.blocks_of_suite()});
    const stats::Diagnosis diagnosis = diagnose_series(
        suite.primary.metric(), series, suite.primary.margin(),
        state.plan().seed.derive(Stream::bootstrap, state.cells().size() * arm_count(state.plan()) + suite.treatment));
    const MetricVerdict verdict = after_steadiness_of_cells(
        state, suite.treatment, after_diagnosis({result.verdict, result.reason}, diagnosis, suite.primary.margin()));
    if (verdict.reason == VerdictReason::no_steady_state) result.not_worse = false;
    result.verdict = verdict.verdict;
    result.reason = verdict.reason;
    const std::optional<SeenNoise> noise =
        seen_noise(state.plan(), suite.primary, series.effects, diagnosis.autocorrelation_factor);
    if (noise && result.effect && result.verdict == Verdict::inconclusive) {
      result.blocks_needed = blocks_for_margin(state.plan(), suite.primary, *noise);
    }
    results.push_back(std::move(result));
  }
  return results;
}

MetricVerdict overall_verdict(const AttemptState& state, const AttemptResult& result) {
  const MetricVerdict of_cells = experiment_verdict(state.plan().protocol.claim, result.comparisons);
  const bool forced = of_cells.verdict == Verdict::invalid || of_cells.reason == VerdictReason::interrupted;
  return result.suite.empty() || forced ? of_cells : suite_verdict(result.suite);
}

bool all_not_worse(const AttemptResult& result) {
  const auto not_worse = [](const MetricResult& metric) { return metric.not_worse; };
  if (!result.suite.empty()) return std::all_of(result.suite.begin(), result.suite.end(), not_worse);
  return std::all_of(result.comparisons.begin(), result.comparisons.end(),
                     [&](const Comparison& comparison) { return not_worse(comparison.metrics.front()); });
}

/// Guards and failures of every comparison count: a change is kept for what it does everywhere.
Grounds overall_grounds(const AttemptState& state, const AttemptResult& result) {
  Grounds overall{.verdict = result.verdict, .reason = result.reason, .not_worse = result.not_worse};
  for (std::size_t index = 0; index < result.comparisons.size(); ++index) {
    const ComparisonState& comparison = state.comparisons()[index];
    const FailureTally failures = tally_failures(state.blocks_of(comparison), comparison.place().treatment);
    const Grounds grounds = grounds_of(result.comparisons[index], failures);
    overall.guard_failed = overall.guard_failed || grounds.guard_failed;
    overall.guard_open = overall.guard_open || grounds.guard_open;
    overall.failures_allow_keep = overall.failures_allow_keep && grounds.failures_allow_keep;
    overall.control_checks_failed = overall.control_checks_failed || grounds.control_checks_failed;
    overall.awaits_isolation =
        overall.awaits_isolation || awaits_isolation(state.plan(), state.audit(), result.comparisons[index]);
  }
  return overall;
}

/// Time for this many blocks in every cell, at this attempt's pace.
std::optional<double> seconds_for(const AttemptState& state, int blocks) {
  double seconds = 0;
  for (const CellBlocks& cell : state.cells())
    seconds += blocks * seconds_per_block(cell.leading(), state.plan().protocol.design);
  if (seconds <= 0) return std::nullopt;
  return seconds;
}

/// For the comparison that needs most, among those that are not settled.
Advice advice_of(const AttemptState& state, const AttemptResult& result) {
  Advice advice;
  // The planner reckons in blocks and looks, of which a costly design has none.
  if (is_costly(state.plan().protocol.design)) return advice;
  const auto add = [&](const MetricTest& test, const MetricResult& metric, const PairedSeries& series) {
    if (metric.verdict != Verdict::inconclusive || !metric.effect) return;
    if (metric.blocks_needed && metric.blocks_needed > advice.blocks_needed) {
      advice.blocks_needed = metric.blocks_needed;
    }
    const std::optional<SeenNoise> noise = seen_noise(state.plan(), test, series.effects, 1);
    const std::optional<double> effect = noise ? detectable(state.plan(), test, *noise) : std::nullopt;
    const std::optional<double> percent = effect ? percent_of(test.metric(), *effect, series) : std::nullopt;
    if (percent && percent > advice.detectable_percent) advice.detectable_percent = percent;
    const std::optional<double> step = noise ? step_in_the_way(state.plan(), test, *noise) : std::nullopt;
    const std::optional<double> of_values = step ? percent_of(test.metric(), *step, series) : std::nullopt;
    if (of_values && of_values > advice.step_percent) advice.step_percent = of_values;
  };
  for (std::size_t index = 0; index < state.suites().size(); ++index) {
    const SuiteState& suite = state.suites()[index];
    add(suite.primary, result.suite[index], state.suite_series(suite.treatment, {0, state.blocks_of_suite()}));
  }
  for (std::size_t index = 0; state.suites().empty() && index < state.comparisons().size(); ++index) {
    const ComparisonState& comparison = state.comparisons()[index];
    add(comparison.primary(), result.comparisons[index].metrics.front(),
        paired_series(state.plan(), {comparison.metrics().front(), comparison.place().treatment},
                      state.blocks_of(comparison)));
  }
  for (const Comparison& comparison : result.comparisons) {
    for (const MetricResult& metric : comparison.metrics) {
      const bool guard_waits = metric.guard == GuardStatus::open && metric.blocks_needed;
      if (guard_waits && metric.blocks_needed > advice.blocks_needed) advice.blocks_needed = metric.blocks_needed;
    }
  }
  // What needs most is never settled.
  if (advice.step_percent) advice.blocks_needed.reset();
  if (advice.blocks_needed) advice.seconds_needed = seconds_for(state, *advice.blocks_needed);
  return advice;
}

}  // namespace

AttemptResult attempt_result(const AttemptState& state) {
  AttemptResult result;
  result.audit = state.audit();
  count_trials(state, result);
  for (const ComparisonState& comparison : state.comparisons()) {
    result.comparisons.push_back(comparison_result(state, comparison));
  }
  if (state.plan().protocol.claim == ClaimRule::any) state_by_holm(result.comparisons, attempt_alpha(state.plan()));
  state_guards_by_holm(result.comparisons, attempt_alpha(state.plan()));
  result.suite = suite_results(state);
  const MetricVerdict verdict = overall_verdict(state, result);
  result.verdict = verdict.verdict;
  result.reason = verdict.reason;
  result.not_worse = all_not_worse(result);
  result.stop = experiment_stop(result.comparisons);
  const TypedDecision decision =
      decide(overall_grounds(state, result), state.plan().protocol.goal, attempts_left_after(state));
  result.decision = decision.decision;
  result.decision_reason = decision.reason;
  result.advice = advice_of(state, result);
  return result;
}

}  // namespace assay::decide
