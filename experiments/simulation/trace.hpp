#pragma once

#include <vector>

#include "experiments/simulation/noise.hpp"

namespace assay::experiments {

/// Recorded values of one unchanged program, in the order in which they were measured; those of different machines
/// apart, since a block never spans two.
struct Trace {
  std::vector<std::vector<double>> groups;
};

/// Windows of consecutive values, every place of the trace being as likely a start as any other. A group with fewer
/// values than are asked for goes on at its beginning.
/// \throws Error where no group has two values, or a value is not above 0.
[[nodiscard]] Noise trace_noise(Trace trace);

/// Whether windows of so many trials have to go on at the beginning of some group.
[[nodiscard]] bool wraps(const Trace& trace, std::size_t trials);

}  // namespace assay::experiments
