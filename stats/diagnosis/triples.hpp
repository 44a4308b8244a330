#pragma once

#include <span>

#include "core/seed.hpp"

namespace assay::stats {

/// How skewed values are: of all triples, the share whose middle value lies nearer to the lowest less the share whose
/// middle lies nearer to the highest. From -1 to 1, 0 under symmetry, positive for a long right tail.
/// Source: Randles, Fligner, Policello and Wolfe (1980), J. American Statistical Association 75(369):168-172.
/// \param sorted  ascending, finite. Cost: O(n^2).
[[nodiscard]] double triples_statistic(std::span<const double> sorted);

/// Sign-flip test of symmetry about 0 by the triples statistic: under symmetry each residual could as well have had the
/// other sign. \param residuals  finite, in any order. Cost: O(n^2) a flip, see sequential_monte_carlo_p.
[[nodiscard]] double triples_p_value(std::span<const double> residuals, Generator generator);

}  // namespace assay::stats
