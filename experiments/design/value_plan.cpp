#include "experiments/design/value_plan.hpp"

#include <fmt/format.h>

#include "core/engine/weight.hpp"

namespace assay::design {

Plan value_plan(const ValueComparison& comparison) {
  Plan plan;
  plan.id = comparison.id;
  plan.hypothesis = fmt::format("{} is better than {}", comparison.treatment, comparison.control);
  plan.variable.kind = VariableKind::argument;
  plan.variable.name = "column";
  for (const std::string& column : {comparison.control, comparison.treatment}) {
    plan.variable.levels.push_back({column, ArgumentLevel{column}});
  }
  plan.workloads.resize(1);
  plan.workloads[0].name = "pairs";
  plan.states.resize(1);
  plan.metrics = {comparison.metric};
  plan.metrics[0].role = MetricRole::primary;
  plan.protocol = comparison.protocol;
  measure_alone(plan);  // it has one workload, and its values were taken before
  plan.rules = kNewestRules;
  plan.exploratory = true;
  plan.environment_name = "elsewhere";
  plan.seed = comparison.seed;
  plan.order = comparison.order;
  return plan;
}

Block value_block(const BlockOrder& order, const ValuePair& values) {
  Block block;
  block.cell = order.cell;
  block.number = order.number;
  for (const ArmIndex arm : order.arms) {
    Trial trial;
    trial.arm = arm;
    trial.values = {arm == kControl ? values.control : values.treatment};
    block.trials.push_back(std::move(trial));
  }
  return block;
}

}  // namespace assay::design
