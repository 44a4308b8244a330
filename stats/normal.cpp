#include "stats/normal.hpp"

#include <cmath>
#include <numbers>

#include <boost/math/special_functions/erf.hpp>

#include "core/assert.hpp"

namespace assay::stats {

double normal_upper_tail(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double normal_upper_quantile(double probability) {
  ASSAY_ASSERT(probability > 0 && probability < 1);
  return std::numbers::sqrt2 * boost::math::erfc_inv(2 * probability);
}

double normal_density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}

}  // namespace assay::stats
