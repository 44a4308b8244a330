#pragma once

#include <vector>

namespace assay::stats {

// The distributions that tests refer to. Only distributions.cpp pays for the headers of Boost.Math. Each tail is
// computed directly rather than as 1 minus the other one, so that small tails keep their digits.

/// P(Z >= z) for a standard normal Z. It is accurate to the last digits far into the tail.
[[nodiscard]] double normal_upper_tail(double z);
/// The z with P(Z >= z) = probability. \param probability  above 0 and below 1.
[[nodiscard]] double normal_upper_quantile(double probability);
/// Density of a standard normal.
[[nodiscard]] double normal_density(double z);

/// P(T >= t) for Student's t. \param degrees_of_freedom  above 0; `t` may be infinite.
[[nodiscard]] double student_upper_tail(double t, double degrees_of_freedom);
/// The t with P(T >= t) = probability, 0 < probability < 1.
[[nodiscard]] double student_upper_quantile(double probability, double degrees_of_freedom);

/// k of n trials.
struct Share {
  int count = 0;
  int trials = 0;
};
/// P(X >= count) for a binomial X with probability 1/2. \param share  0 <= count <= trials.
[[nodiscard]] double fair_coin_upper_tail(Share share);

/// Shape of a beta distribution.
struct BetaShape {
  double first = 1;
  double second = 1;
};
/// The x with P(X <= x) = probability.
[[nodiscard]] double beta_quantile(BetaShape shape, double probability);
/// Logarithm of the beta function.
[[nodiscard]] double log_beta(BetaShape shape);

/// An urn from which `drawn` items are taken without replacement.
struct Urn {
  int marked = 0;
  int total = 0;
  int drawn = 0;
};
/// How many of the drawn items are marked: the probability of each number that is possible.
struct HypergeometricLaw {
  int lowest = 0;                     ///< the least number of marked items that can be drawn
  std::vector<double> probabilities;  ///< of `lowest`, `lowest + 1`, ...
};
/// Each probability follows from its neighbour, beginning with the likeliest, and all are divided by their sum, so that
/// the law of n items costs O(n) and each probability has a relative error of about 1e-13.
/// \param urn  0 <= marked, drawn <= total.
[[nodiscard]] HypergeometricLaw hypergeometric_law(const Urn& urn);

}  // namespace assay::stats
