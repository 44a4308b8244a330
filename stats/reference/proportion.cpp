#include "stats/reference/proportion.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/requirements.hpp"

namespace assay::stats {
namespace {

void require_share(Share share) {
  if (share.trials >= 1 && share.count >= 0 && share.count <= share.trials) return;
  throw Error(fmt::format("share {} of {}: expected at least one trial and a count from 0 to their number", share.count,
                          share.trials));
}

double upper_bound(Share share, double tail) {
  if (share.count == share.trials) return 1;
  const BetaShape shape{.first = share.count + 1.0, .second = static_cast<double>(share.trials - share.count)};
  return beta_quantile(shape, 1 - tail);
}

double lower_bound(Share share, double tail) {
  if (share.count == 0) return 0;
  const BetaShape shape{.first = static_cast<double>(share.count), .second = share.trials - share.count + 1.0};
  return beta_quantile(shape, tail);
}

}  // namespace

Interval clopper_pearson_interval(Share share, double confidence) {
  require_share(share);
  require_confidence(confidence);
  const double tail = (1 - confidence) / 2;
  return {.low = lower_bound(share, tail), .high = upper_bound(share, tail)};
}

double clopper_pearson_upper(Share share, double confidence) {
  require_share(share);
  require_confidence(confidence);
  return upper_bound(share, 1 - confidence);
}

double clopper_pearson_lower(Share share, double confidence) {
  require_share(share);
  require_confidence(confidence);
  return lower_bound(share, 1 - confidence);
}

double sign_test(Signs signs, Alternative alternative) {
  if (signs.positives < 0 || signs.negatives < 0) {
    throw Error(fmt::format("sign test of {} positives and {} negatives: expected counts of at least 0",
                            signs.positives, signs.negatives));
  }
  const int trials = signs.positives + signs.negatives;
  if (trials == 0) return 1;
  // Under the fair coin "at most k positives" is "at least trials - k negatives".
  return p_value_of({.at_most = fair_coin_upper_tail({.count = signs.negatives, .trials = trials}),
                     .at_least = fair_coin_upper_tail({.count = signs.positives, .trials = trials})},
                    alternative);
}

double mcnemar_test(DiscordantBlocks blocks, Alternative alternative) {
  return sign_test({.positives = blocks.only_treatment, .negatives = blocks.only_control}, alternative);
}

double fisher_exact_test(const TwoShares& shares, Alternative alternative) {
  require_share(shares.treatment);
  require_share(shares.control);
  const Urn urn{.marked = shares.treatment.count + shares.control.count,
                .total = shares.treatment.trials + shares.control.trials,
                .drawn = shares.treatment.trials};
  const HypergeometricLaw law = hypergeometric_law(urn);
  const int seen_count = shares.treatment.count;
  // Tables with equal probabilities may differ by rounding; R allows the same 1e-7.
  const double as_likely = law.probabilities[static_cast<std::size_t>(seen_count - law.lowest)] * (1 + 1e-7);
  Tails tails{.at_most = 0, .at_least = 0};
  double no_likelier = 0;
  int count = law.lowest;
  for (const double probability : law.probabilities) {
    if (count <= seen_count) tails.at_most += probability;
    if (count >= seen_count) tails.at_least += probability;
    if (probability <= as_likely) no_likelier += probability;
    ++count;
  }
  if (alternative != Alternative::two_sided) return p_value_of(tails, alternative);
  return std::min(1.0, no_likelier);
}

}  // namespace assay::stats
