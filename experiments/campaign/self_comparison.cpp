#include "experiments/campaign/self_comparison.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/planning/self_comparison.hpp"

namespace assay::campaign {
namespace {

using definition::Definition;
using planning::control_against_itself;
using planning::SelfComparison;

nanoseconds median_wall(const decide::JudgedAttempt& attempt) {
  const std::vector<MetricResult>& metrics = attempt.result.comparisons.front().metrics;
  return nanoseconds{static_cast<std::int64_t>(1e9 * metrics.front().control.median)};
}

/// Both arms start through the same shell as the delayed one, so that a delay is all that it adds.
Definition undelayed(const Definition& definition) {
  Definition same = planning::with_planted_delay(definition, {});
  same.protocol.kappa = definition.protocol.kappa;
  return control_against_itself(std::move(same));
}

Definition delayed(const Definition& definition, Percent plant, nanoseconds median) {
  const std::chrono::duration<double, std::nano> delay = plant.fraction() * median;
  Definition target =
      planning::with_planted_delay(definition, {.treatment = std::chrono::duration_cast<nanoseconds>(delay)});
  if (target.simulation) target.simulation->shift = plant;
  return target;
}

decide::JudgedAttempt judged(attempt::Outcome outcome) {
  return {std::move(outcome.plan), std::move(outcome.plan_sha256), std::move(outcome.blocks),
          std::move(outcome.result)};
}

}  // namespace

void require_plantable(const Definition& definition) {
  if (!planning::is_one_command(definition.variable)) {
    throw Error(fmt::format(
        "the control of a variable of kind {} cannot be written as one command; plant the delay in the command itself: "
        "give it after --",
        to_string(definition.variable.kind)));
  }
  (void)planning::with_planted_delay(definition, {});
}

bool is_plantable(const Definition& definition) {
  try {
    require_plantable(definition);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::optional<SelfComparison> compare_with_itself(const Definition& definition, std::optional<Percent> plant,
                                                  attempt::ExploratorySessions& sessions) {
  std::optional<attempt::Outcome> same = sessions.run(plant ? undelayed(definition) : definition);
  if (!same) return std::nullopt;
  SelfComparison comparison{
      .same = judged(std::move(*same)), .planted = std::nullopt, .plant = plant.value_or(Percent{0})};
  if (!plant || comparison.same.result.verdict == Verdict::invalid) return comparison;
  std::optional<attempt::Outcome> planted = sessions.run(delayed(definition, *plant, median_wall(comparison.same)));
  if (!planted) return std::nullopt;
  comparison.planted = judged(std::move(*planted));
  return comparison;
}

}  // namespace assay::campaign
