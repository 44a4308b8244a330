#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "core/seed.hpp"

namespace assay::stats {

/// Error rates of the two sides of the difference test; equal halves of alpha unless a direction was declared.
struct SideLevels {
  double below_zero = 0.025;  ///< of claiming that the effect is negative when it is not
  double above_zero = 0.025;  ///< of claiming that the effect is positive when it is not
  friend bool operator==(const SideLevels&, const SideLevels&) = default;
};

/// Everything that is fixed before the first look.
struct SequentialDesign {
  std::vector<int> looks;  ///< complete blocks at each look, ascending; the last is the cap (see looks.hpp)
  SideLevels alpha;
  double alpha_equivalence = 0.05;  ///< of each of the two equivalence tests
  double margin = 0;                ///< delta, above 0: on the scale of the effects (log-ratio: ln(1 + margin))
  double kappa = 0.5;               ///< 0 .. 1
  Seed seed{0};                     ///< of the sign vectors
  int sign_vectors = 19999;         ///< all 2^cap of them where the cap is 14 or less
};

/// What one look by itself says of the margin.
struct MarginFindings {
  bool not_above = false;
  bool not_below = false;
  bool beyond = false;
};

/// State of the evidence at one look. Effects are oriented by the caller; "below" means negative.
struct Look {
  int blocks = 0;
  double estimate = 0;      ///< Hodges-Lehmann; infinite where failed trials dominate
  Interval repeated;        ///< simultaneous over looks at 1 - alpha; infinite where nothing bounds it yet
  Interval equivalence;     ///< simultaneous at 1 - 2 alpha_equivalence; likewise
  bool below_zero = false;  ///< shown at this look or an earlier one: the effect is negative
  bool above_zero = false;
  bool below_kappa_margin = false;  ///< shown, now or earlier: the effect is below -kappa * margin
  bool above_kappa_margin = false;
  bool not_above_margin = false;  ///< shown, now or earlier: the effect is below +margin (non-inferiority)
  bool not_below_margin = false;  ///< shown, now or earlier: the effect is above -margin
  bool equivalent = false;        ///< both of the above at this very look
  bool too_few = false;           ///< fewer blocks than a claim may rest on: the figures alone
  bool beyond_margin = false;     ///< at this very look: the repeated interval lies above +margin

  /// Adds what this look found to what earlier ones had shown.
  void note(const MarginFindings& found);
};

/// The group-sequential signed-rank test with its exact conditional boundary, repeated interval and equivalence test.
///
/// Hypothesis: in each block the order of the arms was drawn by a fair coin, so that under "no effect" the sign of each
/// block effect is a fair coin given its magnitude. Nothing else is assumed: drift, autocorrelation, tails and ties do
/// no harm. Effects may be +-infinity (a failed trial). docs/methods/sequential-test.md gives every formula.
/// Cost of a look at n blocks: O(B n / 8 + n log n), B sign vectors; memory O(B n / 8).
class SequentialTest {
 public:
  /// \throws Error when the looks do not ascend or a level, the margin or kappa is out of range.
  explicit SequentialTest(SequentialDesign design);
  ~SequentialTest();
  SequentialTest(SequentialTest&&) noexcept;
  SequentialTest& operator=(SequentialTest&&) noexcept;

  /// Blocks at which the next look falls due; nothing after the last.
  [[nodiscard]] std::optional<int> next_look() const;

  /// Looks at the first `next_look()` effects. `effects` holds at least as many, in the order of the schedule.
  /// `resolution`, in the effects' unit, is by how much the measuring itself may have shifted them (a coarse clock):
  /// intervals are widened by it on both sides, and what must lie beyond or within a margin must do so by that much.
  Look look(std::span<const double> effects, double resolution = 0);

  /// One last look at all the effects there are, with all of alpha: for max_time and blocks lost to failures, whose
  /// coming does not depend on which arm was which. Needs at least one effect; no look may follow.
  Look final_look(std::span<const double> effects, double resolution = 0);

  /// Two-sided sequential p-value: twice the smallest of 240 log-spaced side levels at which, and at every larger one,
  /// a boundary has been crossed so far. At most 1, never 0.
  [[nodiscard]] double p_value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::stats
