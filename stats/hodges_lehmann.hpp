#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/interval.hpp"

namespace assay::stats {

/// The averages (d_i + d_j) / 2, i <= j, of all pairs of effects in ascending order. They are not stored.
///
/// An infinite effect (a failed trial) stands for a number L of its sign that exceeds all others. Its average with a
/// finite effect is infinite; the average of infinity and -infinity is 0. An average within 1e-12 of the largest finite
/// magnitude counts as 0, because only rounding is left there, as in (ln(31/30) + ln(30/31)) / 2.
/// Source: Walsh (1949), Annals of Mathematical Statistics 20(1):64-81.
class WalshAverages {
 public:
  /// \throws Error if there are no effects or one is not a number. Cost: O(n log n) time, O(n) memory.
  explicit WalshAverages(std::span<const double> effects);

  /// n (n + 1) / 2.
  [[nodiscard]] std::int64_t count() const;
  /// The average that has `index` others before it. Cost: O(n), about 64 passes over the effects.
  [[nodiscard]] double at(std::int64_t index) const;
  /// The Hodges-Lehmann estimate.
  [[nodiscard]] double median() const;
  /// The closed interval of the shifts that the signed-rank test with critical value c does not reject: [w[M - c], w[c
  /// - 1]]. It is unbounded if c exceeds M, because then the test never rejects.
  [[nodiscard]] double lower_end(std::int64_t critical_value) const;
  [[nodiscard]] double upper_end(std::int64_t critical_value) const;

 private:
  [[nodiscard]] std::int64_t count_at_most(double value) const;

  std::vector<double> halves_;  ///< halves of the finite effects, ascending
  std::int64_t below_ = 0;      ///< number of averages that are -infinity
  std::int64_t cancelled_ = 0;  ///< number of averages of opposite infinities
  std::int64_t count_ = 0;
};

struct HodgesLehmann {
  double estimate = 0;
  Interval interval;
  std::int64_t critical_value = 0;  ///< for each one-sided signed-rank test
  double side_level = 0;            ///< attained by each; at most (1 - confidence) / 2; 0 if the interval is unbounded
};

/// Hodges-Lehmann estimate with the signed-rank interval for a fixed number of effects. Use it only if nobody looked at
/// the data before and nobody will look again.
/// Source: Hodges and Lehmann (1963), Annals of Mathematical Statistics 34(2):598-611.
/// \throws Error as WalshAverages does, and unless 0 < confidence < 1.
/// Cost: O(n log n) time and O(n) memory; up to 400 effects the exact signed-rank distribution takes at most 2 ms.
[[nodiscard]] HodgesLehmann hodges_lehmann(std::span<const double> effects, double confidence);

}  // namespace assay::stats
