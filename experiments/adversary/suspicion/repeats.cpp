#include "experiments/adversary/suspicion/repeats.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace assay::adversary {
namespace {

constexpr std::ptrdiff_t kMostNeighbours = 20;
/// If the closest pairs lie within fewer steps, the clock is too coarse for the values to be told apart.
constexpr double kLeastSteps = 10;

double log_choose(double total, double chosen) {
  return std::lgamma(total + 1) - std::lgamma(chosen + 1) - std::lgamma(total - chosen + 1);
}

/// The step of the clock: the smallest distance, or the smallest difference between two. One unit is no difference,
/// since a step that is no whole number is rounded up or down.
std::int64_t step_of(const std::vector<std::int64_t>& ascending) {
  std::int64_t step = ascending.front();
  for (std::size_t index = 1; index < ascending.size(); ++index) {
    const std::int64_t difference = ascending[index] - ascending[index - 1];
    if (difference > 1) step = std::min(step, difference);
  }
  return step;
}

}  // namespace

Distances distances_within(const std::vector<std::int64_t>& values) {
  Distances distances;
  for (std::size_t one = 0; one < values.size(); ++one) {
    for (std::size_t other = one + 1; other < values.size(); ++other) {
      distances.of_pairs.push_back(std::abs(values[one] - values[other]));
    }
  }
  return distances;
}

Distances distances_between(const std::vector<std::int64_t>& one, const std::vector<std::int64_t>& other) {
  Distances distances;
  for (const std::int64_t first : one) {
    for (const std::int64_t second : other) distances.of_pairs.push_back(std::abs(first - second));
  }
  return distances;
}

Repeats repeats_in(Distances distances) {
  std::vector<std::int64_t>& all = distances.of_pairs;
  const auto pairs = static_cast<std::ptrdiff_t>(all.size());
  const std::ptrdiff_t others = pairs - std::erase(all, 0);
  Repeats repeats;
  repeats.pairs = static_cast<int>(pairs - others);
  if (repeats.pairs == 0 || pairs < 4) return repeats;
  // If hardly anything but equal values is left, nothing shows how fine the clock is; one step is then all there is.
  const std::ptrdiff_t neighbours = std::min({kMostNeighbours, std::max<std::ptrdiff_t>(pairs / 4, 1), others});
  if (neighbours == 0) {
    repeats.chance = std::pow(1 / (1 + 2 * kLeastSteps), repeats.pairs);
    return repeats;
  }
  std::sort(all.begin(), all.end());
  const double steps = static_cast<double>(all[neighbours - 1]) / static_cast<double>(step_of(all));
  if (neighbours >= kMostNeighbours && steps < kLeastSteps) return repeats;
  const auto equal = static_cast<double>(repeats.pairs);
  const auto failures = static_cast<double>(neighbours);
  const double share = 1 / (1 + 2 * std::max(steps, 1.0));
  repeats.chance = std::min(1.0, std::exp(log_choose(equal + failures - 1, equal) + equal * std::log(share)));
  return repeats;
}

}  // namespace assay::adversary
