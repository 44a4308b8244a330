#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/weight.hpp"
#include "core/units.hpp"

namespace assay {

/// What workloads that run at once may take together. An empty part is not limited.
struct WeightRoom {
  std::optional<double> cpus = {};
  std::optional<Bytes> memory = {};
  friend bool operator==(const WeightRoom&, const WeightRoom&) = default;
};

/// Which limits of a room a weight exceeds.
struct Excess {
  bool of_cpus = false;
  bool of_memory = false;
  friend bool operator==(const Excess&, const Excess&) = default;
};

/// Sums of weights such as 0.1 fill a room to the brim: they may exceed its CPUs by rounding. Memory that is not
/// declared counts as none.
[[nodiscard]] Excess excess_of(const WorkloadWeight& weight, const WeightRoom& room);
[[nodiscard]] bool fits(const WorkloadWeight& weight, const WeightRoom& room);

/// The limits that keep all pairs of these weights apart, as few as explain it: one that every pair exceeds, or both.
/// std::nullopt if two fit together, or there are fewer than two. Cost: O(n^2) for n weights.
[[nodiscard]] std::optional<Excess> what_keeps_all_apart(const std::vector<WorkloadWeight>& weights,
                                                         const WeightRoom& room);

/// The limits of a room that bind, in words: "2 CPUs", "3.00 GB of memory", "2 CPUs and 3.00 GB of memory".
/// \pre the room limits what exceeds it
[[nodiscard]] std::string describe_limits(const WeightRoom& room, const Excess& excess);
/// What of a weight counts against these limits, in words. Memory that is not declared is left out beside CPUs.
[[nodiscard]] std::string describe_weight(const WorkloadWeight& weight, const Excess& excess);

}  // namespace assay
