#include "stats/steady/series_noise.hpp"

#include <algorithm>

#include "stats/summary.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kHalfNeighbourhood = 5;
constexpr double kDeviationsKept = 3;
/// Width of the middle 70 % of a normal distribution, in standard deviations.
constexpr double kDeviationsInMiddle = 2.073;
constexpr double kMostCorrelation = 0.6;
/// The largest growth of the mean square difference from a lag of two to a lag of three in a stationary AR(1) process:
/// the limit of a random walk.
constexpr double kMostGrowth = 1.5;

std::vector<double> running_medians(std::span<const double> series) {
  std::vector<double> medians;
  for (std::size_t at = 0; at < series.size(); ++at) {
    const std::size_t first = at - std::min(at, kHalfNeighbourhood);
    const std::size_t end = std::min(series.size(), at + kHalfNeighbourhood + 1);
    medians.push_back(median(series.subspan(first, end - first)));
  }
  return medians;
}

/// Mean square of the differences of values `lag` apart without a change between them; 0 if there are none.
double mean_square_difference(std::span<const double> series, std::span<const std::size_t> changes, std::size_t lag) {
  double sum = 0;
  std::size_t count = 0;
  auto change = changes.begin();
  for (std::size_t later = lag; later < series.size(); ++later) {
    while (change != changes.end() && *change + lag <= later) ++change;
    if (change != changes.end() && *change <= later) continue;
    const double difference = series[later] - series[later - lag];
    sum += difference * difference;
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

}  // namespace

std::vector<double> with_far_values_drawn_in(std::span<const double> series) {
  const std::vector<double> medians = running_medians(series);
  std::vector<double> deviations;
  for (std::size_t at = 0; at < series.size(); ++at) deviations.push_back(series[at] - medians[at]);
  std::vector<double> sorted = deviations;
  std::sort(sorted.begin(), sorted.end());
  const double deviation = (quantile_of_sorted(sorted, 0.85) - quantile_of_sorted(sorted, 0.15)) / kDeviationsInMiddle;
  std::vector<double> drawn_in;
  for (std::size_t at = 0; at < series.size(); ++at) {
    const double most = kDeviationsKept * deviation;
    drawn_in.push_back(medians[at] + std::clamp(deviations[at], -most, most));
  }
  return drawn_in;
}

SeriesNoise noise_of(std::span<const double> series, std::span<const std::size_t> changes) {
  const double of_neighbours = mean_square_difference(series, changes, 1);
  if (of_neighbours == 0) return {};
  const double two_apart = mean_square_difference(series, changes, 2);
  const bool level_moves = mean_square_difference(series, changes, 3) > kMostGrowth * two_apart;
  const double correlation = level_moves ? 0 : std::clamp(two_apart / of_neighbours - 1, 0.0, kMostCorrelation);
  return {.variance = of_neighbours / 2 / (1 - correlation), .correlation = correlation};
}

}  // namespace assay::stats
