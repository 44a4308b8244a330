#include "stats/outlook.hpp"

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

Expected expected_after(const Outlook& now, int later) {
  ASSAY_ASSERT(now.blocks > 0 && later > now.blocks && now.tau > 0);
  const double more = later - now.blocks;
  return {.mean = (now.blocks * now.estimate + more * now.effect) / later,
          .deviation = now.tau * std::sqrt(more) / later};
}

}  // namespace

double chance_below(const Outlook& now, int later, double limit) {
  const Expected expected = expected_after(now, later);
  return normal_upper_tail((expected.mean - limit) / expected.deviation);
}

double chance_above(const Outlook& now, int later, double limit) {
  return 1 - chance_below(now, later, limit);
}

double chance_within(const Outlook& now, int later, double limit) {
  if (limit <= 0) return 0;
  return chance_below(now, later, limit) - chance_below(now, later, -limit);
}

}  // namespace assay::stats
