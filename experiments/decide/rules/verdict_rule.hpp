#pragma once

#include <optional>

#include "core/interval.hpp"
#include "core/plan.hpp"
#include "core/result/verdict.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

/// The verdict of one look at one metric; effects are oriented, above 0 is worse (docs/methods/verdict.md). In this
/// order: equivalent if equivalence is shown; improved or regressed if the effect was shown to lie beyond
/// kappa * margin, now or earlier, and the estimate is at least the margin now; otherwise inconclusive, with the
/// reason. It is unstable if earlier looks had shown a difference and contradict this one.
[[nodiscard]] MetricVerdict verdict_at(const stats::Look& look, double margin);

/// A verdict after fresh blocks: a claimed difference becomes inconclusive if their interval, also oriented, does not
/// lie beyond `least`, kappa * margin, as a whole (docs/methods/confirmation.md). Nothing else is changed.
[[nodiscard]] MetricVerdict after_confirmation(const MetricVerdict& verdict, const Interval& fresh, double least);

/// The same after a sequential test of fresh blocks: a claimed difference becomes inconclusive unless they claim it
/// too. If the looks before had claimed none, as in a cell of a suite, the fresh blocks speak alone.
[[nodiscard]] MetricVerdict after_fresh_test(const MetricVerdict& verdict, const MetricVerdict& fresh);

/// What decides after a look whether a comparison stops.
struct StopEvidence {
  Verdict verdict = Verdict::inconclusive;
  bool not_worse = false;      ///< by the margin
  bool guards_settled = true;  ///< each has passed, failed, or cannot be judged
  bool last_look = false;
  /// Equivalent waits for the guards: the change may still be kept for what it does in other cells.
  bool others_may_improve = false;
};

/// What ends the measuring here; empty if it goes on.
[[nodiscard]] std::optional<Stop> stop_after(const StopEvidence& evidence, Goal goal);

}  // namespace assay::decide
