#include "stats/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::stats {
namespace {

constexpr double kTieTolerance = 1e-12;

}  // namespace

MagnitudeRanks rank_magnitudes(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto magnitude = [&](std::size_t place) { return std::abs(values[place]); };
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return magnitude(left) < magnitude(right); });

  MagnitudeRanks ranks{.doubled = std::vector<std::int32_t>(values.size())};
  for (std::size_t begin = 0; begin < order.size();) {
    // All of a group are compared with its smallest: comparing neighbours would let a tie drift.
    const double limit = magnitude(order[begin]) * (1 + kTieTolerance);
    std::size_t end = begin + 1;
    while (end < order.size() && magnitude(order[end]) <= limit) ++end;
    const auto doubled_rank = static_cast<std::int32_t>(begin + 1 + end);
    for (std::size_t member = begin; member < end; ++member) ranks.doubled[order[member]] = doubled_rank;
    if (limit == 0) {
      ranks.zeros = static_cast<int>(end - begin);
    } else if (end - begin > 1) {
      ranks.tied = true;
    }
    begin = end;
  }
  return ranks;
}

}  // namespace assay::stats
