#include "stats/sequential/spending.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

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

std::vector<double> proportional_spending(std::span<const int> looks, double alpha) {
  ASSAY_ASSERT(!looks.empty());
  std::vector<double> cumulative;
  cumulative.reserve(looks.size());
  for (const int blocks : looks) cumulative.push_back(alpha * blocks / looks.back());
  return cumulative;
}

namespace {

std::vector<double> pocock_spending(std::span<const int> looks, double alpha) {
  std::vector<double> cumulative;
  cumulative.reserve(looks.size());
  for (const int blocks : looks.first(looks.size() - 1)) {
    cumulative.push_back(alpha * std::log1p((std::numbers::e - 1) * blocks / looks.back()));
  }
  cumulative.push_back(alpha);
  return cumulative;
}

}  // namespace

std::vector<double> cumulative_spending(Spending spending, std::span<const int> looks, double alpha) {
  ASSAY_ASSERT(!looks.empty());
  switch (spending) {
    case Spending::logarithmic:
      break;
    case Spending::proportional:
      return proportional_spending(looks, alpha);
    case Spending::pocock:
      return pocock_spending(looks, alpha);
    case Spending::mixed: {
      std::vector<double> mean = log_spending(looks, alpha);
      const std::vector<double> other = pocock_spending(looks, alpha);
      for (std::size_t look = 0; look < mean.size(); ++look) mean[look] = (mean[look] + other[look]) / 2;
      return mean;
    }
  }
  return log_spending(looks, alpha);
}

}  // namespace assay::stats
