#include "stats/e_process.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/predictable_scale.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::array<double, 6> kBets = {0.15, 0.3, 0.6, 1.2, 2.4, 4.8};
/// A bet never stakes everything, so that no single block can end it.
constexpr double kLargestStake = 0.999;
constexpr double kClip = 2;

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

/// The evidence against one null effect, grown block by block.
class EvidenceProcess {
 public:
  explicit EvidenceProcess(double null_effect) : null_effect_(null_effect) {}

  void add(double effect, double scale) {
    if (started_) bet(clipped(effect, null_effect_, scale));
    started_ = true;
    if (effect > null_effect_) ++above_;
    if (effect < null_effect_) ++below_;
  }

  [[nodiscard]] Evidence evidence() const {
    Evidence result{.log_clip_above = log_mean(above_bets_), .log_clip_below = log_mean(below_bets_)};
    result.log_sign = log_sign();
    // (above + below) / 4 + sign / 2 is the mean of four terms, two of which are the sign's.
    result.log_total =
        log_mean(std::array{result.log_clip_above, result.log_clip_below, result.log_sign, result.log_sign});
    return result;
  }

 private:
  void bet(double distance) {
    for (std::size_t bet = 0; bet < kBets.size(); ++bet) {
      const double stake = kLargestStake * std::tanh(kBets[bet] * distance);
      above_bets_[bet] += std::log1p(stake);
      below_bets_[bet] += std::log1p(-stake);
    }
  }

  /// The mixture of all probabilities of "above" over Jeffreys' prior, against a fair coin.
  [[nodiscard]] double log_sign() const {
    const double count = above_ + below_;
    const double mixture = log_beta({.first = above_ + 0.5, .second = below_ + 0.5});
    return count * std::log(2.0) + mixture - log_beta({.first = 0.5, .second = 0.5});
  }

  double null_effect_;
  bool started_ = false;  // the first block has no scale to bet by
  double above_ = 0;
  double below_ = 0;
  std::array<double, kBets.size()> above_bets_{};
  std::array<double, kBets.size()> below_bets_{};
};

double log_evidence(std::span<const double> effects, std::span<const double> scales, double null_effect) {
  EvidenceProcess process(null_effect);
  for (std::size_t block = 0; block < effects.size(); ++block) process.add(effects[block], scales[block]);
  return process.evidence().log_total;
}

/// Where the last accepted null effect lies on the way from `accepted` to `rejected`.
template <class Accepts>
double last_accepted(double accepted, double rejected, Accepts accepts) {
  // The evidence need not grow all the way outwards: from outside in, so that the outermost crossing is the one found.
  constexpr int kSteps = 64;
  for (int step = 1; step < kSteps; ++step) {
    const double candidate = std::lerp(rejected, accepted, static_cast<double>(step) / kSteps);
    if (accepts(candidate)) {
      accepted = candidate;
      rejected = std::lerp(rejected, accepted, 1.0 - 1.0 / step);
      break;
    }
  }
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = accepted / 2 + rejected / 2;
    if (middle == accepted || middle == rejected) break;
    (accepts(middle) ? accepted : rejected) = middle;
  }
  return accepted;
}

}  // namespace

Evidence evidence_against(double null_effect, std::span<const double> effects) {
  const std::vector<double> scales = predictable_scales(effects);
  EvidenceProcess process(null_effect);
  for (std::size_t block = 0; block < effects.size(); ++block) process.add(effects[block], scales[block]);
  return process.evidence();
}

std::vector<double> log_evidence_path(double null_effect, std::span<const double> effects) {
  const std::vector<double> scales = predictable_scales(effects);
  EvidenceProcess process(null_effect);
  std::vector<double> path;
  path.reserve(effects.size());
  for (std::size_t block = 0; block < effects.size(); ++block) {
    process.add(effects[block], scales[block]);
    path.push_back(process.evidence().log_total);
  }
  return path;
}

double anytime_p_value(std::span<const double> log_evidence_path) {
  double highest = 0;
  for (const double log_evidence : log_evidence_path) highest = std::max(highest, log_evidence);
  return std::max(std::exp(-highest), std::numeric_limits<double>::min());
}

Interval confidence_sequence(std::span<const double> effects, double alpha) {
  if (!(alpha > 0 && alpha < 1)) {
    throw Error(fmt::format("alpha {}: expected a number between 0 and 1, for example 0.05", alpha));
  }
  std::vector<double> finite;
  std::ranges::copy_if(effects, std::back_inserter(finite), [](double effect) { return std::isfinite(effect); });
  if (finite.empty()) return {.low = -kInfinity, .high = kInfinity};

  const std::vector<double> scales = predictable_scales(effects);
  const double limit = -std::log(alpha);
  const auto accepts = [&](double null_effect) { return log_evidence(effects, scales, null_effect) < limit; };
  // Beyond the outermost effect by the largest clip every bet is as large as it can be: nothing changes further out.
  double widest = 0;
  for (const double scale : scales) widest = std::isfinite(scale) ? std::max(widest, scale) : widest;
  const auto [lowest, highest] = std::ranges::minmax(finite);
  const double reach = 2 * kClip * widest + (highest - lowest) + std::numeric_limits<double>::min();
  const double centre = median(finite);
  return {.low = accepts(lowest - reach) ? -kInfinity : last_accepted(centre, lowest - reach, accepts),
          .high = accepts(highest + reach) ? kInfinity : last_accepted(centre, highest + reach, accepts)};
}

}  // namespace assay::stats
