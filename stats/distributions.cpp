#include "stats/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

#include <boost/math/distributions/binomial.hpp>
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

HypergeometricLaw hypergeometric_law(const Urn& urn) {
  const int lowest = std::max(0, urn.drawn + urn.marked - urn.total);
  const int highest = std::min(urn.drawn, urn.marked);
  const auto likeliest = static_cast<int>(std::int64_t{urn.drawn + 1} * (urn.marked + 1) / (urn.total + 2));
  const int mode = std::clamp(likeliest, lowest, highest);
  HypergeometricLaw law{.lowest = lowest,
                        .probabilities = std::vector<double>(static_cast<std::size_t>(highest - lowest) + 1)};
  const auto at = [&law](int count) -> double& {
    return law.probabilities[static_cast<std::size_t>(count - law.lowest)];
  };
  at(mode) = 1;
  // The ratio of the probabilities of count + 1 and count.
  const auto ratio = [&urn](int count) {
    const double more = static_cast<double>(urn.marked - count) * (urn.drawn - count);
    return more / ((count + 1.0) * (static_cast<double>(urn.total) - urn.marked - urn.drawn + count + 1.0));
  };
  for (int count = mode; count < highest; ++count) at(count + 1) = at(count) * ratio(count);
  for (int count = mode; count > lowest; --count) at(count - 1) = at(count) / ratio(count - 1);
  const double sum = std::accumulate(law.probabilities.begin(), law.probabilities.end(), 0.0);
  for (double& probability : law.probabilities) probability /= sum;
  return law;
}

}  // namespace assay::stats
