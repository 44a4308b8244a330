#include "stats/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace assay::stats {
namespace {

constexpr double kTieTolerance = 1e-12;

}  // namespace

MidRanks mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> ascending(values.size());
  std::iota(ascending.begin(), ascending.end(), std::size_t{0});
  std::ranges::sort(ascending, {}, [&](std::size_t index) { return values[index]; });

  MidRanks result{.ranks = std::vector<double>(values.size()), .ties = {}};
  for (std::size_t first = 0; first < ascending.size();) {
    std::size_t end = first + 1;
    while (end < ascending.size() && values[ascending[end]] == values[ascending[first]]) ++end;
    const double shared = static_cast<double>(first + 1 + end) / 2;
    for (std::size_t place = first; place < end; ++place) result.ranks[ascending[place]] = shared;
    if (end - first > 1) result.ties.push_back(static_cast<std::int64_t>(end - first));
    first = end;
  }
  return result;
}

MagnitudeRanks rank_magnitudes(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto magnitude = [&](std::size_t place) { return std::abs(values[place]); };
  std::sort(order.begin(), order.end(),
            [&](std::size_t left, std::size_t right) { return magnitude(left) < magnitude(right); });

  MagnitudeRanks ranks{.doubled = std::vector<std::int32_t>(values.size())};
  for (std::size_t begin = 0; begin < order.size();) {
    // Each member of a group is compared with the smallest: comparing neighbours would let a tie drift.
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

PrattScores pratt_scores(std::span<const double> effects) {
  MagnitudeRanks ranks = rank_magnitudes(effects);
  PrattScores scores{.doubled = std::move(ranks.doubled), .zeros = ranks.zeros, .tied = ranks.tied};
  for (std::size_t block = 0; block < effects.size(); ++block) {
    if (effects[block] == 0) scores.doubled[block] = 0;
    if (effects[block] > 0) scores.doubled_positive += scores.doubled[block];
    if (effects[block] < 0) scores.doubled_negative += scores.doubled[block];
  }
  return scores;
}

}  // namespace assay::stats
