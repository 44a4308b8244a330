#include "stats/sequential/sequential_p_value.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace assay::stats {
namespace {

constexpr int kLevels = 240;
constexpr double kLargestLevel = 0.5;

bool crosses(std::span<const RankedLook> looks, VectorCount count, double level) {
  ConditionalBoundary boundary(count);
  return std::any_of(looks.begin(), looks.end(), [&](const RankedLook& look) {
    const auto critical_value =
        boundary.look(*look.ranked, {.observed = look.observed, .cumulative_alpha = level * look.spending_share});
    return critical_value && look.observed >= *critical_value;
  });
}

}  // namespace

std::vector<double> p_value_levels(VectorCount count, double own_level) {
  const double total = static_cast<double>(count.vectors) + (count.observed_included ? 0 : 1);
  const double ratio = std::log(1 / total / kLargestLevel) / (kLevels - 1);
  std::vector<double> levels{own_level};
  for (int step = 0; step < kLevels; ++step) levels.push_back(kLargestLevel * std::exp(ratio * step));
  std::sort(levels.begin(), levels.end(), std::greater<>());
  return levels;
}

std::optional<double> smallest_crossed_level(std::span<const double> descending_levels,
                                             std::span<const RankedLook> looks, VectorCount count) {
  std::optional<double> smallest;
  for (const double level : descending_levels) {
    if (!crosses(looks, count, level)) break;
    smallest = level;
  }
  return smallest;
}

}  // namespace assay::stats
