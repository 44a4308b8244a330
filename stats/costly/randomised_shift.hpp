#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// Values of two arms whose order was drawn at random within strata. All spans count values of one arm: those of
/// stratum 1 come first in both arms, then those of stratum 2. Infinity: a failed trial, worse than any value.
struct StratifiedValues {
  std::span<const double> control;
  std::span<const double> treatment;
  std::span<const int> strata;  ///< values of each arm in each; they add up to the arms' lengths
};

/// Exact permutation analysis of a shift between two completely randomised arms; the statistic is the difference of the
/// means.
///
/// Null hypothesis of a shift s: treatment's values less s and control's are exchangeable within each stratum, since
/// the order was drawn at random and no trial knows its arm. Nothing is assumed of noise, drift or tails. Every
/// division of the strata into arms exceeds the one that was drawn for all shifts to one side of a critical one, the
/// difference of the means of what they swap. The sorted critical shifts are therefore all that tests and intervals
/// need: p is a count, an interval's end one of them. Inverting the test by bisection over s finds the same ends.
/// Source: Fisher (1935), The Design of Experiments; Pitman (1937), J. Royal Stat. Soc. Supplement 4(1):119-130.
/// Cost: all divisions, at most 184,756 for 10 values an arm, are enumerated and sorted: 20 ms.
class RandomisedShift {
 public:
  /// \throws Error when the arms are empty or differ in length from the strata, a value is NaN or -infinity, or there
  /// are more than 2^20 divisions.
  explicit RandomisedShift(const StratifiedValues& values);

  /// Difference of the means, treatment - control; infinite where one arm failed more often.
  [[nodiscard]] double estimate() const { return estimate_; }
  /// P(difference as small or smaller) and P(as large or larger) under a shift of 0: never 0.
  [[nodiscard]] double p_below_zero() const;
  [[nodiscard]] double p_above_zero() const;
  /// The shifts that neither one-sided test rejects at its level; closed. Infinite where nothing bounds it.
  [[nodiscard]] Interval interval(const SideLevels& levels) const;

 private:
  std::vector<double> critical_;  ///< ascending
  std::uint64_t ties_ = 0;        ///< divisions that equal the drawn one whatever the shift; itself among them
  double tolerance_ = 0;          ///< below it two shifts are one
  double estimate_ = 0;
};

}  // namespace assay::stats
