#include "experiments/design/packing.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/engine/weight.hpp"
#include "core/engine/weight_room.hpp"
#include "core/error.hpp"

namespace assay::design {
namespace {

/// What limits the CPUs, if both the budget and this machine do, is what has fewer.
bool are_those_of_machine(const PackingRoom& room) {
  return room.cpus_here && (!room.budget.cpus || *room.cpus_here < *room.budget.cpus);
}

/// "the budget has 2 CPUs", "this machine lets trials have 1 CPU and the budget has 3.00 GB of memory"
std::string limits_text(const PackingRoom& room, const Excess& excess) {
  const WeightRoom limits{.cpus = cpus_of(room), .memory = room.budget.memory};
  if (!excess.of_cpus || !are_those_of_machine(room)) return "the budget has " + describe_limits(limits, excess);
  const std::string machine = "this machine lets trials have " + describe_limits(limits, {.of_cpus = true});
  if (!excess.of_memory) return machine;
  return machine + " and the budget has " + describe_limits(limits, {.of_memory = true});
}

/// What helps against the limits that bind.
std::string way_out(const PackingRoom& room, const Excess& excess) {
  const bool is_machine = excess.of_cpus && are_those_of_machine(room);
  if (!is_machine) return "raise the budget";
  return excess.of_memory ? "raise the budget and use a machine with more" : "use a machine with more";
}

struct Group {
  std::vector<std::size_t> cells;
  WorkloadWeight weight{.cpus = 0};
};

class Packer {
 public:
  Packer(const Plan& plan, const PackingRoom& room)
      : plan_(plan), cells_(cells(plan)), room_(room), limits_{cpus_of(room), room.budget.memory} {
    for (const Cell& cell : cells_) weights_.push_back(weight_of(workload_of(plan, cell)));
  }

  std::vector<std::vector<std::size_t>> pack() {
    for (const std::size_t cell : heaviest_first()) {
      refuse_if_too_heavy(cell);
      put(cell);
    }
    refuse_if_all_are_alone();
    std::vector<std::vector<std::size_t>> groups;
    for (Group& group : groups_) {
      std::sort(group.cells.begin(), group.cells.end());
      groups.push_back(std::move(group.cells));
    }
    std::sort(groups.begin(), groups.end());
    return groups;
  }

 private:
  [[nodiscard]] const WorkloadWeight& weight(std::size_t cell) const { return weights_.at(cell); }
  [[nodiscard]] const std::string& name(std::size_t cell) const { return workload_of(plan_, cells_.at(cell)).name; }

  [[nodiscard]] std::vector<std::size_t> heaviest_first() const {
    std::vector<std::size_t> order(cells_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t one, std::size_t other) { return weight(one).cpus > weight(other).cpus; });
    return order;
  }

  void put(std::size_t cell) {
    const auto has_room = [&](const Group& group) {
      return group.cells.size() < kMostSideBySide && fits(together(group.weight, weight(cell)), limits_);
    };
    const auto found = std::find_if(groups_.begin(), groups_.end(), has_room);
    Group& group = found == groups_.end() ? groups_.emplace_back() : *found;
    group.cells.push_back(cell);
    group.weight = together(group.weight, weight(cell));
  }

  void refuse_if_too_heavy(std::size_t cell) const {
    const Excess excess = excess_of(weight(cell), limits_);
    if (excess == Excess{}) return;
    throw Error(fmt::format("workload {} weighs {}, and {}: declare what it takes, {}, or leave side_by_side out",
                            name(cell), describe_weight(weight(cell), excess), limits_text(room_, excess),
                            way_out(room_, excess)));
  }

  void refuse_if_all_are_alone() const {
    const std::optional<Excess> excess = what_keeps_all_apart(weights_, limits_);
    if (!excess) return;
    std::vector<std::string> weights;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      weights.push_back(fmt::format("{} {}", name(cell), describe_weight(weight(cell), *excess)));
    }
    throw Error(
        fmt::format("side_by_side: no two workloads fit together: {}, and they weigh {}: {}, or leave "
                    "side_by_side out",
                    limits_text(room_, *excess), fmt::join(weights, ", "), way_out(room_, *excess)));
  }

  const Plan& plan_;
  std::vector<Cell> cells_;
  std::vector<WorkloadWeight> weights_;  ///< by cell
  const PackingRoom& room_;
  WeightRoom limits_;
  std::vector<Group> groups_;
};

}  // namespace

std::optional<double> cpus_of(const PackingRoom& room) {
  if (!room.budget.cpus || !room.cpus_here) return room.budget.cpus ? room.budget.cpus : room.cpus_here;
  return std::min(*room.budget.cpus, *room.cpus_here);
}

std::vector<std::vector<std::size_t>> pack(const Plan& plan, const PackingRoom& room) {
  return Packer(plan, room).pack();
}

void add_groups(Plan& plan, std::optional<double> cpus_here) {
  if (plan.protocol.side_by_side) plan.groups = pack(plan, {.budget = plan.budget, .cpus_here = cpus_here});
}

}  // namespace assay::design
