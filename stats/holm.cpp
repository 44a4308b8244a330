#include "stats/holm.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace assay::stats {

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  std::vector<std::size_t> ascending(p_values.size());
  std::iota(ascending.begin(), ascending.end(), std::size_t{0});
  std::ranges::stable_sort(ascending, {}, [&](std::size_t index) { return p_values[index]; });
  std::vector<double> adjusted(p_values.size());
  double largest = 0;
  for (std::size_t step = 0; step < ascending.size(); ++step) {
    const double scaled = static_cast<double>(ascending.size() - step) * p_values[ascending[step]];
    largest = std::max(largest, std::min(1.0, scaled));
    adjusted[ascending[step]] = largest;
  }
  return adjusted;
}

}  // namespace assay::stats
