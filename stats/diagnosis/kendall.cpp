#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "stats/diagnosis/inversions.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/ranks.hpp"
#include "stats/reference/correlation.hpp"

namespace assay::stats {
namespace {

/// Sums over the groups of t tied values that tau-b and its variance need.
struct TieSums {
  double pairs = 0;    ///< t (t - 1) / 2
  double triples = 0;  ///< t (t - 1)(t - 2)
  double spread = 0;   ///< t (t - 1)(2 t + 5)
};

TieSums tie_sums(std::span<const double> values) {
  TieSums sums;
  for (const std::int64_t tie : mid_ranks(values).ties) {
    const auto size = static_cast<double>(tie);
    sums.pairs += size * (size - 1) / 2;
    sums.triples += size * (size - 1) * (size - 2);
    sums.spread += size * (size - 1) * (2 * size + 5);
  }
  return sums;
}

struct Concordance {
  double pairs = 0;  ///< n (n - 1) / 2
  double discordant = 0;
  double excess = 0;  ///< concordant - discordant
  TieSums first;
  TieSums second;
};

Concordance count_pairs(const PairedSeries& series) {
  const std::size_t count = series.first.size();
  std::vector<std::pair<double, double>> points(count);
  for (std::size_t index = 0; index < count; ++index) points[index] = {series.first[index], series.second[index]};
  std::ranges::sort(points);

  double tied_in_both = 0;
  for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
    while (end < count && points[end] == points[begin]) ++end;
    const auto size = static_cast<double>(end - begin);
    tied_in_both += size * (size - 1) / 2;
  }
  std::vector<double> second(count);
  std::ranges::transform(points, second.begin(), [](const auto& point) { return point.second; });

  Concordance result{.pairs = static_cast<double>(count) * static_cast<double>(count - 1) / 2,
                     .discordant = static_cast<double>(sort_counting_inversions(second)),
                     .first = tie_sums(series.first),
                     .second = tie_sums(series.second)};
  result.excess = result.pairs - result.first.pairs - result.second.pairs + tied_in_both - 2 * result.discordant;
  return result;
}

/// Two-sided tail of the number of inversions of a random permutation, built up one element at a time.
double exact_p_value(std::size_t count, const Concordance& pairs) {
  const double rarer = std::min(pairs.discordant, pairs.pairs - pairs.discordant);
  if (2 * rarer == pairs.pairs) return 1;
  std::vector<double> probability(static_cast<std::size_t>(rarer) + 1, 0.0);
  probability[0] = 1;
  for (std::size_t elements = 2; elements <= count; ++elements) {
    const std::vector<double> before = probability;
    for (std::size_t inversions = 0; inversions < probability.size(); ++inversions) {
      const std::size_t fewest = inversions + 1 > elements ? inversions + 1 - elements : 0;
      const double sum = std::accumulate(before.begin() + static_cast<std::ptrdiff_t>(fewest),
                                         before.begin() + static_cast<std::ptrdiff_t>(inversions + 1), 0.0);
      probability[inversions] = sum / static_cast<double>(elements);
    }
  }
  const double tail = std::accumulate(probability.begin(), probability.end(), 0.0);
  return p_value_of({.at_most = tail, .at_least = 1}, Alternative::two_sided);
}

double asymptotic_p_value(std::size_t count, const Concordance& pairs) {
  const auto size = static_cast<double>(count);
  const double product = size * (size - 1);
  const double squared_error = (product * (2 * size + 5) - pairs.first.spread - pairs.second.spread) / 18 +
                               2 * pairs.first.pairs * pairs.second.pairs / product +
                               pairs.first.triples * pairs.second.triples / (9 * product * (size - 2));
  const double z = pairs.excess / std::sqrt(squared_error);
  return p_value_of({.at_most = normal_upper_tail(-z), .at_least = normal_upper_tail(z)}, Alternative::two_sided);
}

}  // namespace

Correlation kendall(const PairedSeries& series) {
  ASSAY_ASSERT(series.first.size() == series.second.size());
  const std::size_t count = series.first.size();
  if (count < 3) return {};
  const Concordance pairs = count_pairs(series);
  const double first_untied = pairs.pairs - pairs.first.pairs;
  const double second_untied = pairs.pairs - pairs.second.pairs;
  if (first_untied == 0 || second_untied == 0) return {};

  const bool tied = pairs.first.pairs > 0 || pairs.second.pairs > 0;
  const double rarer = std::min(pairs.discordant, pairs.pairs - pairs.discordant);
  const bool exact = !tied && (count <= 33 || rarer <= 1);
  const double tau = pairs.excess / std::sqrt(first_untied) / std::sqrt(second_untied);
  return {.coefficient = std::clamp(tau, -1.0, 1.0),
          .p = exact ? exact_p_value(count, pairs) : asymptotic_p_value(count, pairs)};
}

}  // namespace assay::stats
