#pragma once

#include <vector>

#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// Recorded values of one unchanged program, in the order in which they were measured. Each machine is a group of its
/// own, since a block never spans two machines.
struct Trace {
  std::vector<std::vector<double>> groups;
};

/// Draws windows of consecutive values; every position of the trace is equally likely to be the start. If a group has
/// fewer values than an attempt needs, each block is drawn by itself: two consecutive values anywhere in the group.
/// \throws Error if no group has two values, or a value is not above 0.
[[nodiscard]] Noise trace_noise(Trace trace);

/// Whether a group has fewer values than an attempt has trials.
[[nodiscard]] bool is_short(const Trace& trace, std::size_t trials);

}  // namespace assay::planning
