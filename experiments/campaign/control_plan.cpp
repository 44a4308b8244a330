#include "experiments/campaign/control_plan.hpp"

namespace assay::campaign {

Plan control_plan(Plan plan) {
  plan.variable.levels.resize(1);
  plan.variable.reached.reset();  // it compares the arms
  plan.protocol.design = Design::blocks;
  plan.protocol.inner = 1;
  plan.protocol.side_by_side = false;
  plan.groups.clear();
  return plan;
}

}  // namespace assay::campaign
