#pragma once

#include <algorithm>

namespace assay::stats {

/// Monte Carlo p-value that stops as soon as it is clearly not small: after 10 draws as extreme as the observed value,
/// or after 999 draws. It is valid like the plain one: under the null hypothesis P(p <= x) <= x for each value x that
/// it can take.
/// Source: Besag and Clifford (1991), Biometrika 78(2):301-304.
/// \param draw_is_as_extreme  makes one draw under the null hypothesis; called about 10 / p times.
template <class Draw>
[[nodiscard]] double sequential_monte_carlo_p(Draw draw_is_as_extreme) {
  constexpr int kEnough = 10;
  constexpr int kMost = 999;
  int as_extreme = 0;
  for (int drawn = 1; drawn <= kMost; ++drawn) {
    as_extreme += draw_is_as_extreme() ? 1 : 0;
    if (as_extreme == kEnough) return static_cast<double>(kEnough) / drawn;
  }
  return static_cast<double>(as_extreme + 1) / (kMost + 1);
}

}  // namespace assay::stats
