#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// Everything that is fixed before the first trial of a costly comparison.
struct CostlyDesign {
  std::vector<int> strata;  ///< trials of each arm in each part whose order was drawn separately
  int looks = 1;            ///< one, or two that use half of every level each
  SideLevels alpha;
  double alpha_equivalence = 0.05;
  double margin = 0;  ///< delta, above 0
  double kappa = 0.5;
  IntervalScope intervals = IntervalScope::this_look;
};

/// The values of both arms so far in time order, equally many, and their differences: value i of one minus value i of
/// the other. They are oriented so that above 0 is worse. Infinity stands for a failed trial.
struct CostlyValues {
  std::span<const double> control;
  std::span<const double> treatment;
  std::span<const double> effects;
};

/// The test for at most ten expensive trials of each arm (docs/methods/costly.md): the exact permutation test of the
/// difference of means, its interval, and equivalence by the fixed-n signed-rank test of the differences.
///
/// Hypothesis: as in randomised_shift.hpp; for equivalence also that the differences are symmetric and independent.
/// With fewer than 5 trials of each arm, or an incomplete stratum, a look gives figures and claims nothing.
class CostlyTest {
 public:
  explicit CostlyTest(CostlyDesign design)
      : design_(std::move(design)), running_difference_(design_.intervals), running_equivalence_(design_.intervals) {}

  Look look(const CostlyValues& values, double resolution = 0);
  /// The last look, with everything that is left of the levels.
  Look final_look(const CostlyValues& values, double resolution = 0);

  /// Two-sided p-value, corrected for the looks; 1 before the first look that could claim anything.
  [[nodiscard]] double p_value() const { return p_; }
  /// Whether a look has shown the sign at the design's own levels.
  [[nodiscard]] bool crossed() const { return crossed_; }

 private:
  Look look_with(const CostlyValues& values, double share, double resolution);

  CostlyDesign design_;
  int done_ = 0;
  double p_ = 1;
  bool crossed_ = false;
  RunningInterval running_difference_;
  RunningInterval running_equivalence_;
  Look last_;
};

}  // namespace assay::stats
