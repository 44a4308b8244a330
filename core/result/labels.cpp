#include "core/result/labels.hpp"

#include "core/plan.hpp"

namespace assay {

NamedCell named_cell(const Plan& plan, std::size_t cell) {
  const std::vector<Cell> all = cells(plan);
  const Cell& named = all.at(cell);
  return {.index = cell,
          .workload = workload_of(plan, named).name,
          .state = state_of(plan, named).name,
          .title = all.size() > 1 ? cell_name(plan, named) : ""};
}

NamedArm named_arm(const Plan& plan, ArmIndex arm) {
  return {.index = arm, .label = plan.variable.levels.at(arm).label};
}

}  // namespace assay
