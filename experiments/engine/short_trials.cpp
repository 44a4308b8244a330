#include "experiments/engine/short_trials.hpp"

#include <fmt/format.h>

namespace assay::engine {

std::optional<std::string> short_trial_warning(const ShortestTrial& shortest) {
  constexpr int kWorthOfFloor = 10;
  if (shortest.wall >= kWorthOfFloor * shortest.floor) return std::nullopt;
  return fmt::format(
      "trials are short: {} beside {} for starting a process that does nothing; differences are partly those of "
      "starting (let each trial do more work)",
      format_duration(shortest.wall), format_duration(shortest.floor));
}

}  // namespace assay::engine
