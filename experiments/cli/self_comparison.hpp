#pragma once

#include <chrono>

#include "experiments/definition/definition.hpp"

namespace assay::cli {

/// The experiment with control in both arms, so that there is nothing to find. Only the first two arms are kept.
[[nodiscard]] definition::Definition control_against_itself(definition::Definition definition);

/// How long each arm waits inside the clock before its program starts.
struct PlantedDelay {
  nanoseconds control{};
  nanoseconds treatment{};
};

/// The first workload in its first state with control in both arms, each started by `sh` that sleeps first: what they
/// differ in is the delay alone. At kappa 0, since a planted effect is to be found, not to be sized.
/// \throws Error where the variable's control cannot be written as a command, or the primary metric is not wall, the
/// only one that a delay is certain to change.
[[nodiscard]] definition::Definition with_planted_delay(definition::Definition definition, const PlantedDelay& delay);

}  // namespace assay::cli
