#include "experiments/campaign/control_plan.hpp"

#include "core/engine/weight.hpp"

namespace assay::campaign {

Plan control_plan(Plan plan) {
  plan.variable.levels.resize(1);
  plan.variable.reached.reset();  // it compares the arms
  plan.protocol.design = Design::blocks;
  plan.protocol.inner = 1;
  measure_alone(plan);
  return plan;
}

}  // namespace assay::campaign
