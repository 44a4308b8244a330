#include "core/block.hpp"

#include <algorithm>

namespace assay {

bool is_void(const Block& block) {
  return std::any_of(block.trials.begin(), block.trials.end(),
                     [](const Trial& trial) { return is_infrastructure_failure(trial.outcome); });
}

}  // namespace assay
