#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// Error probability that may have been used up by each look: A_k = alpha ln(n_k / n_0) / ln(N / n_0), where N is the
/// last look and n_0 = n_1^2 / n_2. A single look gets all of alpha. The result ascends and ends at exactly alpha.
///
/// The logarithm spends evenly over geometric looks, so large effects stop early. The price is 3 to 8 points of power
/// at the cap compared with Pocock's boundary (docs/methods/sequential-test.md).
/// Source: spending functions are from Lan and DeMets (1983), Biometrika 70(3):659-663.
/// \param looks  ascending, not empty.
[[nodiscard]] std::vector<double> log_spending(std::span<const int> looks, double alpha);

}  // namespace assay::stats
