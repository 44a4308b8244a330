#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/seed.hpp"

namespace assay::planning {

/// The values that consecutive trials of one unchanged program measure, drawn anew at each call. Trials 2 b and 2 b + 1
/// belong to block b. Called from several threads at once.
///
/// \param factors  one for each trial, in the order in which they run: the true value of the trial's arm as a multiple
/// of control's. They are applied before the clock, so that a coarse clock rounds the product.
using Noise = std::function<std::vector<double>(std::span<const double> factors, Generator& generator)>;

}  // namespace assay::planning
