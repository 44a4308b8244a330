#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/reference/proportion.hpp"

namespace assay::stats {
namespace {

constexpr int kGrid = 1000;       ///< common rates that are tried before the best one is refined
constexpr int kRefinements = 60;  ///< golden sections, down to 0.618^60 of a grid step
constexpr double kLikelihoodRounding =
    1e-7;  ///< tables as likely as the one seen may differ by that much, as in Fisher's test

double log_choose(int trials, int count) {
  return std::lgamma(trials + 1.0) - std::lgamma(count + 1.0) - std::lgamma(trials - count + 1.0);
}

double binomial_probability(Share share, double rate) {
  return std::exp(log_choose(share.trials, share.count) + share.count * std::log(rate) +
                  (share.trials - share.count) * std::log1p(-rate));
}

/// The tables that support "the share of treatment is greater" at least as strongly: for each count of control, all
/// counts of treatment from some count on, because Fisher's p-value falls with them.
std::vector<int> least_counts(const TwoShares& seen) {
  const double p = fisher_exact_test(seen, Alternative::greater) * (1 + kLikelihoodRounding);
  std::vector<int> least;
  for (int control = 0; control <= seen.control.trials; ++control) {
    int low = 0;
    int high = seen.treatment.trials + 1;  // none
    while (low < high) {
      const int middle = (low + high) / 2;
      const TwoShares table{{middle, seen.treatment.trials}, {control, seen.control.trials}};
      if (fisher_exact_test(table, Alternative::greater) <= p) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    least.push_back(low);
  }
  return least;
}

/// Probability of those tables if both arms have this rate.
double probability_of(const std::vector<int>& least, const TwoShares& seen, double rate) {
  std::vector<double> at_least(static_cast<std::size_t>(seen.treatment.trials) + 2, 0);
  for (int count = seen.treatment.trials; count >= 0; --count) {
    const auto place = static_cast<std::size_t>(count);
    at_least[place] = at_least[place + 1] + binomial_probability({count, seen.treatment.trials}, rate);
  }
  double sum = 0;
  for (int control = 0; control <= seen.control.trials; ++control) {
    const auto from = static_cast<std::size_t>(least[static_cast<std::size_t>(control)]);
    sum += binomial_probability({control, seen.control.trials}, rate) * at_least[from];
  }
  return sum;
}

/// The largest probability over all common rates.
double greater_p_value(const TwoShares& seen) {
  const std::vector<int> least = least_counts(seen);
  const auto at = [&](double rate) { return probability_of(least, seen, rate); };
  int best = 1;
  for (int point = 2; point < kGrid; ++point) {
    if (at(static_cast<double>(point) / kGrid) > at(static_cast<double>(best) / kGrid)) best = point;
  }
  double low = (best - 1.0 + 1e-9) / kGrid;
  double high = (best + 1.0 - 1e-9) / kGrid;
  const double golden = (std::sqrt(5.0) - 1) / 2;
  for (int step = 0; step < kRefinements; ++step) {
    const double left = high - golden * (high - low);
    const double right = low + golden * (high - low);
    const bool rises = at(left) < at(right);
    (rises ? low : high) = rises ? left : right;
  }
  return std::min(1.0, at((low + high) / 2));
}

/// "Less" is "greater" for the trials without the property.
TwoShares complement(const TwoShares& shares) {
  const auto others = [](Share share) { return Share{share.trials - share.count, share.trials}; };
  return {others(shares.treatment), others(shares.control)};
}

}  // namespace

double boschloo_test(const TwoShares& shares, Alternative alternative) {
  (void)fisher_exact_test(shares, alternative);  // refuses what is no share
  switch (alternative) {
    case Alternative::greater:
      return greater_p_value(shares);
    case Alternative::less:
      return greater_p_value(complement(shares));
    case Alternative::two_sided:
      break;
  }
  return std::min(1.0, 2 * std::min(greater_p_value(shares), greater_p_value(complement(shares))));
}

Interval share_difference_interval(const TwoShares& shares, double confidence) {
  const double of_each = std::sqrt(confidence);
  const Interval treatment = clopper_pearson_interval(shares.treatment, of_each);
  const Interval control = clopper_pearson_interval(shares.control, of_each);
  return {.low = treatment.low - control.high, .high = treatment.high - control.low};
}

}  // namespace assay::stats
