#include "experiments/decide/rules/reach_rule.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/assert.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

std::optional<double> median_of_arm(ArmIndex arm, std::size_t metric, std::span<const Block> blocks) {
  std::vector<double> values;
  for (const Block& block : blocks) {
    for (const Trial& trial : block.trials) {
      if (trial.arm == arm && is_measured(trial.outcome) && trial.values[metric])
        values.push_back(*trial.values[metric]);
    }
  }
  if (values.empty()) return std::nullopt;
  return stats::median(values);
}

}  // namespace

bool variable_acted(const Plan& plan, ArmIndex treatment, std::span<const Block> blocks) {
  const std::optional<MetricCondition>& condition = plan.variable.reached;
  if (!condition) return true;
  const auto found = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                  [&](const Metric& metric) { return metric.name == condition->metric; });
  ASSAY_ASSERT(found != plan.metrics.end());
  const auto metric = static_cast<std::size_t>(found - plan.metrics.begin());
  const std::optional<double> in_control = median_of_arm(kControl, metric, blocks);
  const std::optional<double> in_treatment = median_of_arm(treatment, metric, blocks);
  return (!in_control || !holds(*condition, *in_control)) && (!in_treatment || holds(*condition, *in_treatment));
}

}  // namespace assay::decide
