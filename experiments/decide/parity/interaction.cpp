#include "experiments/decide/parity/interaction.hpp"

#include <algorithm>
#include <cmath>

#include "stats/holm.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// Makes a median absolute deviation of normal values their standard deviation.
constexpr double kMadToDeviation = 1.4826;
constexpr double kMostBlocks = 1e6;

bool is_comparable(const SideEffects& side) {
  return static_cast<int>(side.effects.size()) >= kFewestParityBlocks;
}

/// The variance of a side's location, as far as its spread tells.
double variance_of_location(const SideEffects& side) {
  std::vector<double> finite;
  for (const double effect : side.effects) {
    if (std::isfinite(effect)) finite.push_back(effect);
  }
  if (finite.empty()) return 0;
  std::sort(finite.begin(), finite.end());
  const double deviation = kMadToDeviation * stats::median_absolute_deviation(finite);
  return deviation * deviation / static_cast<double>(side.effects.size());
}

int more_blocks(const SideEffects& side, double growth) {
  const double more = std::ceil(static_cast<double>(side.effects.size()) * (growth - 1));
  return static_cast<int>(std::clamp(more, 0.0, kMostBlocks));
}

/// The width of the interval falls with the root of the summed variances. It is to fit between the estimate and the
/// nearest decision: 0 or the margin. If the noisier side alone can bring that, only its blocks are asked for.
std::vector<MissingBlocks> missing_blocks(const ParityPair& pair, const SideEffects& first, const SideEffects& second,
                                          double margin) {
  const double half_width = (pair.interval.high - pair.interval.low) / 2;
  const double size = std::abs(pair.estimate);
  const double wanted = std::max(size, margin - size);
  const double variance_first = variance_of_location(first);
  const double variance_second = variance_of_location(second);
  const double variance = variance_first + variance_second;
  if (!std::isfinite(half_width) || variance <= 0 || wanted <= 0) return {};
  const double allowed = variance * std::min(1.0, (wanted / half_width) * (wanted / half_width));
  const bool second_is_noisier = variance_second >= variance_first;
  const SideEffects& noisier = second_is_noisier ? second : first;
  const double of_noisier = second_is_noisier ? variance_second : variance_first;
  const double left = allowed - (variance - of_noisier);
  if (left > of_noisier / 16) return {{noisier.environment_name, std::max(1, more_blocks(noisier, of_noisier / left))}};
  return {{first.environment_name, std::max(1, more_blocks(first, variance / allowed))},
          {second.environment_name, std::max(1, more_blocks(second, variance / allowed))}};
}

ParityVerdict interaction_verdict(const ParityPair& pair, const InteractionRule& rule) {
  if (pair.interval.low > -rule.margin && pair.interval.high < rule.margin) return ParityVerdict::agrees;
  return pair.p <= rule.alpha ? ParityVerdict::differs : ParityVerdict::cannot_be_told;
}

}  // namespace

std::vector<ParityPair> interactions(std::span<const SideEffects> sides, const InteractionRule& rule) {
  std::vector<ParityPair> pairs;
  std::vector<std::pair<const SideEffects*, const SideEffects*>> compared;
  for (std::size_t second = 1; second < sides.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      pairs.push_back({.first = sides[first].environment_name, .second = sides[second].environment_name});
      compared.emplace_back(&sides[first], &sides[second]);
    }
  }
  std::vector<double> p_values;
  for (std::size_t index = 0; index < pairs.size(); ++index) {
    const auto& [first, second] = compared[index];
    ParityPair& pair = pairs[index];
    if (!is_comparable(*first) || !is_comparable(*second)) continue;
    const stats::TwoSamples samples{.treatment = second->effects, .control = first->effects};
    pair.confidence = 1 - rule.alpha / static_cast<double>(pairs.size());
    pair.estimate = stats::hodges_lehmann_shift(samples);
    pair.interval = stats::shift_interval(samples, pair.confidence);
    p_values.push_back(stats::mann_whitney_test(samples, stats::Alternative::two_sided).p);
  }
  const std::vector<double> adjusted = stats::holm_adjusted(p_values);
  std::size_t next = 0;
  for (std::size_t index = 0; index < pairs.size(); ++index) {
    const auto& [first, second] = compared[index];
    if (!is_comparable(*first) || !is_comparable(*second)) continue;
    ParityPair& pair = pairs[index];
    pair.p = adjusted[next++];
    pair.verdict = interaction_verdict(pair, rule);
    if (pair.verdict == ParityVerdict::cannot_be_told) {
      pair.missing = missing_blocks(pair, *first, *second, rule.margin);
    }
  }
  return pairs;
}

}  // namespace assay::decide
