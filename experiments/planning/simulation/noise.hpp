#pragma once

#include <functional>
#include <span>
#include <vector>

#include "core/seed.hpp"

namespace assay::planning {

/// What consecutive trials of one unchanged program measure, drawn anew at each call; the trials 2 b and 2 b + 1 are
/// those of block b. Called from several threads at once.
///
/// \param factors  one a trial, in the order in which they run: by how much its arm's true value differs from
/// control's. They are taken into account before the clock, so that a coarse clock rounds what they made.
using Noise = std::function<std::vector<double>(std::span<const double> factors, Generator& generator)>;

}  // namespace assay::planning
