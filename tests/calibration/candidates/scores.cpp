#include "tests/calibration/candidates/scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "stats/distributions.hpp"
#include "stats/ranks.hpp"
#include "stats/summary.hpp"

namespace assay::candidates {
namespace {

/// What scores that are no integers add up to at most: sums of 22 bits are sorted in two passes.
constexpr double kLargestSum = 2'000'000;
constexpr double kDeviationsKept = 1.5;
constexpr double kDeviationOfMedianMagnitude = 1.4826;
constexpr std::size_t kBlocksAround = 5;  ///< on each side

std::vector<double> differences(const TimedBlocks& blocks) {
  std::vector<double> result = blocks.second;
  for (std::size_t block = 0; block < result.size(); ++block) result[block] -= blocks.first[block];
  return result;
}

double median_magnitude(std::vector<double> values) {
  for (double& value : values) value = std::abs(value);
  return stats::median(values);
}

std::vector<std::int32_t> as_integers(const std::vector<double>& scores) {
  double sum = 0;
  for (const double score : scores) sum += std::abs(score);
  std::vector<std::int32_t> result;
  for (const double score : scores) {
    result.push_back(sum > 0 ? static_cast<std::int32_t>(std::lround(score * (kLargestSum / sum))) : 0);
  }
  return result;
}

std::vector<std::int32_t> signed_ranks(const std::vector<double>& effects) {
  std::vector<std::int32_t> ranks = stats::rank_magnitudes(effects).doubled;
  for (std::size_t block = 0; block < effects.size(); ++block) {
    if (effects[block] <= 0) ranks[block] = effects[block] < 0 ? -ranks[block] : 0;
  }
  return ranks;
}

/// `turned` of each rank as a share of all, with the sign of its effect.
template <class Turned>
std::vector<std::int32_t> turned_ranks(const std::vector<double>& effects, const Turned& turned) {
  std::vector<double> scores;
  for (const std::int32_t doubled : signed_ranks(effects)) {
    const double share = std::abs(doubled) / (2 * (static_cast<double>(effects.size()) + 1));
    scores.push_back(doubled == 0 ? 0 : std::copysign(turned(share), doubled));
  }
  return as_integers(scores);
}

/// Each effect through `bounded`, in standard deviations.
template <class Bounded>
std::vector<std::int32_t> bounded_effects(std::vector<double> effects, const Bounded& bounded) {
  const double deviation = kDeviationOfMedianMagnitude * median_magnitude(effects);
  if (deviation == 0) return signed_ranks(effects);
  for (double& effect : effects) effect = bounded(effect / deviation);
  return as_integers(effects);
}

/// Twice the mid-rank of each trial among all trials: the first ones of the blocks, then the second ones.
std::vector<double> pooled_ranks(const TimedBlocks& blocks) {
  std::vector<double> all = blocks.first;
  all.insert(all.end(), blocks.second.begin(), blocks.second.end());
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t trial) { return all[trial]; });
  std::vector<double> ranks(all.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && all[order[end]] - all[order[begin]] <= 1e-12) ++end;
    for (std::size_t place = begin; place < end; ++place) ranks[order[place]] = static_cast<double>(begin + end + 1);
    begin = end;
  }
  return ranks;
}

std::vector<std::int32_t> pooled_differences(std::vector<double> of_trials) {
  const std::size_t blocks = of_trials.size() / 2;
  std::vector<double> scores;
  for (std::size_t block = 0; block < blocks; ++block) scores.push_back(of_trials[blocks + block] - of_trials[block]);
  return as_integers(scores);
}

/// Least squares on two covariates that are centred, as are the effects.
std::vector<double> regressed(std::vector<double> effects, std::array<std::vector<double>, 2> covariates) {
  const auto centre = [](std::vector<double>& values) {
    const double mean = stats::mean(values);
    for (double& value : values) value -= mean;
  };
  const auto product = [](const std::vector<double>& left, const std::vector<double>& right) {
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0);
  };
  std::vector<double> centred = effects;
  centre(centred);
  for (std::vector<double>& covariate : covariates) centre(covariate);
  const auto& [before, after] = covariates;
  const double both = product(before, after);
  const double determinant = product(before, before) * product(after, after) - both * both;
  if (!(determinant > 1e-12 * product(before, before) * product(after, after))) return effects;
  const double of_before = product(before, centred);
  const double of_after = product(after, centred);
  const double slope_before = (of_before * product(after, after) - of_after * both) / determinant;
  const double slope_after = (of_after * product(before, before) - of_before * both) / determinant;
  for (std::size_t block = 0; block < effects.size(); ++block) {
    effects[block] -= slope_before * before[block] + slope_after * after[block];
  }
  return effects;
}

std::vector<double> without_neighbours(const TimedBlocks& blocks) {
  const std::size_t count = blocks.first.size();
  std::vector<double> before(count, stats::mean(blocks.second));
  std::vector<double> after(count, stats::mean(blocks.first));
  for (std::size_t block = 1; block < count; ++block) {
    before[block] = blocks.second[block - 1];
    after[block - 1] = blocks.first[block];
  }
  return regressed(differences(blocks), {before, after});
}

std::vector<double> locally_scaled(const std::vector<double>& effects) {
  std::vector<double> scaled;
  for (std::size_t block = 0; block < effects.size(); ++block) {
    const std::size_t begin = block - std::min(block, kBlocksAround);
    const std::size_t end = std::min(effects.size(), block + kBlocksAround + 1);
    const double local = median_magnitude(
        {effects.begin() + static_cast<std::ptrdiff_t>(begin), effects.begin() + static_cast<std::ptrdiff_t>(end)});
    scaled.push_back(local > 0 ? effects[block] / local : effects[block]);
  }
  return scaled;
}

}  // namespace

std::vector<std::int32_t> scores_of(Scores kind, const TimedBlocks& blocks) {
  std::vector<double> effects = differences(blocks);
  switch (kind) {
    case Scores::signed_ranks:
      break;
    case Scores::normal:
      return turned_ranks(effects, [](double share) { return -stats::normal_upper_quantile((1 + share) / 2); });
    case Scores::logarithmic: {
      const auto all = static_cast<double>(effects.size()) + 1;
      return turned_ranks(effects, [all](double share) { return std::log1p(share * all); });
    }
    case Scores::plain:
      return as_integers(effects);
    case Scores::winsorised:
      return bounded_effects(std::move(effects),
                             [](double z) { return std::clamp(z, -kDeviationsKept, kDeviationsKept); });
    case Scores::hyperbolic:
      return bounded_effects(std::move(effects), [](double z) { return std::tanh(z); });
    case Scores::pooled_ranks:
      return pooled_differences(pooled_ranks(blocks));
    case Scores::pooled_normal: {
      std::vector<double> quantiles = pooled_ranks(blocks);
      for (double& rank : quantiles) {
        rank = -stats::normal_upper_quantile(rank / (2 * (static_cast<double>(quantiles.size()) + 1)));
      }
      return pooled_differences(std::move(quantiles));
    }
    case Scores::order_adjusted: {
      const double usual = stats::median(effects);
      for (double& effect : effects) effect -= usual;
      break;
    }
    case Scores::neighbour_adjusted:
      effects = without_neighbours(blocks);
      break;
    case Scores::locally_scaled:
      effects = locally_scaled(effects);
      break;
  }
  return signed_ranks(effects);
}

}  // namespace assay::candidates
