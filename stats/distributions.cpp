#include "stats/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "core/assert.hpp"

namespace assay::stats {

using boost::math::complement;

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

double student_upper_tail(double t, double degrees_of_freedom) {
  if (std::isinf(t)) return t > 0 ? 0 : 1;
  return cdf(complement(boost::math::students_t(degrees_of_freedom), t));
}

double student_upper_quantile(double probability, double degrees_of_freedom) {
  return quantile(complement(boost::math::students_t(degrees_of_freedom), probability));
}

double fair_coin_upper_tail(Share share) {
  if (share.count <= 0) return 1;
  return cdf(complement(boost::math::binomial(share.trials, 0.5), share.count - 1));
}

double beta_quantile(BetaShape shape, double probability) {
  return boost::math::ibeta_inv(shape.first, shape.second, probability);
}

double log_beta(BetaShape shape) {
  using boost::math::lgamma;
  return lgamma(shape.first) + lgamma(shape.second) - lgamma(shape.first + shape.second);
}

double hypergeometric_probability(const Urn& urn, int marked_drawn) {
  const int lowest = std::max(0, urn.drawn + urn.marked - urn.total);
  const int highest = std::min(urn.drawn, urn.marked);
  if (marked_drawn < lowest || marked_drawn > highest) return 0;
  const boost::math::hypergeometric law(static_cast<unsigned>(urn.marked), static_cast<unsigned>(urn.drawn),
                                        static_cast<unsigned>(urn.total));
  return pdf(law, static_cast<unsigned>(marked_drawn));
}

}  // namespace assay::stats
