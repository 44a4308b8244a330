#include "experiments/planning/simulation/recorded_trace.hpp"

#include <optional>
#include <vector>

#include "experiments/decide/blocks/steadiness.hpp"
#include "stats/summary.hpp"

namespace assay::planning {
namespace {

constexpr ArmIndex kFirstTreatment = 1;

struct Value {
  ArmIndex arm;
  double value;
};

/// The values of both arms in the order in which they ran; std::nullopt if one was not measured.
std::optional<std::vector<Value>> values_of(const Block& block, std::size_t metric) {
  std::vector<Value> values;
  for (const Trial& trial : block.trials) {
    if (trial.arm > kFirstTreatment) continue;
    if (!is_measured(trial.outcome) || !trial.values[metric]) return std::nullopt;
    values.push_back({trial.arm, *trial.values[metric]});
  }
  return values;
}

double median_of(const std::vector<Value>& values, ArmIndex arm) {
  std::vector<double> of_arm;
  for (const Value& value : values) {
    if (value.arm == arm) of_arm.push_back(value.value);
  }
  return stats::median(of_arm);
}

std::vector<double> without_effect(const std::vector<Value>& values) {
  if (values.empty()) return {};
  const double ratio = median_of(values, kFirstTreatment) / median_of(values, kControl);
  std::vector<double> group;
  group.reserve(values.size());
  for (const Value& value : values) group.push_back(value.arm == kControl ? value.value : value.value / ratio);
  return group;
}

}  // namespace

Trace recorded_trace(const Plan& plan, std::span<const Block> blocks) {
  const std::size_t metric = primary_metric(plan);
  std::vector<std::vector<Value>> cells_values(cells(plan).size());
  for (const Block& block : blocks) {
    if (is_void(block)) continue;
    const std::optional<std::vector<Value>> values = values_of(decide::with_common_steady_start(block), metric);
    if (values) cells_values[block.cell].insert(cells_values[block.cell].end(), values->begin(), values->end());
  }
  Trace trace;
  for (const std::vector<Value>& values : cells_values) trace.groups.push_back(without_effect(values));
  return trace;
}

}  // namespace assay::planning
