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

double PredictableScale::next() const {
  if (sorted_.empty()) return 0;
  if (sorted_.size() < kFewest) return median_of_sorted(magnitudes_);
  return kNormalConsistency * deviation_of_sorted(sorted_);
}

void PredictableScale::add(double effect) {
  sorted_.insert(std::ranges::upper_bound(sorted_, effect), effect);
  if (magnitudes_.size() >= kFewest) return;
  magnitudes_.insert(std::ranges::upper_bound(magnitudes_, std::abs(effect)), std::abs(effect));
}

std::vector<double> predictable_scales(std::span<const double> effects) {
  std::vector<double> scales;
  scales.reserve(effects.size());
  PredictableScale scale;
  for (const double effect : effects) {
    scales.push_back(scale.next());
    scale.add(effect);
  }
  return scales;
}

}  // namespace assay::stats
