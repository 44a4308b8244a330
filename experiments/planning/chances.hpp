#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/decide/levels/levels.hpp"
#include "experiments/planning/expected_noise.hpp"
#include "experiments/planning/simulation/summary.hpp"

namespace assay::planning {

/// How the plan ends if treatment is better by this much.
struct Chance {
  double effect_percent = 0;
  PlaySummary summary;
  std::optional<double> seconds;  ///< mean time to the end, if the noise has a time per block
};

/// How often the protocol reaches each verdict when it is played at no effect, at half the margin, at the margin, and
/// at two and three times the margin.
struct Chances {
  std::string noise;
  std::optional<double> seconds_per_block;
  std::vector<double> seconds_of_cells = {};  ///< of a block of each cell; empty unless each was measured
  int trials = 0;                             ///< simulated attempts for each effect
  std::vector<Chance> of_effects;
  /// The smallest of those effects that is shown with the plan's power; empty if none is.
  std::optional<double> detectable_percent;
};

/// Why the chances of a plan cannot be simulated.
enum class Unplayable {
  not_positive,  ///< the primary metric is no positive one
  no_cap,
  design,  ///< other than blocks of one trial of each arm
};
/// Empty if the chances of the plan can be simulated.
[[nodiscard]] std::optional<Unplayable> why_not_simulated(const Plan& plan);

/// \param plan  one that can be simulated. \param levels  the levels at which the plan tests the primary metric in one
/// comparison. \param count  of attempts for each effect; their threads change no figure.
[[nodiscard]] Chances chances_of(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise,
                                 const PlayCount& count);

}  // namespace assay::planning
