#pragma once

#include <span>
#include <vector>

#include "core/result/effect.hpp"

namespace assay::stats {

/// Describes one arm's values of one metric. All figures are 0 if there are no values.
/// \param values  the finite values of the measured trials, in the metric's unit.
/// \param failed  the number of trials with any other outcome.
[[nodiscard]] ArmSummary summarise(std::span<const double> values, int failed);

/// Arithmetic mean of at least one value.
[[nodiscard]] double mean(std::span<const double> values);

/// Sample variance with n - 1, by two passes; 0 for fewer than two values.
[[nodiscard]] double variance(std::span<const double> values);

/// The middle value, or the mean of the middle two, of at least one value. Values may be infinite.
[[nodiscard]] double median(std::span<const double> values);

/// Median absolute deviation from the median, not scaled to a standard deviation. There must be at least one value, all
/// of them finite.
[[nodiscard]] double median_absolute_deviation(std::span<const double> values);

/// Sorts values in place, without branches that depend on them (Boost's pattern-defeating quicksort): it takes half the
/// time of std::sort on millions of values. They must not contain NaN. Cost: O(n log n); O(n) if they are sorted.
void sort_ascending(std::span<double> values);

/// The values in ascending order. They must not contain NaN. Cost: O(n log n); O(n) if they already are.
[[nodiscard]] std::vector<double> sorted_copy(std::span<const double> values);

/// Values in ascending order: the caller's own if they already are, which saves a copy of millions of values for each
/// statistic, otherwise a sorted copy. They must not contain NaN, and must outlive this object.
class Ascending {
 public:
  explicit Ascending(std::span<const double> values);
  Ascending(const Ascending&) = delete;
  Ascending& operator=(const Ascending&) = delete;

  [[nodiscard]] std::span<const double> values() const { return values_; }

 private:
  std::vector<double> copy_;  ///< empty if the caller's values are in order
  std::span<const double> values_;
};

/// The median of values that are in ascending order, at least one. Values may be infinite. Cost: O(1).
[[nodiscard]] double median_of_sorted(std::span<const double> sorted);

/// Quantile of type 7 of Hyndman and Fan (1996), The American Statistician 50(4):361-365, the default of NumPy and R.
/// \param sorted  at least one value, ascending.
/// \param share   0 .. 1.
[[nodiscard]] double quantile_of_sorted(std::span<const double> sorted, double share);

}  // namespace assay::stats
