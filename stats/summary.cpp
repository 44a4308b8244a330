#include "stats/summary.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include <Eigen/Core>
#include <boost/sort/pdqsort/pdqsort.hpp>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Sums use several lanes at once; a plain loop waits 4 cycles for each addition.
Eigen::Map<const Eigen::ArrayXd> as_array(std::span<const double> values) {
  return {values.data(), std::ssize(values)};
}

/// The midpoint of two values. Opposite infinities meet at 0.
double middle(double low, double high) {
  if (low == high) return low;
  if (std::isinf(low) && std::isinf(high)) return 0;
  return low / 2 + high / 2;
}

double median_in_place(std::vector<double>& values) {
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, half);
  if (values.size() % 2 == 1) return *half;
  return middle(*std::ranges::max_element(values.begin(), half), *half);
}

/// The median distance of sorted values from their centre. It goes outwards, to the nearer value each time, so that
/// nothing is copied and nothing is selected.
double median_distance(std::span<const double> sorted, double centre) {
  auto above = std::ranges::lower_bound(sorted, centre);
  auto below = above;
  double before = 0;
  double distance = 0;
  for (std::size_t taken = 0; taken <= sorted.size() / 2; ++taken) {
    before = distance;
    const bool goes_up =
        below == sorted.begin() || (above != sorted.end() && *above - centre <= centre - *std::prev(below));
    distance = goes_up ? *above++ - centre : centre - *--below;
  }
  return sorted.size() % 2 == 1 ? distance : middle(before, distance);
}

}  // namespace

double mean(std::span<const double> values) {
  ASSAY_ASSERT(!values.empty());
  const auto all = as_array(values);
  const double rough = all.mean();
  // The second pass removes the rounding error, which shows in the eighth digit at 10^6 values near 10^9.
  return rough + (all - rough).mean();
}

double variance(std::span<const double> values) {
  if (values.size() < 2) return 0;
  return (as_array(values) - mean(values)).square().sum() / static_cast<double>(values.size() - 1);
}

double median(std::span<const double> values) {
  ASSAY_ASSERT(!values.empty());
  std::vector<double> copy(values.begin(), values.end());
  return median_in_place(copy);
}

double median_absolute_deviation(std::span<const double> values) {
  ASSAY_ASSERT(!values.empty());
  const Ascending ascending(values);
  return median_distance(ascending.values(), median_of_sorted(ascending.values()));
}

void sort_ascending(std::span<double> values) {
  boost::sort::pdqsort(values.begin(), values.end());
}

std::vector<double> sorted_copy(std::span<const double> values) {
  std::vector<double> copy(values.begin(), values.end());
  sort_ascending(copy);
  return copy;
}

Ascending::Ascending(std::span<const double> values) : values_(values) {
  if (std::ranges::is_sorted(values)) return;
  copy_ = sorted_copy(values);
  values_ = copy_;
}

double median_of_sorted(std::span<const double> sorted) {
  ASSAY_ASSERT(!sorted.empty());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : middle(sorted[half - 1], sorted[half]);
}

double quantile_of_sorted(std::span<const double> sorted, double share) {
  ASSAY_ASSERT(!sorted.empty());
  ASSAY_ASSERT(share >= 0 && share <= 1);
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

ArmSummary summarise(std::span<const double> values, int failed) {
  ArmSummary summary{.count = static_cast<int>(values.size()), .failed = failed};
  if (values.empty()) return summary;
  const Ascending ascending(values);
  const std::span<const double> sorted = ascending.values();
  summary.median = median_of_sorted(sorted);
  summary.mad = median_distance(sorted, summary.median);
  summary.mean = mean(values);
  summary.standard_deviation = std::sqrt(variance(values));
  summary.minimum = sorted.front();
  summary.lower_quartile = quantile_of_sorted(sorted, 0.25);
  summary.upper_quartile = quantile_of_sorted(sorted, 0.75);
  summary.maximum = sorted.back();
  return summary;
}

}  // namespace assay::stats
