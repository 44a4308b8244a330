#include "core/block.hpp"

#include <algorithm>

namespace assay {

bool is_void(const Block& block) {
  return block.broken_off || std::any_of(block.trials.begin(), block.trials.end(),
                                         [](const Trial& trial) { return is_infrastructure_failure(trial.outcome); });
}

bool is_lost(const Block& block) {
  return block.broken_off || (is_void(block) && std::any_of(block.trials.begin(), block.trials.end(), was_started));
}

nanoseconds measuring_time(const Block& block, Design design) {
  nanoseconds sum{};
  nanoseconds longest{};
  for (const Trial& trial : block.trials) {
    sum += trial.usage.wall;
    longest = std::max(longest, trial.usage.wall);
  }
  return design == Design::duet ? longest : sum;
}

}  // namespace assay
