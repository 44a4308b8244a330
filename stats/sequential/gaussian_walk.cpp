#include "stats/sequential/gaussian_walk.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/assert.hpp"
#include "stats/distributions.hpp"

namespace assay::stats {
namespace {

constexpr double kLowest = -9;  ///< lower end of the grid, in standard deviations; 1e-19 of the paths lie below
constexpr double kReach = 9;    ///< reach of one increment, in standard deviations
constexpr std::size_t kLeastIntervals = 500;
/// Simpson's rule on the density of an increment is good to 1e-8 if its standard deviation is at least this many steps.
constexpr double kLeastStepsPerDeviation = 2;

double simpson_factor(std::size_t point, std::size_t intervals) {
  if (point == 0 || point == intervals) return 1.0 / 3;
  return point % 2 == 1 ? 4.0 / 3 : 2.0 / 3;
}

/// The points of a grid with distance `step`.
struct Grid {
  double lowest;
  double step;
};

/// Sum over the grid of weights times the normal density around `centre`. Going outwards from the nearest point, each
/// density follows from its neighbour by two multiplications, which is several times cheaper than exp.
double smoothed(const std::vector<double>& weights, Grid grid, double centre, double deviation) {
  const double step = grid.step / deviation;
  const auto last = static_cast<double>(weights.size() - 1);
  const double nearest = std::clamp(std::round((centre - grid.lowest) / grid.step), 0.0, last);
  const double offset = (grid.lowest + nearest * grid.step - centre) / deviation;
  if (std::abs(offset) > kReach) return 0;
  const auto middle = static_cast<std::size_t>(nearest);
  const auto reach = static_cast<std::size_t>(kReach / step) + 1;
  const double shrink = std::exp(-step * step);
  const double peak = normal_density(offset);

  double sum = weights[middle] * peak;
  double density = peak;
  double ratio = std::exp(-offset * step - step * step / 2);
  for (std::size_t point = middle + 1; point < std::min(weights.size(), middle + reach); ++point) {
    density *= ratio;
    ratio *= shrink;
    sum += weights[point] * density;
  }
  density = peak;
  ratio = std::exp(offset * step - step * step / 2);
  for (std::size_t back = 1; back <= std::min(middle, reach); ++back) {
    density *= ratio;
    ratio *= shrink;
    sum += weights[middle - back] * density;
  }
  return sum / deviation;
}

}  // namespace

double GaussianWalk::crossing(double information, double z) const {
  ASSAY_ASSERT(information > information_);
  if (weights_.empty()) return normal_upper_tail(z);
  const double deviation = std::sqrt(information - information_);
  const double height = z * std::sqrt(information);
  double chance = 0;
  for (std::size_t point = 0; point < weights_.size(); ++point) {
    chance += weights_[point] * normal_upper_tail((height - lowest_ - static_cast<double>(point) * step_) / deviation);
  }
  return chance;
}

/// Newton's method on the logarithm of the chance, which is concave in z, so steps from the right do not overshoot.
/// Bisection takes over if rounding or underflow would lead it astray.
double GaussianWalk::boundary(double information, double chance) const {
  double high = kUnreachable;
  double low = kLowest;
  if (crossing(information, high) >= chance) return kUnreachable;
  double z = std::min(normal_upper_quantile(chance), kUnreachable);
  for (int step = 0; step < 200 && high - low > 1e-13; ++step) {
    const double reached = crossing(information, z);
    (reached > chance ? low : high) = z;
    constexpr double kDifference = 1e-5;
    const double slope = (crossing(information, z + kDifference) - reached) / kDifference;
    double next = z;
    if (reached > 0 && slope < 0) next = z - std::log(reached / chance) * reached / slope;
    if (!(next > low && next < high)) next = low + (high - low) / 2;
    if (std::abs(next - z) < 1e-11) return next;
    z = next;
  }
  return z;
}

void GaussianWalk::cut(double information, double z) {
  ASSAY_ASSERT(information > information_ && z > kLowest);
  const double deviation = std::sqrt(information - information_);
  const double root = std::sqrt(information);
  const double range = (z - kLowest) * root;
  const auto wanted = static_cast<std::size_t>(std::ceil(range * kLeastStepsPerDeviation / deviation));
  const std::size_t intervals = std::max(kLeastIntervals, wanted + wanted % 2);
  const Grid grid{.lowest = kLowest * root, .step = range / static_cast<double>(intervals)};

  std::vector<double> weights(intervals + 1);
  for (std::size_t point = 0; point <= intervals; ++point) {
    const double height = grid.lowest + static_cast<double>(point) * grid.step;
    const double density = weights_.empty() ? normal_density(height / root) / root
                                            : smoothed(weights_, {lowest_, step_}, height, deviation);
    weights[point] = density * grid.step * simpson_factor(point, intervals);
  }
  information_ = information;
  lowest_ = grid.lowest;
  step_ = grid.step;
  weights_ = std::move(weights);
}

}  // namespace assay::stats
