#include "experiments/decide/rules/unannounced.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/blocks/orientation.hpp"

namespace assay::decide {
namespace {

/// A value on the analysis scale, turned so that more is worse.
double oriented_value(const Metric& metric, double value) {
  return worse_sign(metric) * (metric.kind == MetricKind::positive ? std::log(value) : value);
}

std::vector<double> measured_values(const Plan& plan, std::size_t metric, std::span<const Block> blocks, ArmIndex arm) {
  std::vector<double> values;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, arm)) {
      if (!is_measured(trial->outcome) || !trial->values[metric]) continue;
      values.push_back(oriented_value(plan.metrics[metric], *trial->values[metric]));
    }
  }
  return values;
}

std::vector<double> unannounced_values(const Plan& plan, const ClaimedImprovement& claim, const AuditResult& audit,
                                       ArmIndex arm) {
  std::vector<double> values;
  for (const UnannouncedTrials& trials : audit.unannounced) {
    if (trials.cell.index != claim.cell || trials.arm != arm) continue;
    for (const double value : trials.values) values.push_back(oriented_value(plan.metrics[claim.metric], value));
  }
  return values;
}

/// One arm's values by where they come from. More is worse.
struct ArmValues {
  std::vector<double> measured;
  std::vector<double> unannounced;

  [[nodiscard]] bool are_there() const { return !measured.empty() && !unannounced.empty(); }
  [[nodiscard]] bool all_worse_by(double distance) const {
    return are_there() && *std::min_element(unannounced.begin(), unannounced.end()) >
                              *std::max_element(measured.begin(), measured.end()) + distance;
  }
  [[nodiscard]] bool all_better_by(double distance) const {
    return are_there() && *std::max_element(unannounced.begin(), unannounced.end()) <
                              *std::min_element(measured.begin(), measured.end()) - distance;
  }
};

}  // namespace

std::optional<UnannouncedContradiction> unannounced_contradiction(const Plan& plan, const ClaimedImprovement& claim,
                                                                  std::span<const Block> blocks,
                                                                  const AuditResult& audit) {
  if (audit.unannounced.empty()) return std::nullopt;
  const auto values_of = [&](ArmIndex arm) {
    return ArmValues{measured_values(plan, claim.metric, blocks, arm), unannounced_values(plan, claim, audit, arm)};
  };
  const double distance = std::abs(claim.effect) / 2;
  const ArmValues control = values_of(kControl);
  const ArmValues treatment = values_of(claim.treatment);
  // What both arms show is the place.
  if (treatment.all_worse_by(distance) && !control.all_worse_by(distance))
    return UnannouncedContradiction::treatment_is_worse;
  if (control.all_better_by(distance) && !treatment.all_better_by(distance))
    return UnannouncedContradiction::control_is_better;
  return std::nullopt;
}

std::string contradiction_text(const Plan& plan, const ClaimedImprovement& claim, UnannouncedContradiction found) {
  const bool is_treatment = found == UnannouncedContradiction::treatment_is_worse;
  return fmt::format(
      "in a place where nothing announces that it is measured, {} was {} than in every one of its trials, by more "
      "than half of the effect",
      plan.variable.levels[is_treatment ? claim.treatment : kControl].label, is_treatment ? "worse" : "better");
}

}  // namespace assay::decide
