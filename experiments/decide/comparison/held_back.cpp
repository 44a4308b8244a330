#include "experiments/decide/comparison/held_back.hpp"

#include "experiments/decide/rules/outside_clock.hpp"
#include "experiments/decide/rules/rule_set.hpp"
#include "experiments/decide/rules/stopped_trials.hpp"

namespace assay::decide {

std::optional<DecisionReason> held_back(const ComparisonEvidence& evidence) {
  if (rules_of(evidence.plan).beside_the_clock == BesideTheClock::passed_over) return std::nullopt;
  const ComparisonState& comparison = evidence.comparison;
  const std::optional<OutsideClockExcess> excess = outside_clock_excess(
      evidence.plan, {.metric = comparison.metrics().front(), .treatment = comparison.treatment()}, evidence.blocks);
  if (excess && excess->holds_back) return DecisionReason::outside_clock;
  if (control_was_stopped(evidence.blocks, comparison.treatment())) return DecisionReason::stopped_trials;
  return std::nullopt;
}

}  // namespace assay::decide
