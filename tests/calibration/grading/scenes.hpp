#pragma once

#include "tests/calibration/grading/noises.hpp"

namespace assay::adversary {

inline constexpr double kAlpha = 0.05;
/// One side of a first challenge: the bound of confirming what is inflated.
inline constexpr double kSideLevel = 0.4 * kAlpha;
/// The bound of refuting what is true.
inline constexpr double kTrueRefuted = 0.005;

struct Amount {
  int challenges = 2000;
  int threads = 2;
};

/// How a claim at the near end of its record's interval was graded, as shares.
struct NearEndShares {
  double confirmed = 0;
  double inconclusive_of_rest = 1;  ///< 1 if all are confirmed
};

/// What one noise shows, as shares of first challenges.
struct NoiseRow {
  double true_confirmed = 0;      ///< 4x claimed and true, by 30 blocks
  double flagged_by_10 = 0;       ///< 4x claimed, 3x true
  double flagged_by_30 = 0;       ///< 4x claimed, 3x true
  double refuted = 0;             ///< 1.10x claimed, 1.00x true, by 30 blocks, by the interval alone
  double refuted_with_plant = 0;  ///< the same if the planted change must be found first
  NearEndShares near_end_by_60;   ///< 1.05x true, claimed at the near end of a record of at most 60 blocks
  NearEndShares near_end_by_120;
  double inflated_confirmed = 0;  ///< the worst of claims from 1.02x to 1200x, by 60 blocks
  double true_refuted = 0;        ///< the worst of the same claims; the planted change must be found first
};

/// Plays all scenes on the noise. Cost: about 15 ms for each challenge of `amount` on one core.
[[nodiscard]] NoiseRow row_on(const NamedNoise& noise, const Amount& amount);

}  // namespace assay::adversary
