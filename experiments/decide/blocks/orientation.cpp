#include "experiments/decide/blocks/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::decide {

double worse_sign(const Metric& metric) {
  return metric.direction == Direction::lower ? 1 : -1;
}

std::vector<double> oriented_effects(const Metric& metric, std::span<const double> effects) {
  std::vector<double> oriented(effects.begin(), effects.end());
  for (double& effect : oriented) effect *= worse_sign(metric);
  return oriented;
}

std::vector<double> oriented_values(const Metric& metric, std::span<const double> values) {
  std::vector<double> oriented(values.size());
  std::ranges::transform(values, oriented.begin(), [sign = worse_sign(metric)](double value) {
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : sign * value;
  });
  return oriented;
}

Interval turned(const Metric& metric, const Interval& interval) {
  if (worse_sign(metric) > 0) return interval;
  return {-interval.high, -interval.low};
}

}  // namespace assay::decide
