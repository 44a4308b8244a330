#pragma once

#include "core/interval.hpp"

namespace assay::stats {

/// Which looks the interval of a look rests on.
enum class IntervalScope {
  this_look,
  all_looks,  ///< the intersection of the repeated intervals of all looks so far, which hold together
};

/// Whether a diagnosis has shown that the effect changed over the attempt.
enum class Stability { stable, unstable };

/// The interval of one look as it is printed, before it is widened by a resolution.
struct PrintedInterval {
  Interval interval;
  bool falls_back = false;  ///< it is the look's own although earlier looks would narrow it
};

/// The intersection of the repeated intervals of a test's looks.
///
/// The intervals hold simultaneously, so their intersection has the same confidence. If it is empty, does not contain
/// the present estimate, or the effect is unstable, the looks contradict each other: the look's own interval, which
/// contains the intersection, is then given instead. See docs/methods/sequential-test.md.
class RunningInterval {
 public:
  explicit RunningInterval(IntervalScope scope) : scope_(scope) {}

  /// Takes one look in. \param own  its own repeated interval, not widened.
  PrintedInterval add(const Interval& own, double estimate, Stability stability);

  /// The intersection so far, even if it is empty. There was a look.
  [[nodiscard]] const Interval& intersection() const { return intersection_; }

 private:
  IntervalScope scope_;
  bool started_ = false;
  Interval intersection_;
};

/// The same decision for an intersection that was found in another way.
[[nodiscard]] PrintedInterval printed_interval(const Interval& intersection, const Interval& own, double estimate,
                                               Stability stability);

}  // namespace assay::stats
