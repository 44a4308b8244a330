#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::engine {

/// The values of a plan that its JSON does not hold, since they look secret, and its whole frozen environment. They go
/// to the nodes in a file that only its owner can read, and are removed with the spool.
struct PlanValues {
  std::map<std::string, std::string> environment;
  std::vector<std::map<std::string, std::string>> levels;     ///< by arm and name of the variable
  std::vector<std::map<std::string, std::string>> workloads;  ///< by workload and name of the variable
  friend bool operator==(const PlanValues&, const PlanValues&) = default;
};

[[nodiscard]] PlanValues values_of(const Plan& plan);
/// \throws Error if they are those of another plan.
[[nodiscard]] Plan with_values(Plan plan, const PlanValues& values);

[[nodiscard]] std::string values_json(const PlanValues& values);
/// \throws Error for text that `values_json` did not write.
[[nodiscard]] PlanValues parse_values(const std::string& json);

}  // namespace assay::engine
