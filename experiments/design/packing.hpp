#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/budget.hpp"
#include "core/plan.hpp"

namespace assay::design {

/// What the workloads of a group may take together.
struct PackingRoom {
  Budget budget = {};
  std::optional<double> cpus_here = {};  ///< of this machine; empty: not known
};

/// The CPUs that a group may take: those of the budget or of this machine, whichever are fewer; empty: no limit.
[[nodiscard]] std::optional<double> cpus_of(const PackingRoom& room);

/// Groups the cells so that the weights of each group fit into the room: the heaviest cell first, each into the first
/// group that has room for it. It depends only on the weights and their order. A group has at most `kMostSideBySide`
/// cells, in ascending order, and the groups are in the order of their first cells.
/// \throws Error if a cell does not fit at all, or no two fit together.
[[nodiscard]] std::vector<std::vector<std::size_t>> pack(const Plan& plan, const PackingRoom& room);

/// Fixes the groups of a frozen plan, inside its budget and this machine, if its workloads are to run side by side.
/// \param cpus_here  of this machine; std::nullopt: not known
/// \throws Error as `pack`.
void add_groups(Plan& plan, std::optional<double> cpus_here);

}  // namespace assay::design
