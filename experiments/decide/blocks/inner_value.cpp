#include "experiments/decide/blocks/inner_value.hpp"

#include <algorithm>
#include <numeric>

#include "stats/summary.hpp"

namespace assay::decide {

double inner_value(const std::vector<double>& values, InnerStatistic statistic) {
  switch (statistic) {
    case InnerStatistic::median:
      return stats::median(values);
    case InnerStatistic::min:
      return *std::min_element(values.begin(), values.end());
    case InnerStatistic::mean:
      break;
  }
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace assay::decide
