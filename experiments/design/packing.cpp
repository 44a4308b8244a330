#include "experiments/design/packing.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/engine/weight.hpp"
#include "core/error.hpp"

namespace assay::design {
namespace {

/// Sums of weights such as 0.1 must not overflow a budget that they fill.
constexpr double kRounding = 1e-9;

std::string cpus_text(double cpus) {
  return format_part(BudgetPart::cpus, cpus);
}

std::string source_of(const PackingRoom& room) {
  const bool by_machine = room.cpus_here && (!room.budget.cpus || *room.cpus_here < *room.budget.cpus);
  return by_machine ? "this machine lets trials have" : "the budget has";
}

WorkloadWeight sum_of(const WorkloadWeight& one, const WorkloadWeight& other) {
  WorkloadWeight sum{.cpus = one.cpus + other.cpus, .memory = one.memory ? one.memory : other.memory};
  if (one.memory && other.memory) sum.memory = Bytes{one.memory->count + other.memory->count};
  return sum;
}

struct Group {
  std::vector<std::size_t> cells;
  WorkloadWeight weight{.cpus = 0};
};

class Packer {
 public:
  Packer(const Plan& plan, const PackingRoom& room)
      : plan_(plan), cells_(cells(plan)), room_(room), cpus_(cpus_of(room)) {
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

  [[nodiscard]] bool fits(const WorkloadWeight& weight) const {
    if (cpus_ && weight.cpus > *cpus_ + kRounding) return false;
    return !room_.budget.memory || !weight.memory || *weight.memory <= *room_.budget.memory;
  }

  void put(std::size_t cell) {
    const auto has_room = [&](const Group& group) {
      return group.cells.size() < kMostSideBySide && fits(sum_of(group.weight, weight(cell)));
    };
    const auto found = std::find_if(groups_.begin(), groups_.end(), has_room);
    Group& group = found == groups_.end() ? groups_.emplace_back() : *found;
    group.cells.push_back(cell);
    group.weight = sum_of(group.weight, weight(cell));
  }

  void refuse_if_too_heavy(std::size_t cell) const {
    const WorkloadWeight& own = weight(cell);
    if (fits(own)) return;
    if (cpus_ && own.cpus > *cpus_ + kRounding) {
      throw Error(
          fmt::format("workload {} weighs {}, and {} {}: declare the CPUs that it keeps busy, or leave "
                      "side_by_side out",
                      name(cell), cpus_text(own.cpus), source_of(room_), cpus_text(*cpus_)));
    }
    throw Error(
        fmt::format("workload {} weighs {} of memory, and the budget has {}: declare what it needs, or leave "
                    "side_by_side out",
                    name(cell), format_bytes(static_cast<double>(own.memory->count)),
                    format_bytes(static_cast<double>(room_.budget.memory->count))));
  }

  void refuse_if_all_are_alone() const {
    const auto is_alone = [](const Group& group) { return group.cells.size() == 1; };
    if (!std::all_of(groups_.begin(), groups_.end(), is_alone)) return;
    std::vector<std::string> weights;
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      weights.push_back(fmt::format("{} {}", name(cell), cpus_text(weight(cell).cpus)));
    }
    throw Error(
        fmt::format("side_by_side: no two workloads fit together: {} {}, and they weigh {}: leave "
                    "side_by_side out, or use a machine with more",
                    source_of(room_), cpus_ ? cpus_text(*cpus_) : "too little memory", fmt::join(weights, ", ")));
  }

  const Plan& plan_;
  std::vector<Cell> cells_;
  std::vector<WorkloadWeight> weights_;  ///< by cell
  const PackingRoom& room_;
  std::optional<double> cpus_;
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

}  // namespace assay::design
