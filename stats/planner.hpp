#pragma once

#include <span>

namespace assay::stats {

/// The error rates and the power that a plan promises.
struct PlanningLevels {
  double alpha = 0.05;              ///< two-sided level of the difference test
  double alpha_equivalence = 0.05;  ///< level of each of the two equivalence tests
  double power = 0.9;               ///< chance that an existing effect is shown
  friend bool operator==(const PlanningLevels&, const PlanningLevels&) = default;
};

/// Estimates the noise of one block effect: a standard deviation that outliers do not inflate, in the unit of the
/// effects.
///
/// It follows from the width of the fixed-n signed-rank interval at 90 %, (U - L) / (2 z_p) sqrt(n), where p is the
/// attained one-sided level; below five effects it follows from their range. Infinite effects are left out. From 20
/// blocks the estimate itself is uncertain: 0.8 to 1.3 times the truth on steady noise, 0.65 to 1.85 times on real
/// machines.
/// \throws Error if there are fewer than two finite effects or one is not a number.
[[nodiscard]] double estimate_tau(std::span<const double> effects);

// In the functions below, `tau`, `effect` and `margin` share one unit. For a positive metric it is the unit of the
// log-ratio: ln(1.03), not 3 %. All of them throw Error if an argument is out of range: tau < 0, effect = 0, margin <=
// 0, blocks < 1, levels not in (0, 1), or a power that needs no plan because it does not exceed the level. A count that
// exceeds int becomes the largest int. docs/methods/planner.md derives the formulas.

/// Number of blocks for a test with a single look: ((z_{1-alpha/2} + z_power) tau / effect)^2.
[[nodiscard]] int fixed_blocks_to_detect(double tau, double effect, const PlanningLevels& levels);

/// Cap of a sequential test that shows `effect` with the requested power: the count above times the inflation that the
/// looks cost, which itself grows with the cap, and at least as many blocks as the signed-rank test needs to reach its
/// level at all. On average the test stops at 0.8 to 0.9 times the fixed count.
[[nodiscard]] int blocks_to_detect(double tau, double effect, const PlanningLevels& levels);

/// Cap of a sequential test that shows equivalence within +-margin with the requested power, if the true effect is 0.
[[nodiscard]] int blocks_to_show_equivalence(double tau, double margin, const PlanningLevels& levels);

/// The noise that explains the interval of a sequential test. `half_width` is half of what its difference test leaves
/// open after `blocks` blocks. Where ties make `estimate_tau` 0, the interval still has a width.
[[nodiscard]] double tau_of_interval(double half_width, int blocks, const PlanningLevels& levels);

/// The reverse: half of what the difference test leaves open at its last look, after so many blocks.
[[nodiscard]] double half_width_of_interval(double tau, int blocks, const PlanningLevels& levels);

/// The smallest effect that a sequential test with this cap shows with the requested power.
[[nodiscard]] double detectable_effect(double tau, int blocks, const PlanningLevels& levels);

}  // namespace assay::stats
