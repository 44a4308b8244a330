#pragma once

#include <span>

#include "core/seed.hpp"

namespace assay::stats {

/// Hartigan's dip: the largest distance between the empirical distribution and the nearest unimodal one, from 1 / (2 n)
/// to 1/4.
/// Source: Hartigan and Hartigan (1985), Annals of Statistics 13(1):70-84.
/// \param sorted  ascending, finite, at least one. Cost: O(n) a pass over the shrinking modal interval; few passes.
[[nodiscard]] double dip_statistic(std::span<const double> sorted);

/// Probability of a dip at least as large among as many uniform values: uniform is the unimodal shape that dips most,
/// asymptotically. Drawn, not tabulated: see sequential_monte_carlo_p. Of more than 300 values as if of 300, at the
/// same dip times the root of their number. \param count  of the values that `dip` is of.
[[nodiscard]] double dip_p_value(double dip, int count, Generator generator);

}  // namespace assay::stats
