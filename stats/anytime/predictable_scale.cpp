#include "stats/anytime/predictable_scale.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace assay::stats {
namespace {

/// Converts the median absolute deviation of a normal distribution to its standard deviation.
constexpr double kNormalConsistency = 1.4826;
/// With fewer earlier effects their deviation is too rough to bet on.
constexpr std::size_t kFewestForDeviation = 4;

double midpoint_of(double low, double high) {
  if (low == high) return low;
  return std::isinf(low) && std::isinf(high) ? 0 : low / 2 + high / 2;
}

double median_of_sorted(std::span<const double> sorted) {
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : midpoint_of(sorted[half - 1], sorted[half]);
}

/// The distances of the sorted values from their median, which ascend outwards on both sides.
struct Distances {
  std::span<const double> sorted;
  double centre;

  [[nodiscard]] std::size_t half() const { return sorted.size() / 2; }
  [[nodiscard]] double of(double value) const { return value == centre ? 0 : std::abs(value - centre); }
  [[nodiscard]] double above(std::size_t index) const { return of(sorted[half() + index]); }
  [[nodiscard]] double below(std::size_t index) const { return of(sorted[half() - 1 - index]); }
};

/// The distance that has `index` others before it. It is found by bisection over how many of the distances up to it lie
/// above the median. index <= half.
double distance_at(const Distances& distances, std::size_t index) {
  const std::size_t count_above = distances.sorted.size() - distances.half();
  std::size_t fewest = index + 1 > distances.half() ? index + 1 - distances.half() : 0;
  std::size_t most = std::min(index + 1, count_above);
  while (fewest < most) {
    const std::size_t midpoint_of = fewest + (most - fewest) / 2;
    if (distances.above(midpoint_of) < distances.below(index - midpoint_of)) {
      fewest = midpoint_of + 1;
    } else {
      most = midpoint_of;
    }
  }
  const double last_above = fewest > 0 ? distances.above(fewest - 1) : 0;
  const double last_below = fewest < index + 1 ? distances.below(index - fewest) : 0;
  return std::max(last_above, last_below);
}

/// Median absolute deviation. Cost: O(log n).
double deviation_of_sorted(std::span<const double> sorted) {
  const std::size_t half = sorted.size() / 2;
  const double centre = median_of_sorted(sorted);
  const Distances distances{sorted, centre};
  const bool odd = sorted.size() % 2 == 1;
  // From an infinite centre all distances are equal. The values below it count first.
  if (std::isinf(centre)) return odd ? distances.above(0) : midpoint_of(distances.below(half - 1), distances.above(0));
  const double upper = distance_at(distances, half);
  return odd ? upper : midpoint_of(distance_at(distances, half - 1), upper);
}

}  // namespace

double PredictableScale::next() const {
  if (sorted_.empty()) return 0;
  if (sorted_.size() < kFewestForDeviation) return median_of_sorted(magnitudes_);
  return kNormalConsistency * deviation_of_sorted(sorted_);
}

void PredictableScale::add(double effect) {
  sorted_.insert(std::ranges::upper_bound(sorted_, effect), effect);
  if (magnitudes_.size() >= kFewestForDeviation) return;
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
