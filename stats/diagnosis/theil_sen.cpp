#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stats/bisection.hpp"
#include "stats/diagnosis/inversions.hpp"
#include "stats/reference/correlation.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// Number of pairs whose slope is at most `slope`: those that fall, or stay level, once that slope is taken off.
std::int64_t slopes_at_most(std::span<const double> centred, double slope) {
  std::vector<double> rest(centred.size());
  for (std::size_t step = 0; step < centred.size(); ++step) {
    // Backwards, so that exactly the rising pairs are inversions.
    rest[step] = centred[centred.size() - 1 - step] - slope * static_cast<double>(centred.size() - 1 - step);
  }
  const std::int64_t rising = sort_counting_inversions(rest);
  const std::int64_t pairs = std::ssize(centred) * (std::ssize(centred) - 1) / 2;
  return pairs - rising;
}

}  // namespace

double theil_sen_slope(std::span<const double> series) {
  if (series.size() < 2) return 0;
  const double centre = median(series);
  std::vector<double> centred(series.begin(), series.end());
  for (double& value : centred) value -= centre;
  // No slope is steeper than the whole range in one step.
  const auto [lowest, highest] = std::ranges::minmax(centred);
  const double steepest = highest - lowest;
  const auto slope_at = [&](std::int64_t index) {
    return smallest_where(-steepest, steepest, [&](double slope) { return slopes_at_most(centred, slope) > index; });
  };
  const std::int64_t pairs = std::ssize(centred) * (std::ssize(centred) - 1) / 2;
  const double upper = slope_at(pairs / 2);
  return pairs % 2 == 1 ? upper : (slope_at(pairs / 2 - 1) + upper) / 2;
}

}  // namespace assay::stats
