#include "stats/diagnosis/block_series.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace assay::stats {

std::vector<double> finite_values(std::span<const double> values) {
  std::vector<double> finite;
  std::ranges::copy_if(values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
  return finite;
}

}  // namespace assay::stats
