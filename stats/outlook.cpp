#include "stats/outlook.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "stats/distributions.hpp"

namespace assay::stats {
namespace {

/// Mean and deviation of the estimate after more blocks.
struct Expected {
  double mean = 0;
  double deviation = 0;
};

Expected expected_after(const Outlook& now, int later, double effect) {
  ASSAY_ASSERT(now.blocks > 0 && later > now.blocks && now.tau > 0);
  const double more = later - now.blocks;
  return {.mean = (now.blocks * now.estimate + more * effect) / later, .deviation = now.tau * std::sqrt(more) / later};
}

double chance_of_less(const Expected& expected, double limit) {
  return normal_upper_tail((expected.mean - limit) / expected.deviation);
}

}  // namespace

double chance_below(const Outlook& now, int later, double limit) {
  return chance_of_less(expected_after(now, later, now.effects.low), limit);
}

double chance_above(const Outlook& now, int later, double limit) {
  return 1 - chance_of_less(expected_after(now, later, now.effects.high), limit);
}

double chance_within(const Outlook& now, int later, double limit) {
  if (limit <= 0) return 0;
  // The effect that brings the mean nearest to 0.
  const double effect = -now.blocks * now.estimate / (later - now.blocks);
  const Expected expected = expected_after(now, later, std::clamp(effect, now.effects.low, now.effects.high));
  return chance_of_less(expected, limit) - chance_of_less(expected, -limit);
}

}  // namespace assay::stats
