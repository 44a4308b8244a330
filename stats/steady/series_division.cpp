#include "stats/steady/series_division.hpp"

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"
#include "stats/steady/change_points.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// A change adds two parameters, a level and a position, at ln n each in Schwarz's criterion. A third ln n keeps false
/// changes below 1 % of flat series of 200 values or more (docs/methods/steady-state.md).
constexpr double kPenalty = 3;
constexpr int kMostTurns = 5;

std::vector<SeriesSegment> segments_of(std::span<const double> series, std::span<const std::size_t> changes) {
  std::vector<SeriesSegment> segments;
  std::size_t start = 0;
  for (std::size_t index = 0; index <= changes.size(); ++index) {
    const std::size_t end = index < changes.size() ? changes[index] : series.size();
    segments.push_back({start, end, mean(series.subspan(start, end - start))});
    start = end;
  }
  return segments;
}

}  // namespace

SeriesDivision divide_series(std::span<const double> series, double least_deviation) {
  ASSAY_ASSERT(!series.empty() && least_deviation > 0);
  const std::vector<double> drawn_in = with_far_values_drawn_in(series);
  const double penalty = kPenalty * std::log(static_cast<double>(std::max<std::size_t>(series.size(), 2)));
  std::vector<std::size_t> changes;
  SeriesNoise noise = noise_of(drawn_in, changes);
  double variance = noise.white_variance();
  for (int turn = 0; turn < kMostTurns; ++turn) {
    std::vector<std::size_t> found =
        change_points(drawn_in, penalty * std::max(variance, least_deviation * least_deviation));
    if (turn > 0 && found == changes) break;
    changes = std::move(found);
    noise = noise_of(drawn_in, changes);
    variance = noise.long_run_variance();
  }
  return {segments_of(drawn_in, changes), noise};
}

}  // namespace assay::stats
