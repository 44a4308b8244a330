#pragma once

#include "core/interval.hpp"
#include "core/result/grade.hpp"

namespace assay::decide {

// How a claimed ratio is graded by the repeated interval of a challenge (docs/methods/claims.md). Ratios are turned so
// that above 1 is better.

/// The ratio that the near end of the interval must reach: the claim less a tenth of its gain, 1 + 0.9 (claim - 1).
[[nodiscard]] double confirming_ratio(double claimed);
/// The largest claim that an interval with this near end confirms; at most 1 if it confirms none.
[[nodiscard]] double confirmed_claim(double near_end);

/// Whether more blocks may still follow.
enum class Moment {
  at_look,
  at_cap,  ///< the last look: what is to be said is said now
};

/// What a challenge's blocks say of a ratio.
struct RatioBounds {
  Interval ratio;
  double strict_high = 0;  ///< the far end at `kRefutingShare` of the error rate
};

/// The share of a challenge's error rate at which "refuted" is said: of true claims at most one in 200 is refuted.
inline constexpr double kRefutingShare = 0.25;

/// The two-sided level at which the planted change is found. One-sided it is 5 %: that a change of known size was
/// planted is no claim that anybody has to be protected from.
inline constexpr double kAlphaOfPlanted = 0.1;

/// The grade of a claimed ratio. Grade::inconclusive at a look means that measuring goes on.
///
/// - confirmed: the interval's near end is at `confirming_ratio` or above it
/// - exaggerated: its far end is below that, and its near end is above 1
/// - refuted: its far end is below that, the strict one too, and its near end is not above 1. Before the cap it is said
///   only if the far end is at most 1 + 0.25 (claim - 1), so that the blocks have the time to tell "refuted" from
///   "exaggerated".
/// \pre claimed > 1
[[nodiscard]] Grade grade_ratio(double claimed, const RatioBounds& bounds, Moment moment);

/// The grade of "not worse by the margin": confirmed if the interval's near end lies above a loss of the margin,
/// refuted if its far end lies below it. \param ratio  how many times better treatment is  \param margin_percent  above
/// 0
[[nodiscard]] Grade grade_not_worse(double margin_percent, const Interval& ratio);

/// The error rate of a claim's `number`-th challenge, counted from 1: the first has 0.8 alpha, and the k-th, from the
/// second on, 0.2 alpha / 2^(k-1). All of them together stay below alpha.
[[nodiscard]] double challenge_alpha(double alpha, int number);

}  // namespace assay::decide
