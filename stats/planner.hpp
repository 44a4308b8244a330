#pragma once

#include <span>

namespace assay::stats {

/// What a plan promises.
struct PlanningLevels {
  double alpha = 0.05;              ///< of the difference test, two-sided
  double alpha_equivalence = 0.05;  ///< of each of the two equivalence tests
  double power = 0.9;               ///< chance of showing what there is to show
  friend bool operator==(const PlanningLevels&, const PlanningLevels&) = default;
};

/// Noise of one block effect, as a standard deviation that outliers do not inflate, in the effects' unit: from the
/// width of the fixed-n signed-rank interval at 90 %, (U - L) / (2 z_p) sqrt(n), p its attained one-sided level; below
/// five effects from their range. Infinite effects are left out. From 20 blocks it is itself uncertain: 0.8 to 1.3
/// times the truth on steady noise, 0.65 to 1.85 on real machines. \throws Error below two finite effects or when one
/// is not a number.
[[nodiscard]] double estimate_tau(std::span<const double> effects);

// Below, `tau`, `effect` and `margin` share one unit, for a positive metric that of the log-ratio: ln(1.03), not 3 %.
// All throw Error when an argument is out of range: tau < 0, effect = 0, margin <= 0, blocks < 1, levels not in (0, 1),
// a power at which there is nothing to plan. Counts that exceed int are its largest value. docs/methods/planner.md
// derives them.

/// Blocks of a test with a single look: ((z_{1-alpha/2} + z_power) tau / effect)^2.
[[nodiscard]] int fixed_blocks_to_detect(double tau, double effect, const PlanningLevels& levels);

/// Cap of a sequential test that shows `effect` with the power asked for: the count above times the inflation that the
/// looks cost, which grows with the cap itself; no fewer than the signed-rank test needs to reach its level at all. It
/// stops at 0.8 to 0.9 times the fixed count on average.
[[nodiscard]] int blocks_to_detect(double tau, double effect, const PlanningLevels& levels);

/// Cap of a sequential test that shows equivalence within +-margin with the power asked for, where the effect is 0.
[[nodiscard]] int blocks_to_show_equivalence(double tau, double margin, const PlanningLevels& levels);

/// The noise that explains a sequential test's interval: `half_width` is what its difference test leaves open after as
/// many blocks. Where ties make estimate_tau 0 the interval still is as wide as it is.
[[nodiscard]] double tau_of_interval(double half_width, int blocks, const PlanningLevels& levels);

/// The smallest effect that a sequential test with this cap shows with the power asked for.
[[nodiscard]] double detectable_effect(double tau, int blocks, const PlanningLevels& levels);

}  // namespace assay::stats
