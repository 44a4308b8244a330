#pragma once

#include <vector>

namespace assay::stats {

/// A Gaussian walk S with variance t at information t, looked at now and then and stopped when it exceeds a boundary:
/// the density of those paths that have not been stopped, on a Simpson grid of 501 points (more where looks follow so
/// closely that their increments need a finer one).
///
/// Hypothesis of its use: at information t = n / N the signed-rank statistic, standardised, is such a walk.
/// Source: Armitage, McPherson and Rowe (1969), JRSS A 132(2):235-244; Lan and DeMets (1983), Biometrika 70(3):659-663.
class GaussianWalk {
 public:
  /// At the start: no look yet.
  GaussianWalk() = default;

  /// P(S >= z sqrt(t) at information t, no crossing before). `information` exceeds that of the last `cut`.
  [[nodiscard]] double crossing(double information, double z) const;
  /// The z whose `crossing` has this chance; kUnreachable where it would lie beyond.
  [[nodiscard]] double boundary(double information, double chance) const;
  /// Stops the paths with S >= z sqrt(t) at information t. Cost: 501^2 multiplications, 0.5 ms.
  void cut(double information, double z);

  /// Stands for "cannot be crossed": its chance is 2e-33.
  static constexpr double kUnreachable = 12;

 private:
  double information_ = 0;
  double lowest_ = 0;            ///< first grid point
  double step_ = 0;              ///< between grid points
  std::vector<double> weights_;  ///< density times Simpson weight at each grid point; empty before the first cut
};

}  // namespace assay::stats
