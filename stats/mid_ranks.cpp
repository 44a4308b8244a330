#include "stats/mid_ranks.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace assay::stats {

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

}  // namespace assay::stats
