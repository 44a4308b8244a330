#pragma once

#include <optional>
#include <string>

#include "core/units.hpp"

namespace assay::engine {

/// What a trial took at the least, and what starting a process that does nothing takes.
struct ShortestTrial {
  nanoseconds wall{};
  nanoseconds floor{};
};

/// A warning where trials are below ten times the floor: they measure starting more than work. Else nothing. The floor
/// is never subtracted.
[[nodiscard]] std::optional<std::string> short_trial_warning(const ShortestTrial& shortest);

}  // namespace assay::engine
