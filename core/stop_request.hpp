#pragma once

#include <functional>

namespace assay {

/// What a person or the clock asks of a running attempt.
enum class StopRequest {
  none,
  after_block,  ///< finish the running block, start no other
  at_once,      ///< end the running trial; its block is lost
};

/// Asked between trials and during them; must not block.
using StopSignal = std::function<StopRequest()>;

}  // namespace assay
