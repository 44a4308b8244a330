#pragma once

#include <algorithm>
#include <limits>

#include "stats/alternative.hpp"

namespace assay::stats {

/// Both tails of a test statistic, each with the value seen.
struct Tails {
  double at_most = 1;
  double at_least = 1;
};

/// The p-value of an alternative: a tail, or twice the smaller one. At most 1, and never 0: what is too small for a
/// double is still not impossible.
[[nodiscard]] inline double p_value_of(const Tails& tails, Alternative alternative) {
  double p = 2 * std::min(tails.at_most, tails.at_least);
  if (alternative == Alternative::less) p = tails.at_most;
  if (alternative == Alternative::greater) p = tails.at_least;
  return std::clamp(p, std::numeric_limits<double>::min(), 1.0);
}

}  // namespace assay::stats
