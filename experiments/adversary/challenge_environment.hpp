#pragma once

#include <string>
#include <string_view>

#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// The environment that a challenge of a claim of the environment `claimed` is filed under. A machine that the lab's
/// rules recognise has to be of that environment; one that the challenger names by hand is written down as named.
/// \throws Error (refused) if the machine is of another environment, or is not of the one that is named
[[nodiscard]] std::string environment_of_challenge(const record::Lab& lab, const std::string& claimed,
                                                   const attempt::RunOptions& running);

/// Measuring something again is about the environment in which it was measured.
/// \param what  "baseline", "record" \param measured_in  its environment
/// \throws Error (refused) if this machine is of another one, or the challenger names another one
void require_environment(const record::Lab& lab, std::string_view what, const std::string& measured_in,
                         const attempt::RunOptions& running);

}  // namespace assay::adversary
