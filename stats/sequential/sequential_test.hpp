#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/interval.hpp"
#include "core/seed.hpp"
#include "stats/sequential/equivalence_boundary.hpp"
#include "stats/sequential/running_interval.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::stats {

/// Error rates of the two sides of the difference test. They are equal halves of alpha unless a direction was declared.
struct SideLevels {
  double below_zero = 0.025;  ///< chance of claiming a negative effect that is not negative
  double above_zero = 0.025;  ///< chance of claiming a positive effect that is not positive
  friend bool operator==(const SideLevels&, const SideLevels&) = default;
};

/// Everything that is fixed before the first look.
struct SequentialDesign {
  std::vector<int> looks;  ///< complete blocks at each look, ascending; the last is the cap (see looks.hpp)
  SideLevels alpha;
  double alpha_equivalence = 0.05;  ///< level of each of the two equivalence tests
  double margin = 0;                ///< delta, above 0, on the scale of the effects (log-ratio: ln(1 + margin))
  double kappa = 0.5;               ///< 0 .. 1
  Seed seed{0};                     ///< seed of the sign vectors
  int sign_vectors = 19999;         ///< ignored if the cap is 14 or less: then all 2^cap are used
  IntervalScope intervals = IntervalScope::this_look;
  EquivalenceBoundary equivalence_boundary = EquivalenceBoundary::tabulated;
  Spending equivalence_spending = Spending::logarithmic;
};

/// What one look shows about the margin by itself.
struct MarginFindings {
  bool not_above = false;
  bool not_below = false;
  bool beyond = false;
};

/// State of the evidence at one look. Effects are oriented by the caller; "below" means negative.
///
/// If intervals rest on all looks, what they show is read off the intervals of this look, and not kept from earlier
/// ones: "shown, now or earlier" below is then "shown by the interval".
struct Look {
  int blocks = 0;
  double estimate = 0;      ///< Hodges-Lehmann; infinite if failed trials dominate
  Interval repeated;        ///< simultaneous over looks at 1 - alpha; an end is infinite if nothing bounds it yet
  Interval equivalence;     ///< the same at 1 - 2 alpha_equivalence
  bool below_zero = false;  ///< shown at this look or an earlier one: the effect is negative
  bool above_zero = false;
  bool below_kappa_margin = false;  ///< shown, now or earlier: the effect is below -kappa * margin
  bool above_kappa_margin = false;
  bool not_above_margin = false;  ///< shown, now or earlier: the effect is below +margin (non-inferiority)
  bool not_below_margin = false;  ///< shown, now or earlier: the effect is above -margin
  bool equivalent = false;        ///< both of the above at this very look
  bool too_few = false;           ///< too few blocks for a claim; only the figures hold
  bool beyond_margin = false;     ///< the repeated interval lies above +margin at this very look
  bool falls_back = false;        ///< the repeated interval is this look's own although earlier looks would narrow it
  bool withdrawn = false;         ///< so that it no longer shows what the earlier looks had shown

  /// Adds the findings of this look to those of earlier looks.
  void note(const MarginFindings& found);
  /// Reads everything off the intervals, which rest on all looks. \param least  kappa * margin.
  /// \param narrowed  the repeated interval with all looks in it, also if it is not the one that is given.
  void read_off(double least, double margin, const Interval& narrowed);
};

/// The group-sequential signed-rank test with its exact conditional boundary, repeated interval and equivalence test.
///
/// Hypothesis: in each block a fair coin drew the order of the arms, so under "no effect" the sign of each block effect
/// is a fair coin given its magnitude. Nothing else is assumed: drift, autocorrelation, tails and ties do no harm.
/// Effects may be +-infinity (a failed trial). docs/methods/sequential-test.md gives every formula.
/// Cost of a look at n blocks with B sign vectors: O(B n / 8 + n log n) time and O(B n / 8) memory.
class SequentialTest {
 public:
  /// \throws Error if the looks do not ascend, or a level, the margin or kappa is out of range.
  explicit SequentialTest(SequentialDesign design);
  ~SequentialTest();
  SequentialTest(SequentialTest&&) noexcept;
  SequentialTest& operator=(SequentialTest&&) noexcept;

  /// Number of blocks at which the next look is due; std::nullopt after the last look.
  [[nodiscard]] std::optional<int> next_look() const;

  /// Looks at the first `next_look()` effects. `effects` has at least that many, in the order of the schedule.
  /// \param resolution  how far the measurement itself (a coarse clock) may have shifted the effects, in their unit.
  /// Intervals are widened by it on both sides, and claims beyond or within a margin must hold by that much.
  /// \param stability  whether the effect changed; it matters only if intervals rest on all looks.
  Look look(std::span<const double> effects, double resolution = 0, Stability stability = Stability::stable);

  /// One last look at all effects so far, with all of alpha. It serves max_time and blocks lost to failures, which do
  /// not depend on which arm was which. It needs at least one effect, and no look may follow.
  Look final_look(std::span<const double> effects, double resolution = 0, Stability stability = Stability::stable);

  /// Two-sided sequential p-value: twice the smallest of 240 log-spaced side levels at which, and at every larger one,
  /// a boundary has been crossed so far. It is at most 1 and never 0.
  [[nodiscard]] double p_value() const;
  /// Whether a boundary at the design's own levels was crossed, now or earlier. The p-value may exceed the level all
  /// the same: at some larger level nothing was crossed.
  [[nodiscard]] bool crossed() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::stats
