#include "stats/predictable_scale.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace assay::stats {
namespace {

/// From a normal distribution's median absolute deviation to its standard deviation.
constexpr double kNormalConsistency = 1.4826;
/// Effects before, below which their deviation is too rough to bet on.
constexpr std::size_t kFewest = 4;

double middle(double low, double high) {
  if (low == high) return low;
  return std::isinf(low) && std::isinf(high) ? 0 : low / 2 + high / 2;
}

double median_of_sorted(std::span<const double> sorted) {
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : middle(sorted[half - 1], sorted[half]);
}

/// Median absolute deviation by walking outwards from the median, where deviations ascend on either side.
double deviation_of_sorted(std::span<const double> sorted) {
  const double centre = median_of_sorted(sorted);
  std::size_t above = sorted.size() / 2;
  std::size_t below = above;  // one past the next value below
  double before = 0;
  double deviation = 0;
  for (std::size_t taken = 0; taken <= sorted.size() / 2; ++taken) {
    before = deviation;
    const bool take_above =
        below == 0 || (above < sorted.size() && sorted[above] - centre <= centre - sorted[below - 1]);
    const double value = take_above ? sorted[above++] : sorted[--below];
    deviation = value == centre ? 0 : std::abs(value - centre);
  }
  return sorted.size() % 2 == 1 ? deviation : middle(before, deviation);
}

}  // namespace

std::vector<double> predictable_scales(std::span<const double> effects) {
  std::vector<double> scales;
  scales.reserve(effects.size());
  std::vector<double> sorted;
  std::vector<double> magnitudes;
  for (const double effect : effects) {
    if (sorted.empty()) {
      scales.push_back(0);
    } else if (sorted.size() < kFewest) {
      scales.push_back(median_of_sorted(magnitudes));
    } else {
      scales.push_back(kNormalConsistency * deviation_of_sorted(sorted));
    }
    sorted.insert(std::ranges::upper_bound(sorted, effect), effect);
    if (magnitudes.size() < kFewest) {
      magnitudes.insert(std::ranges::upper_bound(magnitudes, std::abs(effect)), std::abs(effect));
    }
  }
  return scales;
}

}  // namespace assay::stats
