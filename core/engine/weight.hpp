#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/plan.hpp"
#include "core/units.hpp"
#include "core/workload.hpp"

namespace assay {

/// What a trial of a workload takes of its node, as the file declares it.
struct WorkloadWeight {
  double cpus = 1;
  std::optional<Bytes> memory = {};  ///< empty: not declared
  friend bool operator==(const WorkloadWeight&, const WorkloadWeight&) = default;
};

/// Without a declaration, a workload takes the CPUs that its limits name, and one if they name none.
/// \throws Error if the declared texts are no number of CPUs or no size.
[[nodiscard]] WorkloadWeight weight_of(const Workload& workload);
/// What two take at once. Memory that is not declared counts as none; more than `Bytes` can count stays at its end.
[[nodiscard]] WorkloadWeight together(const WorkloadWeight& one, const WorkloadWeight& other);
/// What these cells take together. Memory that is not declared counts as none.
[[nodiscard]] WorkloadWeight weight_of(const Plan& plan, const std::vector<std::size_t>& cells);

/// The cells that run side by side with this one, itself among them, ascending. Only itself if it is measured alone.
[[nodiscard]] std::vector<std::size_t> group_of(const Plan& plan, std::size_t cell);
/// The cells that run beside this one, without itself; empty if it is measured alone.
[[nodiscard]] std::vector<std::size_t> cells_beside(const Plan& plan, std::size_t cell);
/// All groups of the plan, each cell in exactly one of them. If nothing runs side by side, each cell is a group.
[[nodiscard]] std::vector<std::vector<std::size_t>> groups_of(const Plan& plan);

/// Whether the weights of a group are whole numbers, so that each of its workloads is bound to as many CPUs as it
/// weighs.
[[nodiscard]] bool are_bound(const Plan& plan, const std::vector<std::size_t>& group);

/// Leaves side by side out of the plan, for those who measure each of its workloads by itself, or only some of them.
void measure_alone(Plan& plan);

/// The most workloads that may run side by side.
inline constexpr std::size_t kMostSideBySide = 32;

}  // namespace assay
