#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// Everything that is fixed before the first trial of a costly comparison.
struct CostlyDesign {
  std::vector<int> strata;  ///< trials of each arm in each part whose order was drawn on its own
  int looks = 1;            ///< one, or two with half of every level each
  SideLevels alpha;
  double alpha_equivalence = 0.05;
  double margin = 0;  ///< delta, above 0
  double kappa = 0.5;
};

/// The arms' values so far in the order of time, equally many, and their differences: value i less value i. Oriented so
/// that above 0 is worse; infinity: a failed trial.
struct CostlyValues {
  std::span<const double> control;
  std::span<const double> treatment;
  std::span<const double> effects;
};

/// The test of at most ten expensive trials of each arm (docs/methods/costly.md): the exact permutation test of the
/// difference of means, its interval, and equivalence by the fixed-n signed-rank test of the differences.
///
/// Hypothesis: as in randomised_shift.hpp; of equivalence also that the differences are symmetric and independent.
/// Below 5 trials of each arm, and where a stratum is not complete, a look gives figures and claims nothing.
class CostlyTest {
 public:
  explicit CostlyTest(CostlyDesign design) : design_(std::move(design)) {}

  Look look(const CostlyValues& values, double resolution = 0);
  /// With all that is left of the levels.
  Look final_look(const CostlyValues& values, double resolution = 0);

  /// Two-sided, corrected for the looks; 1 before the first that could claim anything.
  [[nodiscard]] double p_value() const { return p_; }

 private:
  Look look_with(const CostlyValues& values, double share, double resolution);

  CostlyDesign design_;
  int done_ = 0;
  double p_ = 1;
  Look last_;
};

}  // namespace assay::stats
