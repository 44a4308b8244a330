#pragma once

#include "experiments/definition/definition.hpp"

namespace assay::planning {

/// The experiment with control in both arms, so that there is nothing to find. It keeps only two arms.
[[nodiscard]] definition::Definition control_against_itself(definition::Definition definition);

/// How long each arm waits, inside the clock, before its program starts.
struct PlantedDelay {
  nanoseconds control{};
  nanoseconds treatment{};
};

/// Whether the variable's control can be written as one command, which planting a delay takes.
[[nodiscard]] bool is_one_command(const Variable& variable);

/// The first workload in its first state with control in both arms. Each arm is started by `sh`, which sleeps first, so
/// that the arms differ only in the delay. It runs alone, also if the experiment runs side by side. Kappa is 0, because
/// a planted effect has to be found and not to be sized.
/// \pre is_one_command(definition.variable)
/// \throws Error if the primary metric is not wall, the only metric that a delay is certain to change.
[[nodiscard]] definition::Definition with_planted_delay(definition::Definition definition, const PlantedDelay& delay);

}  // namespace assay::planning
