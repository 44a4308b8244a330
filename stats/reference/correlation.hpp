#pragma once

#include <span>

namespace assay::stats {

struct Correlation {
  double coefficient = 0;  ///< -1 .. 1; 0 if a series is constant or shorter than 3
  double p = 1;            ///< two-sided, never 0; 1 if a series is constant or shorter than 3
};

/// Two series of equal length, with one pair for each block. Values may be infinite but not NaN.
struct PairedSeries {
  std::span<const double> first;
  std::span<const double> second;
};

/// Kendall's tau-b. As in SciPy, p is exact without ties up to 33 pairs (or with at most one discordant or concordant
/// pair); otherwise it is normal with a correction for ties. Cost: O(n log n).
/// Sources: Kendall (1938), Biometrika 30(1-2):81-93; Knight (1966), J. American Statistical Association 61:436-439.
[[nodiscard]] Correlation kendall(const PairedSeries& series);

/// Spearman's rho. As in SciPy, p follows from Student's t with n - 2 degrees of freedom.
/// Source: Spearman (1904), American Journal of Psychology 15(1):72-101.
[[nodiscard]] Correlation spearman(const PairedSeries& series);

/// sum (x_i - m)(x_{i+1} - m) / sum (x_i - m)^2, where m is the mean; 0 if the series is constant. Values must be
/// finite.
[[nodiscard]] double lag_one_autocorrelation(std::span<const double> series);

/// Theil-Sen slope per step of an equally spaced series: the median of the slopes of all pairs; 0 for fewer than two
/// values. Values must be finite. Cost: O(n log n) for each of at most 128 bisection steps; no table of slopes is kept.
/// Sources: Theil (1950), Proc. K. Ned. Akad. Wet. 53; Sen (1968), J. American Statistical Association 63:1379-1389.
[[nodiscard]] double theil_sen_slope(std::span<const double> series);

}  // namespace assay::stats
