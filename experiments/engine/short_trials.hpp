#pragma once

#include <optional>
#include <string>

#include "core/units.hpp"

namespace assay::engine {

/// The time of the shortest trial, and the time that it takes to start a process that does nothing.
struct ShortestTrial {
  nanoseconds wall{};
  nanoseconds floor{};
};

/// A warning if trials take less than ten times the floor, since they then measure starting rather than work. The floor
/// is never subtracted.
[[nodiscard]] std::optional<std::string> short_trial_warning(const ShortestTrial& shortest);

}  // namespace assay::engine
