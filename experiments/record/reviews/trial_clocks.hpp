#pragma once

#include <string>
#include <vector>

#include "core/record/baseline.hpp"

namespace assay::record {

/// Two times that should be one: within 1 %, or 10 us if that is more.
[[nodiscard]] bool is_same_time(nanoseconds one, nanoseconds other);

/// The time of all phases of a trial and of the rest.
[[nodiscard]] nanoseconds attributed_time(const PhaseTimes& phases);

/// The first measured trial of the cell whose phases and rest do not add up to its wall time, in words; empty if they
/// all do.
[[nodiscard]] std::string sum_flaw(const Baseline& baseline, std::size_t cell);
/// What contradicts the wall times of the cell, in words; empty if nothing does: a metric "wall" of the plan that has
/// another value than the launcher measured, or a trial that took longer than the time until a later one began.
[[nodiscard]] std::string clock_flaw(const Baseline& baseline, std::size_t cell);

}  // namespace assay::record
