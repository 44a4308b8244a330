#include "stats/anytime/evidence_process.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/distributions.hpp"

namespace assay::stats {
namespace {

constexpr double kNone = -std::numeric_limits<double>::infinity();
constexpr std::array<double, 6> kBetSizes = {0.15, 0.3, 0.6, 1.2, 2.4, 4.8};
/// A bet never stakes everything, so no single block can end it.
constexpr double kLargestStake = 0.999;
constexpr double kClip = 2;
/// The probabilities of a sign that the one-sided bets assume.
constexpr std::array<double, 6> kSignChances = {0.55, 0.65, 0.75, 0.85, 0.95, 0.99};

/// ln((e^first + e^second + ...) / count) of the terms, without overflow.
template <std::size_t Count>
double log_mean(const std::array<double, Count>& logarithms) {
  const double largest = *std::ranges::max_element(logarithms);
  double sum = 0;
  for (const double logarithm : logarithms) sum += std::exp(logarithm - largest);
  return largest + std::log(sum / static_cast<double>(Count));
}

/// An effect's distance from the null effect in units of a scale, kept within +-kClip.
double clipped(double effect, double null_effect, double scale) {
  const double distance = effect - null_effect;
  if (distance == 0) return 0;
  if (scale == 0 || std::isinf(distance)) return std::copysign(kClip, distance);
  return std::clamp(distance / scale, -kClip, kClip);
}

}  // namespace

void EvidenceProcess::add(double effect, double scale) {
  if (started_) bet(clipped(effect, null_effect_, scale));
  started_ = true;
  if (effect > null_effect_) ++above_;
  if (effect < null_effect_) ++below_;
}

void EvidenceProcess::bet(double distance) {
  for (std::size_t bet = 0; bet < kBets; ++bet) {
    const double stake = kLargestStake * std::tanh(kBetSizes[bet] * distance);
    above_bets_[bet] += std::log1p(stake);
    below_bets_[bet] += std::log1p(-stake);
  }
}

Evidence EvidenceProcess::evidence() const {
  Evidence result{.log_clip_above = log_mean(above_bets_), .log_clip_below = log_mean(below_bets_)};
  result.log_sign = log_sign();
  // (above + below) / 4 + sign / 2 is the mean of four terms, two of which are the sign's.
  result.log_total =
      log_mean(std::array{result.log_clip_above, result.log_clip_below, result.log_sign, result.log_sign});
  return result;
}

double EvidenceProcess::log_part_below() const {
  if (above_ > below_) return kNone;
  return log_mean(std::array{kNone, log_mean(below_bets_), log_sign(), log_sign()});
}

double EvidenceProcess::log_part_above() const {
  if (below_ > above_) return kNone;
  return log_mean(std::array{log_mean(above_bets_), kNone, log_sign(), log_sign()});
}

double EvidenceProcess::log_one_sided_below() const {
  return log_mean(std::array{log_mean(below_bets_), log_sign_bets({.winning = below_, .losing = above_})});
}

double EvidenceProcess::log_one_sided_above() const {
  return log_mean(std::array{log_mean(above_bets_), log_sign_bets({.winning = above_, .losing = below_})});
}

/// The mixture of all probabilities of "above" over the Jeffreys prior, against a fair coin.
double EvidenceProcess::log_sign() const {
  const double count = above_ + below_;
  const double mixture = log_beta({.first = above_ + 0.5, .second = below_ + 0.5});
  return count * std::log(2.0) + mixture - log_beta({.first = 0.5, .second = 0.5});
}

/// A few probabilities of the winning sign, each above 1/2, against a fair coin.
double EvidenceProcess::log_sign_bets(const Counts& counts) {
  std::array<double, kSignChances.size()> bets{};
  for (std::size_t bet = 0; bet < bets.size(); ++bet) {
    bets[bet] =
        counts.winning * std::log(2 * kSignChances[bet]) + counts.losing * std::log(2 * (1 - kSignChances[bet]));
  }
  return log_mean(bets);
}

EvidenceProcess evidence_after(double null_effect, std::span<const double> effects, std::span<const double> scales) {
  EvidenceProcess process(null_effect);
  for (std::size_t block = 0; block < effects.size(); ++block) process.add(effects[block], scales[block]);
  return process;
}

}  // namespace assay::stats
