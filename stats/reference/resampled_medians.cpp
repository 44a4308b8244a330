#include "stats/reference/resampled_medians.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace assay::stats {
namespace {

/// A gamma variable with a whole shape of at least 1.
/// Source: Marsaglia and Tsang (2000), ACM Transactions on Mathematical Software 26(3):363-372.
double gamma_variable(std::size_t shape, Generator& generator) {
  const double scale = static_cast<double>(shape) - 1.0 / 3;
  const double slope = 1 / std::sqrt(9 * scale);
  while (true) {
    const double normal = generator.normal();
    const double root = 1 + slope * normal;
    if (root <= 0) continue;
    const double cube = root * root * root;
    const double square = normal * normal;
    const double uniform = generator.uniform();
    if (uniform < 1 - 0.0331 * square * square) return scale * cube;
    if (std::log(uniform) < square / 2 + scale * (1 - cube + std::log(cube))) return scale * cube;
  }
}

double exponential_variable(Generator& generator) {
  return -std::log1p(-generator.uniform());
}

}  // namespace

double ResampledMedians::at(double share) const {
  const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted_.size()));
  return sorted_[std::min(index, sorted_.size() - 1)];
}

double ResampledMedians::draw(Generator& generator) const {
  const std::size_t half = sorted_.size() / 2;
  if (sorted_.size() % 2 == 1) {
    const double below = gamma_variable(half + 1, generator);
    return at(below / (below + gamma_variable(half + 1, generator)));
  }
  const double below = gamma_variable(half, generator);
  const double between = exponential_variable(generator);
  const double all = below + between + gamma_variable(half, generator);
  return (at(below / all) + at((below + between) / all)) / 2;
}

}  // namespace assay::stats
