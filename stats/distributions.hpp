#pragma once

#include "stats/reference/proportion.hpp"

namespace assay::stats {

/// The distributions of the reference methods, from Boost.Math: the one place that pays for its headers. Tails are
/// computed as such, so that small ones keep their digits.

/// P(T >= t) of Student's t. \param degrees_of_freedom  above 0; `t` may be infinite.
[[nodiscard]] double student_upper_tail(double t, double degrees_of_freedom);
/// The t with P(T >= t) = probability, 0 < probability < 1.
[[nodiscard]] double student_upper_quantile(double probability, double degrees_of_freedom);

/// P(X >= count) of a binomial X with probability 1/2. \param share  0 <= count <= trials.
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

/// An urn of which `drawn` are taken without replacement.
struct Urn {
  int marked = 0;
  int total = 0;
  int drawn = 0;
};
/// Probability that exactly `marked_drawn` of the drawn are marked; 0 where that cannot be.
[[nodiscard]] double hypergeometric_probability(const Urn& urn, int marked_drawn);

}  // namespace assay::stats
