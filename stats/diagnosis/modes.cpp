#include "stats/diagnosis/modes.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/diagnosis_words.hpp"
#include "stats/diagnosis/dip.hpp"
#include "stats/diagnosis/flagging.hpp"
#include "stats/reference/proportion.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

constexpr double kSmallestShare = 0.15;
constexpr double kGapInSpreads = 3;

/// Sorted values cut in two: the upper mode starts at index `upper`.
struct Cut {
  std::size_t upper = 0;
  double gap = 0;
};

/// Values that either mode must hold: one slow trial is no mode.
std::size_t fair_share(std::span<const double> sorted) {
  return static_cast<std::size_t>(std::ceil(kSmallestShare * static_cast<double>(sorted.size())));
}

/// The largest gap that leaves a fair share on both sides.
Cut widest_gap(std::span<const double> sorted) {
  const std::size_t fewest = fair_share(sorted);
  Cut widest{.upper = fewest};
  for (std::size_t upper = fewest; upper + fewest <= sorted.size(); ++upper) {
    const double gap = sorted[upper] - sorted[upper - 1];
    if (gap > widest.gap) widest = {.upper = upper, .gap = gap};
  }
  return widest;
}

/// Width of the middle 95 %.
double spread_of(std::span<const double> sorted) {
  return quantile_of_sorted(sorted, 0.975) - quantile_of_sorted(sorted, 0.025);
}

bool gap_is_wide(std::span<const double> sorted, const Cut& cut, double step) {
  const double spread = std::max(spread_of(sorted.first(cut.upper)), spread_of(sorted.subspan(cut.upper)));
  return cut.gap > kGapInSpreads * std::max(spread, step);
}

/// The cut that leaves a fair share on both sides and the least sum of squares within them.
std::size_t least_squares_cut(std::span<const double> sorted) {
  const double centre = mean(sorted);
  double below = 0;
  double most = -1;
  const std::size_t fewest = fair_share(sorted);
  std::size_t best = fewest;
  for (std::size_t upper = 1; upper + fewest <= sorted.size(); ++upper) {
    below += sorted[upper - 1] - centre;
    if (upper < fewest) continue;
    // Sum of squares between the parts, about the common mean.
    const auto lower_count = static_cast<double>(upper);
    const auto upper_count = static_cast<double>(sorted.size() - upper);
    const double between = below * below * (1 / lower_count + 1 / upper_count);
    if (between > most) {
      most = between;
      best = upper;
    }
  }
  return best;
}

/// A coarse clock puts many values on one point, each of which looks like a mode: they are spread over the step.
std::vector<double> spread_over_step(std::span<const double> sorted, double step, Generator& generator) {
  std::vector<double> spread(sorted.begin(), sorted.end());
  for (double& value : spread) value += step * (generator.uniform() - 0.5);
  std::ranges::sort(spread);
  return spread;
}

/// Whether an arm's trials are in the upper mode more often than the other's.
struct UpperShares {
  int control = 0;
  int treatment = 0;
  int blocks = 0;
  double p = 1;
};

UpperShares upper_shares(const BlockSeries& series, double threshold) {
  UpperShares shares;
  DiscordantBlocks discordant;
  for (std::size_t block = 0; block < series.control.size(); ++block) {
    if (!std::isfinite(series.control[block]) || !std::isfinite(series.treatment[block])) continue;
    const bool control = series.control[block] >= threshold;
    const bool treatment = series.treatment[block] >= threshold;
    ++shares.blocks;
    shares.control += control ? 1 : 0;
    shares.treatment += treatment ? 1 : 0;
    discordant.only_control += control && !treatment ? 1 : 0;
    discordant.only_treatment += treatment && !control ? 1 : 0;
  }
  // The sign-flip test of differences that are -1, 0 or 1.
  shares.p = mcnemar_test(discordant, Alternative::two_sided);
  return shares;
}

std::string words_of(const BlockSeries& series, std::span<const double> sorted, std::size_t upper) {
  const double share = 100 * static_cast<double>(sorted.size() - upper) / static_cast<double>(sorted.size());
  std::string words = fmt::format("control has two modes, about {} ({:.0f} %) and {} ({:.0f} %)",
                                  value_words(series, median(sorted.first(upper))), 100 - share,
                                  value_words(series, median(sorted.subspan(upper))), share);
  const UpperShares shares = upper_shares(series, sorted[upper] / 2 + sorted[upper - 1] / 2);
  if (shares.p >= kDiagnosticLevel) return words;
  const double in_percent = 100.0 / shares.blocks;
  return words + fmt::format(
                     "; treatment is in the upper one in {:.0f} % of its trials, control in {:.0f} %: the effect may "
                     "be a change of shares",
                     shares.treatment * in_percent, shares.control * in_percent);
}

}  // namespace

Diagnostic find_modes(const BlockSeries& series, double step, Generator generator) {
  Diagnostic diagnostic{.kind = DiagnosticKind::modes};
  std::vector<double> sorted = finite_values(series.control);
  if (sorted.size() < kFewestBlocksApproximate) return diagnostic;
  std::ranges::sort(sorted);
  if (sorted.front() == sorted.back()) return diagnostic;

  const Cut cut = widest_gap(sorted);
  const bool wide_gap = gap_is_wide(sorted, cut, step);
  diagnostic.statistic = dip_statistic(spread_over_step(sorted, step, generator));
  diagnostic.p = dip_p_value(diagnostic.statistic, static_cast<int>(sorted.size()), generator);
  diagnostic.flag = wide_gap || *diagnostic.p < kDiagnosticLevel;
  if (diagnostic.flag) diagnostic.note = words_of(series, sorted, wide_gap ? cut.upper : least_squares_cut(sorted));
  return diagnostic;
}

}  // namespace assay::stats
