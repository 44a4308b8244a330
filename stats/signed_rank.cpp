#include "stats/signed_rank.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/ranks.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace {

void check(std::span<const double> effects) {
  if (effects.empty()) throw Error("signed-rank test: no effects; expected one or more");
  if (std::any_of(effects.begin(), effects.end(), [](double effect) { return std::isnan(effect); })) {
    throw Error("signed-rank test: an effect is not a number; expected finite or infinite effects");
  }
}

SignedRankTest summary_of(const PrattScores& scores, double p) {
  return {.positive_sum = static_cast<double>(scores.doubled_positive) / 2,
          .negative_sum = static_cast<double>(scores.doubled_negative) / 2,
          .zeros = scores.zeros,
          .tied = scores.tied,
          .p = p};
}

/// Halves the ranks if that is exact, which saves three quarters of the work.
void halve_if_even(std::vector<std::int32_t>& ranks, std::int64_t& w) {
  if (std::any_of(ranks.begin(), ranks.end(), [](std::int32_t rank) { return rank % 2 != 0; })) return;
  for (std::int32_t& rank : ranks) rank /= 2;
  w /= 2;
}

double exact_upper_tail(const PrattScores& scores, std::int64_t doubled_w) {
  std::vector<std::int32_t> ranks = scores.doubled;
  halve_if_even(ranks, doubled_w);
  return conditional_upper_tail(ranks, doubled_w);
}

/// Sum of t^3 - t over the groups of t tied effects, without zeros.
double tie_term(const std::vector<std::int32_t>& doubled_ranks) {
  std::map<std::int32_t, double> sizes;
  for (const std::int32_t rank : doubled_ranks) sizes[rank] += 1;
  sizes.erase(0);
  double term = 0;
  for (const auto& [rank, size] : sizes) term += size * (size * size - 1);
  return term;
}

double normal_p(const PrattScores& scores, std::size_t ranked, const NormalApproximation& approximation) {
  const auto n = static_cast<double>(ranked);
  const double zeros = approximation.zeros == ZeroRule::pratt ? scores.zeros : 0;
  const double mean = (n * (n + 1) - zeros * (zeros + 1)) / 4;
  const double variance =
      (n * (n + 1) * (2 * n + 1) - zeros * (zeros + 1) * (2 * zeros + 1)) / 24 - tie_term(scores.doubled) / 48;
  if (!(variance > 0)) return 1;
  const double distance = static_cast<double>(scores.doubled_positive) / 2 - mean;
  const double correction = approximation.continuity == ContinuityCorrection::half ? 0.5 : 0;
  const double deviation = std::sqrt(variance);
  switch (approximation.alternative) {
    case Alternative::greater:
      return normal_upper_tail((distance - correction) / deviation);
    case Alternative::less:
      return normal_upper_tail((-distance - correction) / deviation);
    case Alternative::two_sided:
      break;
  }
  return std::min(1.0, 2 * normal_upper_tail((std::abs(distance) - correction) / deviation));
}

}  // namespace

SignedRankTest signed_rank_test(std::span<const double> effects, Alternative alternative) {
  check(effects);
  if (effects.size() > kMostRanks) {
    return signed_rank_test_normal(effects, {.alternative = alternative});
  }
  const PrattScores scores = pratt_scores(effects);
  if (alternative == Alternative::greater) {
    return summary_of(scores, exact_upper_tail(scores, scores.doubled_positive));
  }
  // P(W+ <= w) = P(W- >= total - w): the mirror image.
  if (alternative == Alternative::less) return summary_of(scores, exact_upper_tail(scores, scores.doubled_negative));
  const double smaller = exact_upper_tail(scores, std::max(scores.doubled_positive, scores.doubled_negative));
  return summary_of(scores, std::min(1.0, 2 * smaller));
}

SignedRankTest signed_rank_test_normal(std::span<const double> effects, const NormalApproximation& approximation) {
  check(effects);
  if (approximation.zeros == ZeroRule::pratt) {
    const PrattScores scores = pratt_scores(effects);
    return summary_of(scores, normal_p(scores, effects.size(), approximation));
  }
  std::vector<double> non_zero;
  std::copy_if(effects.begin(), effects.end(), std::back_inserter(non_zero), [](double effect) { return effect != 0; });
  PrattScores scores = pratt_scores(non_zero);
  scores.zeros = static_cast<int>(effects.size() - non_zero.size());
  return summary_of(scores, normal_p(scores, non_zero.size(), approximation));
}

}  // namespace assay::stats
