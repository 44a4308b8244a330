#include "stats/quantile_bounds.hpp"

#include "core/assert.hpp"
#include "stats/distributions.hpp"

namespace assay::stats {
namespace {

/// The largest k for which P(X >= k) is at least the confidence, for a binomial X; 0 if there is none. P(X >= k) is the
/// probability that a beta variable of shape (k, n - k + 1) is at most p.
int largest_rank(int count, const QuantileQuestion& question) {
  int rank = 0;
  while (rank < count) {
    const BetaShape shape{.first = rank + 1.0, .second = static_cast<double>(count - rank)};
    if (beta_quantile(shape, question.confidence) > question.quantile) break;
    ++rank;
  }
  return rank;
}

}  // namespace

QuantileBounds quantile_bounds(std::span<const double> sorted, const QuantileQuestion& question) {
  ASSAY_ASSERT(question.quantile > 0 && question.quantile < 1);
  ASSAY_ASSERT(question.confidence > 0 && question.confidence < 1);
  const int count = static_cast<int>(sorted.size());
  const int below = largest_rank(count, question);
  const int above = largest_rank(count, {.quantile = 1 - question.quantile, .confidence = question.confidence});
  QuantileBounds bounds;
  if (below > 0) bounds.low = sorted[static_cast<std::size_t>(below - 1)];
  if (above > 0) bounds.high = sorted[static_cast<std::size_t>(count - above)];
  return bounds;
}

}  // namespace assay::stats
