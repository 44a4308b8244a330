#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/units.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// The noise on which the chances of a plan are judged.
struct ExpectedNoise {
  Noise noise;
  std::string name;                           ///< "a pilot of 10 blocks"
  std::optional<double> seconds_per_block;    ///< of one cell, if it was measured
  std::vector<double> seconds_of_cells = {};  ///< of a block of each cell; empty unless each was measured
};

/// The noise of blocks that were measured; the effect between the arms is taken out.
[[nodiscard]] ExpectedNoise measured_noise(const Plan& plan, const std::vector<Block>& blocks, std::string name);

/// Steady noise. \param guess  standard deviation of one trial.
[[nodiscard]] ExpectedNoise guessed_noise(Percent guess);

/// The experiment that measures noise before the first attempt: control against itself, in so many blocks, analysed
/// once, so that it shows nothing of the change.
[[nodiscard]] definition::Definition pilot_of(const definition::Definition& definition, int blocks);
/// \throws Error (invalid) if no block of the pilot ended well: noise is that of trials that ended well.
void check_pilot(const std::vector<Block>& blocks);

}  // namespace assay::planning
