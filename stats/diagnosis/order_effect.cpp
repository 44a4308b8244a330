#include "stats/diagnosis/order_effect.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/diagnosis_words.hpp"
#include "stats/diagnosis/flagging.hpp"
#include "stats/interval.hpp"
#include "stats/ranks.hpp"
#include "stats/reference/mann_whitney.hpp"
#include "stats/sequential/sequential_monte_carlo.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// +1 where treatment came second.
int orientation(const BlockSeries& series, std::size_t block) {
  return series.treatment_position[block] == 1 ? 1 : -1;
}

/// Signed ranks of the effects about their median, turned by the order: their sum is far from 0 where the effect
/// depends on which arm came second. Ranks, since one disturbed trial in a sum of effects hides the rest; about the
/// median, which no draw of the orders changes, so that a large effect hides nothing either.
std::vector<std::int64_t> oriented_scores(const BlockSeries& series) {
  const double centre = median(series.effects);
  std::vector<double> residuals(series.effects.begin(), series.effects.end());
  for (double& residual : residuals) residual = residual == centre ? 0 : residual - centre;
  const MagnitudeRanks ranks = rank_magnitudes(residuals);
  std::vector<std::int64_t> scores;
  for (std::size_t block = 0; block < residuals.size(); ++block) {
    const int sign = (residuals[block] > 0 ? 1 : 0) - (residuals[block] < 0 ? 1 : 0);
    scores.push_back(std::int64_t{orientation(series, block)} * sign * ranks.doubled[block]);
  }
  return scores;
}

double sign_flip_p(std::span<const std::int64_t> scores, Generator generator) {
  const std::int64_t seen = std::abs(std::accumulate(scores.begin(), scores.end(), std::int64_t{0}));
  return sequential_monte_carlo_p([&] {
    std::int64_t sum = 0;
    std::uint64_t bits = 0;
    for (std::size_t block = 0; block < scores.size(); ++block) {
      if (block % 64 == 0) bits = generator();
      sum += (bits & 1U) != 0 ? scores[block] : -scores[block];
      bits >>= 1;
    }
    return std::abs(sum) >= seen;
  });
}

/// The values of the trials that came first in their block. A failed trial counts as beyond all others on the side that
/// the block's effect shows.
struct FirstInBlock {
  std::vector<double> treatment;
  std::vector<double> control;

  explicit FirstInBlock(const BlockSeries& series) {
    for (std::size_t block = 0; block < series.effects.size(); ++block) {
      const bool treatment_first = series.treatment_position[block] == 0;
      const double value = treatment_first ? series.treatment[block] : series.control[block];
      const double towards_failure = treatment_first ? series.effects[block] : -series.effects[block];
      std::vector<double>& arm = treatment_first ? treatment : control;
      if (std::isfinite(value)) {
        arm.push_back(value);
      } else if (std::isinf(towards_failure)) {
        arm.push_back(std::copysign(kInfinity, towards_failure));
      }  // where both trials failed the value is of no side
    }
  }

  [[nodiscard]] TwoSamples samples() const { return {.treatment = treatment, .control = control}; }
};

/// By how much the second trial of a block exceeds the first, apart from the arms: half the shift between the orders.
double second_against_first(const BlockSeries& series) {
  std::vector<double> second;
  std::vector<double> first;
  for (std::size_t block = 0; block < series.effects.size(); ++block) {
    (orientation(series, block) > 0 ? second : first).push_back(series.effects[block]);
  }
  return hodges_lehmann_shift({.treatment = second, .control = first}) / 2;
}

bool testable(const BlockSeries& series) {
  const std::ptrdiff_t second = std::ranges::count(series.treatment_position, 1);
  return series.effects.size() >= kFewestDiagnosedBlocks && second >= 2 && std::ssize(series.effects) - second >= 2 &&
         std::isfinite(median(series.effects));
}

}  // namespace

OrderEffect find_order_effect(const BlockSeries& series, Generator generator) {
  const bool is_duet = series.positions == Positions::on_cpus;
  OrderEffect result;
  result.diagnostic.kind = is_duet ? DiagnosticKind::cpu_effect : DiagnosticKind::order_effect;
  if (!testable(series)) return result;
  const std::vector<std::int64_t> scores = oriented_scores(series);
  std::int64_t largest = 0;
  for (const std::int64_t score : scores) largest += std::abs(score);
  if (largest == 0) return result;
  const std::int64_t sum = std::accumulate(scores.begin(), scores.end(), std::int64_t{0});

  Diagnostic& diagnostic = result.diagnostic;
  diagnostic.statistic = static_cast<double>(sum) / static_cast<double>(largest);
  diagnostic.p = sign_flip_p(scores, generator);
  diagnostic.flag = *diagnostic.p < kDiagnosticLevel;
  if (!diagnostic.flag) return result;
  if (is_duet) {  // trials of one moment carry nothing over into each other that the first alone would be free of
    diagnostic.note = fmt::format(
        "the second CPU differs from the first by {}; which arm has it is drawn by coin, so the comparison is fair",
        change_words(series, second_against_first(series)));
    return result;
  }

  diagnostic.note =
      fmt::format("the second trial of a block differs from the first by {}; random order keeps the comparison fair",
                  change_words(series, second_against_first(series)));
  const FirstInBlock first(series);
  if (first.treatment.empty() || first.control.empty()) return result;
  result.first_in_block_effect = hodges_lehmann_shift(first.samples());
  result.first_in_block_interval = shift_interval(first.samples(), 0.95);
  diagnostic.note += fmt::format(", and from first trials alone the effect is {} (95 % interval {} to {})",
                                 change_words(series, *result.first_in_block_effect),
                                 change_words(series, result.first_in_block_interval->low),
                                 change_words(series, result.first_in_block_interval->high));
  return result;
}

}  // namespace assay::stats
