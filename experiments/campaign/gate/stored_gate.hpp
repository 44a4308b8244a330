#pragma once

#include <string>

#include "core/record/gate.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/campaign/gate/base_copy.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::campaign {

/// An experiment whose change is held against the stored baseline of its environment.
struct StoredGate {
  definition::Definition definition;  ///< with control and change as its arms
  const BaseCopy& base;               ///< must outlive this
  std::string folder;                 ///< absolute: the experiment's, in the copy of the base
  Percent alert;
  std::string why;  ///< why control itself was not measured; empty: the caller asked for it
};

/// Runs only the change, as often as the newest baseline of this experiment and environment ran that was in the base's
/// lab before the change left the base. It is inconclusive if there is no such baseline, or if it comes from another
/// processor. \returns the finding without its file; std::nullopt if it was interrupted \throws Error if the change
/// cannot be built or the host is busy.
[[nodiscard]] std::optional<GateFinding> against_stored(const StoredGate& gate, const attempt::RunOptions& running,
                                                        attempt::Observer& observer);

}  // namespace assay::campaign
