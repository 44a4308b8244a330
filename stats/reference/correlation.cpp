#include "stats/reference/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/assert.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/ranks.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

double sum_of_products(std::span<const double> first, std::span<const double> second) {
  const double first_mean = mean(first);
  const double second_mean = mean(second);
  double sum = 0;
  for (std::size_t index = 0; index < first.size(); ++index) {
    sum += (first[index] - first_mean) * (second[index] - second_mean);
  }
  return sum;
}

}  // namespace

Correlation spearman(const PairedSeries& series) {
  ASSAY_ASSERT(series.first.size() == series.second.size());
  if (series.first.size() < 3) return {};
  const std::vector<double> first = mid_ranks(series.first).ranks;
  const std::vector<double> second = mid_ranks(series.second).ranks;
  const double spread = sum_of_products(first, first) * sum_of_products(second, second);
  if (!(spread > 0)) return {};
  const double rho = std::clamp(sum_of_products(first, second) / std::sqrt(spread), -1.0, 1.0);
  const double degrees_of_freedom = static_cast<double>(first.size()) - 2;
  const double t = rho * std::sqrt(degrees_of_freedom / ((1 + rho) * (1 - rho)));
  const Tails tails{.at_most = student_upper_tail(-t, degrees_of_freedom),
                    .at_least = student_upper_tail(t, degrees_of_freedom)};
  return {.coefficient = rho, .p = p_value_of(tails, Alternative::two_sided)};
}

double lag_one_autocorrelation(std::span<const double> series) {
  if (series.size() < 2) return 0;
  const double centre = mean(series);
  double products = 0;
  double squares = 0;
  for (std::size_t index = 0; index < series.size(); ++index) {
    const double here = series[index] - centre;
    squares += here * here;
    if (index > 0) products += here * (series[index - 1] - centre);
  }
  return squares > 0 ? products / squares : 0;
}

}  // namespace assay::stats
