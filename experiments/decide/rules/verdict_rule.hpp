#pragma once

#include <optional>

#include "core/plan.hpp"
#include "core/verdict.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

struct MetricVerdict {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  friend bool operator==(const MetricVerdict&, const MetricVerdict&) = default;
};

/// What one look says of one metric; effects are oriented, above 0 is worse (docs/methods/verdict.md). In this order:
/// equivalent where equivalence is shown; improved or regressed where the effect was shown to lie beyond
/// kappa * margin, now or earlier, and the estimate is at least the margin now; inconclusive, with why, otherwise.
[[nodiscard]] MetricVerdict verdict_at(const stats::Look& look, double margin);

/// What fresh blocks make of a claimed difference: it is inconclusive where their interval, oriented too, lies short of
/// `least`, kappa * margin, throughout (docs/methods/confirmation.md). Nothing else is changed.
[[nodiscard]] MetricVerdict after_confirmation(const MetricVerdict& verdict, const Interval& fresh, double least);

/// How a comparison stands after a look.
struct Standing {
  Verdict verdict = Verdict::inconclusive;
  bool not_worse = false;      ///< by the margin
  bool guards_settled = true;  ///< each has passed, failed, or can tell nothing
  bool last_look = false;
  /// Equivalent waits for the guards: the change may still be kept for what it does in other cells.
  bool others_may_improve = false;
};

/// Whether measuring ends here, and what ended it.
[[nodiscard]] std::optional<Stop> stop_after(const Standing& standing, Goal goal);

}  // namespace assay::decide
