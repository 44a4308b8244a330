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

/// Error probability that may have been used up by each look, in proportion to the blocks: A_k = alpha n_k / N. It
/// leaves more to late looks than the logarithm, and serves the differences of shares, where small effects in few
/// discordant blocks are the rule (docs/methods/proportions.md).
/// Source: Kim and DeMets (1987), Biometrika 74(1):149-154, with exponent 1.
/// \param looks  ascending, not empty.
[[nodiscard]] std::vector<double> proportional_spending(std::span<const int> looks, double alpha);

/// How much of its error a test may have used up by each look.
enum class Spending {
  logarithmic,   ///< `log_spending`
  proportional,  ///< `proportional_spending`
  pocock,        ///< A_k = alpha ln(1 + (e - 1) n_k / N), close to Pocock's boundary (Lan and DeMets 1983)
  mixed,         ///< the mean of the logarithm's and Pocock's
};
/// \param looks  ascending, not empty.
[[nodiscard]] std::vector<double> cumulative_spending(Spending spending, std::span<const int> looks, double alpha);

}  // namespace assay::stats
