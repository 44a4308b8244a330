#include "stats/median_interval.hpp"

#include "core/assert.hpp"
#include "stats/distributions.hpp"

namespace assay::stats {

std::optional<MedianInterval> median_interval(std::span<const double> sorted, double confidence) {
  ASSAY_ASSERT(confidence > 0 && confidence < 1);
  const int count = static_cast<int>(sorted.size());
  // P(X < k) = P(X > n - k), by the symmetry of a fair coin.
  const auto confidence_at = [count](int rank) {
    return 1 - 2 * fair_coin_upper_tail({.count = count - rank + 1, .trials = count});
  };
  std::optional<MedianInterval> narrowest;
  for (int rank = 1; 2 * rank <= count; ++rank) {
    if (confidence_at(rank) < confidence) break;
    const auto low = static_cast<std::size_t>(rank - 1);
    narrowest = {{sorted[low], sorted[sorted.size() - 1 - low]}, confidence_at(rank)};
  }
  return narrowest;
}

}  // namespace assay::stats
