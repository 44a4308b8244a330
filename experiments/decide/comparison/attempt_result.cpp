#include "experiments/decide/comparison/attempt_result.hpp"

#include <algorithm>

#include "experiments/decide/analysis/conclusion.hpp"
#include "experiments/decide/comparison/attempt_advice.hpp"
#include "experiments/decide/comparison/comparison_result.hpp"
#include "experiments/decide/comparison/held_back.hpp"
#include "experiments/decide/comparison/suite_result.hpp"
#include "experiments/decide/rules/experiment_verdict.hpp"
#include "experiments/decide/rules/isolation_rule.hpp"

namespace assay::decide {
namespace {

/// The suite's verdict gives way to invalid comparisons and to what was forced on all of them.
MetricVerdict overall_verdict(const AttemptResult& result) {
  const MetricVerdict of_cells = experiment_verdict(result.protocol.claim, result.comparisons);
  const bool forced = of_cells.verdict == Verdict::invalid || of_cells.reason == VerdictReason::interrupted;
  return result.suite.empty() || forced ? of_cells : suite_verdict(result.suite);
}

bool all_not_worse(const AttemptResult& result) {
  if (!result.suite.empty()) {
    return std::all_of(result.suite.begin(), result.suite.end(),
                       [](const SuiteResult& suite) { return suite.average.not_worse; });
  }
  return std::all_of(result.comparisons.begin(), result.comparisons.end(),
                     [](const Comparison& comparison) { return comparison.metrics.front().not_worse; });
}

std::vector<Grounds> grounds_of_all(const ComparisonAnalysis& analysis, const std::vector<Comparison>& results) {
  std::vector<Grounds> all;
  for (std::size_t index = 0; index < results.size(); ++index) {
    const ComparisonState& comparison = analysis.comparisons()[index];
    const FailureTally failures = tally_failures(analysis.blocks_of(comparison), comparison.treatment());
    Grounds& grounds = all.emplace_back(grounds_of(results[index], failures));
    grounds.awaits_isolation = awaits_isolation(analysis.plan(), analysis.audit(), results[index]);
    grounds.held_back = held_back(evidence_of(analysis, comparison));
    grounds.vetoed = vetoed(evidence_of(analysis, comparison), results[index].budget);
  }
  return all;
}

}  // namespace

AttemptResult attempt_result(const ComparisonAnalysis& analysis, std::span<const SuiteEvidence> suites) {
  const Plan& plan = analysis.plan();
  AttemptResult result = blank_result(plan);
  result.audit = analysis.audit();
  for (const CellBlocks& cell : analysis.cells()) count_trials(cell, result);
  for (const ComparisonState& comparison : analysis.comparisons()) {
    result.comparisons.push_back(comparison_result(analysis, comparison));
  }
  std::vector<const ComparisonState*> states;
  for (const ComparisonState& comparison : analysis.comparisons()) states.push_back(&comparison);
  const bool any = plan.protocol.claim == ClaimRule::any;
  state_families(plan, states, any ? HolmFamily::primaries_and_guards : HolmFamily::guards, result.comparisons);
  for (const SuiteEvidence& suite : suites) result.suite.push_back(suite_result(analysis, suite));
  result.not_worse = all_not_worse(result);
  result.stop = experiment_stop(result.comparisons);
  result.futile_chance = analysis.futile_chance();
  conclude(result, overall_verdict(result), grounds_of_all(analysis, result.comparisons),
           attempts_left_after(analysis));
  result.advice = attempt_advice(analysis, suites, result);
  return result;
}

}  // namespace assay::decide
