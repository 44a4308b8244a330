#include "stats/sequential/spending.hpp"

#include <cmath>

#include "core/assert.hpp"

namespace assay::stats {

std::vector<double> log_spending(std::span<const int> looks, double alpha) {
  ASSAY_ASSERT(!looks.empty());
  std::vector<double> cumulative;
  cumulative.reserve(looks.size());
  if (looks.size() > 1) {
    const double first = looks[0];
    const double origin = first * first / looks[1];
    const double whole = std::log(looks.back() / origin);
    for (const int blocks : looks.first(looks.size() - 1)) {
      cumulative.push_back(alpha * std::log(blocks / origin) / whole);
    }
  }
  cumulative.push_back(alpha);
  return cumulative;
}

}  // namespace assay::stats
