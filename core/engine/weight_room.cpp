#include "core/engine/weight_room.hpp"

#include <cstddef>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/budget.hpp"

namespace assay {
namespace {

constexpr double kRounding = 1e-9;

std::string memory_text(Bytes memory) {
  return format_bytes(static_cast<double>(memory.count)) + " of memory";
}

std::string joined(std::string one, const std::string& other) {
  if (one.empty() || other.empty()) return one + other;
  return one + " and " + other;
}

}  // namespace

Excess excess_of(const WorkloadWeight& weight, const WeightRoom& room) {
  return {.of_cpus = room.cpus && weight.cpus > *room.cpus + kRounding,
          .of_memory = room.memory && weight.memory && *weight.memory > *room.memory};
}

bool fits(const WorkloadWeight& weight, const WeightRoom& room) {
  return excess_of(weight, room) == Excess{};
}

std::optional<Excess> what_keeps_all_apart(const std::vector<WorkloadWeight>& weights, const WeightRoom& room) {
  if (weights.size() < 2) return std::nullopt;
  Excess of_all{.of_cpus = true, .of_memory = true};
  for (std::size_t one = 0; one < weights.size(); ++one) {
    for (std::size_t other = one + 1; other < weights.size(); ++other) {
      const Excess excess = excess_of(together(weights[one], weights[other]), room);
      if (excess == Excess{}) return std::nullopt;
      of_all.of_cpus = of_all.of_cpus && excess.of_cpus;
      of_all.of_memory = of_all.of_memory && excess.of_memory;
    }
  }
  // If neither keeps all pairs apart, each keeps some of them apart.
  return of_all == Excess{} ? Excess{.of_cpus = true, .of_memory = true} : of_all;
}

std::string describe_limits(const WeightRoom& room, const Excess& excess) {
  ASSAY_ASSERT((!excess.of_cpus || room.cpus) && (!excess.of_memory || room.memory));
  return joined(excess.of_cpus ? format_part(BudgetPart::cpus, *room.cpus) : "",
                excess.of_memory ? memory_text(*room.memory) : "");
}

std::string describe_weight(const WorkloadWeight& weight, const Excess& excess) {
  return joined(excess.of_cpus ? format_part(BudgetPart::cpus, weight.cpus) : "",
                excess.of_memory && weight.memory ? memory_text(*weight.memory) : "");
}

}  // namespace assay
