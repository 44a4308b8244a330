#include "stats/normal.hpp"

#include <boost/math/distributions/normal.hpp>

namespace assay::stats {

double normal_upper_tail(double z) {
  return boost::math::cdf(boost::math::complement(boost::math::normal(), z));
}

double normal_upper_quantile(double probability) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), probability));
}

double normal_density(double z) {
  return boost::math::pdf(boost::math::normal(), z);
}

}  // namespace assay::stats
