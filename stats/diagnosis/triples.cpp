#include "stats/diagnosis/triples.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "stats/sequential/sequential_monte_carlo.hpp"

namespace assay::stats {
namespace {

/// Triples around one middle value: those skewed to the right less those skewed to the left. Distances to both sides
/// ascend with the steps away from it, so that one walk counts all pairs.
std::int64_t skewed_around(std::span<const double> sorted, std::size_t middle) {
  const std::size_t below = middle;
  const std::size_t above = sorted.size() - middle - 1;
  std::int64_t excess = 0;
  std::size_t nearer = 0;      // values below that are nearer to the middle than the present one above
  std::size_t no_farther = 0;  // and those as far
  for (std::size_t step = 1; step <= above; ++step) {
    const double distance = sorted[middle + step] - sorted[middle];
    while (nearer < below && sorted[middle] - sorted[middle - nearer - 1] < distance) ++nearer;
    no_farther = std::max(no_farther, nearer);
    while (no_farther < below && sorted[middle] - sorted[middle - no_farther - 1] <= distance) ++no_farther;
    excess += static_cast<std::int64_t>(nearer) - static_cast<std::int64_t>(below - no_farther);
  }
  return excess;
}

std::int64_t skewed_triples(std::span<const double> sorted) {
  std::int64_t excess = 0;
  for (std::size_t middle = 1; middle + 1 < sorted.size(); ++middle) excess += skewed_around(sorted, middle);
  return excess;
}

/// Values with these magnitudes, ascending, and signs drawn anew; ascending without sorting.
void draw_signs(std::span<const double> magnitudes, Generator& generator, std::vector<double>& flipped) {
  std::size_t next_negative = 0;
  std::size_t next_positive = magnitudes.size();
  std::uint64_t bits = 0;
  for (std::size_t index = magnitudes.size(); index-- > 0;) {
    if ((magnitudes.size() - 1 - index) % 64 == 0) bits = generator();
    if ((bits & 1U) != 0) {
      flipped[next_negative++] = -magnitudes[index];
    } else {
      flipped[--next_positive] = magnitudes[index];
    }
    bits >>= 1;
  }
}

}  // namespace

double triples_statistic(std::span<const double> sorted) {
  if (sorted.size() < 3) return 0;
  const auto count = static_cast<double>(sorted.size());
  return static_cast<double>(skewed_triples(sorted)) / (count * (count - 1) * (count - 2) / 6);
}

double triples_p_value(std::span<const double> residuals, Generator generator) {
  std::vector<double> flipped(residuals.begin(), residuals.end());
  std::ranges::sort(flipped);
  const std::int64_t seen = std::abs(skewed_triples(flipped));
  std::vector<double> magnitudes(residuals.begin(), residuals.end());
  for (double& magnitude : magnitudes) magnitude = std::abs(magnitude);
  std::ranges::sort(magnitudes);
  return sequential_monte_carlo_p([&] {
    draw_signs(magnitudes, generator, flipped);
    return std::abs(skewed_triples(flipped)) >= seen;
  });
}

}  // namespace assay::stats
