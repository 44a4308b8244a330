#pragma once

#include <vector>

#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// Recorded values of one unchanged program, in the order in which they were measured; those of different machines
/// apart, since a block never spans two.
struct Trace {
  std::vector<std::vector<double>> groups;
};

/// Windows of consecutive values, every place of the trace being as likely a start as any other. From a group with
/// fewer values than are asked for, each block is drawn by itself: two consecutive values anywhere in the group.
/// \throws Error where no group has two values, or a value is not above 0.
[[nodiscard]] Noise trace_noise(Trace trace);

/// Whether some group has fewer values than so many trials.
[[nodiscard]] bool is_short(const Trace& trace, std::size_t trials);

}  // namespace assay::planning
