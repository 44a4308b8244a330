#include "stats/sequential/running_interval.hpp"

#include <algorithm>

namespace assay::stats {

PrintedInterval RunningInterval::add(const Interval& own, double estimate, Stability stability) {
  const bool alone = scope_ == IntervalScope::this_look || !started_;
  intersection_ = alone ? own : Interval{std::max(intersection_.low, own.low), std::min(intersection_.high, own.high)};
  started_ = true;
  return printed_interval(intersection_, own, estimate, stability);
}

PrintedInterval printed_interval(const Interval& intersection, const Interval& own, double estimate,
                                 Stability stability) {
  if (intersection == own) return {own};
  const bool contradicts = intersection.low > intersection.high || estimate < intersection.low ||
                           intersection.high < estimate || stability == Stability::unstable;
  return contradicts ? PrintedInterval{own, true} : PrintedInterval{intersection};
}

}  // namespace assay::stats
