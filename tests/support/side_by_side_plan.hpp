#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::test {

/// A plan with a workload of each weight ("a", "b", "c"...), which asks for them side by side; not yet packed.
inline Plan plan_of_weights(const std::vector<std::string>& cpus, const Argv& command = {"true"}) {
  Plan plan = small_plan(environment_variable("FAST"), command);
  plan.rules = kNewestRules;
  const Workload workload = plan.workloads.front();
  plan.workloads.clear();
  for (std::size_t index = 0; index < cpus.size(); ++index) {
    plan.workloads.push_back(workload);
    const std::string letter(1, static_cast<char>('a' + index % 26));
    plan.workloads.back().name = index < 26 ? letter : letter + std::to_string(index / 26);
    if (!cpus[index].empty()) plan.workloads.back().weight["cpu"] = cpus[index];
  }
  plan.protocol.side_by_side = true;
  return plan;
}

/// Three workloads: the first and the third run side by side, the second alone.
inline Plan plan_of_groups(const Argv& command = {"true"}) {
  Plan plan = plan_of_weights({"1", "2", "1"}, command);
  plan.groups = {{0, 2}, {1}};
  return plan;
}

}  // namespace assay::test
