#include "stats/steady/steady_state.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/assert.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// Levels closer than this count as equal: half a standard deviation of the noise, or half a percent.
constexpr double kToleranceInDeviations = 0.5;
constexpr double kRelativeTolerance = 0.005;
/// Share of the range of the values, used if their median is 0.
constexpr double kLeastScale = 1e-6;
/// The share of a steady state that bursts may take without ending it.
constexpr double kBurstShare = 0.05;
/// A better level counts only if it lasted for at least this many iterations.
constexpr std::size_t kShortestLevel = 10;
/// Fewer than four slow iterations at the very start do not form a segment of their own.
constexpr std::size_t kMostFirst = 3;
/// How unlikely it must be that they are the slowest by chance, and how far away they must lie.
constexpr double kFirstLevel = 0.005;
constexpr double kFirstDeviations = 3;

/// The searched series: logarithms if all values are above 0, because times vary in proportion to their level.
struct SearchedSeries {
  std::vector<double> values;
  double scale = 1;  ///< base of a relative tolerance; 0 if all values are 0
};

SearchedSeries searched(std::span<const double> values) {
  SearchedSeries series{.values = {values.begin(), values.end()}};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least > 0) {
    for (double& value : series.values) value = std::log(value);
  } else {
    series.scale = std::max(std::abs(median(values)), kLeastScale * (*most - *least));
  }
  return series;
}

/// Whether two levels count as equal.
struct Likeness {
  double tolerance = 0;
  [[nodiscard]] bool operator()(double first, double second) const { return std::abs(first - second) <= tolerance; }
};

/// The level of most of the last quarter.
double final_level(const std::vector<SeriesSegment>& segments, const Likeness& alike) {
  const std::size_t quarter = latest_steady_start(segments.back().end);
  double level = segments.back().level;
  std::size_t most = 0;
  for (const SeriesSegment& candidate : segments) {
    std::size_t count = 0;
    for (const SeriesSegment& other : segments) {
      if (other.end > quarter && alike(candidate.level, other.level))
        count += other.end - std::max(other.start, quarter);
    }
    if (count < most) continue;  // of equals the latest
    most = count;
    level = candidate.level;
  }
  return level;
}

/// The first segment from which on everything except bursts is at the level; the number of segments if there is none.
std::size_t first_steady_segment(const std::vector<SeriesSegment>& segments, double level, const Likeness& alike) {
  std::size_t first = segments.size();
  std::size_t elsewhere = 0;
  const std::size_t end = segments.back().end;
  for (std::size_t index = segments.size(); index-- > 0;) {
    const SeriesSegment& segment = segments[index];
    if (!alike(segment.level, level)) {
      elsewhere += segment.length();
    } else if (static_cast<double>(elsewhere) <= kBurstShare * static_cast<double>(end - segment.start)) {
      first = index;
    }
  }
  return first;
}

/// Whether some level before the steady state was better.
bool was_better_before(std::span<const SeriesSegment> before, double level, const Likeness& alike,
                       Direction direction) {
  return std::any_of(before.begin(), before.end(), [&](const SeriesSegment& segment) {
    const bool better = direction == Direction::lower ? segment.level < level : segment.level > level;
    return better && !alike(segment.level, level) && segment.length() >= kShortestLevel;
  });
}

/// How many iterations at the very start, at most three, are far worse than the rest, for example because code is
/// loaded. All of the first k must be among the r worst of n, which happens by chance in a share r (r - 1) .. / n (n -
/// 1) .. of the orders.
std::size_t worse_at_first(std::span<const double> series, double deviation, Direction direction) {
  std::vector<double> worse(series.begin(), series.end());
  if (direction == Direction::higher) std::transform(worse.begin(), worse.end(), worse.begin(), std::negate<>());
  const double near = median(worse) + kFirstDeviations * deviation;
  for (std::size_t count = kMostFirst; count > 0; --count) {
    const double least = *std::min_element(worse.begin(), worse.begin() + static_cast<std::ptrdiff_t>(count));
    const auto as_bad = std::count_if(worse.begin(), worse.end(), [least](double value) { return value >= least; });
    double by_chance = 1;
    for (std::size_t index = 0; index < count; ++index) {
      by_chance *=
          static_cast<double>(as_bad - static_cast<std::ptrdiff_t>(index)) / static_cast<double>(worse.size() - index);
    }
    if (least > near && by_chance <= kFirstLevel) return count;
  }
  return 0;
}

/// Means of equally many neighbours, as few as keep the search short. The last values that fill no group are left out.
std::vector<double> grouped(std::span<const double> series, std::size_t group) {
  if (group == 1) return {series.begin(), series.end()};
  std::vector<double> means;
  for (std::size_t first = 0; first + group <= series.size(); first += group) {
    means.push_back(mean(series.subspan(first, group)));
  }
  return means;
}

}  // namespace

std::size_t latest_steady_start(std::size_t iterations) {
  return iterations - (iterations + 3) / 4;
}

SteadyState find_steady_state(std::span<const double> iterations, Direction direction) {
  ASSAY_ASSERT(iterations.size() >= kFewestIterations);
  const SearchedSeries whole = searched(iterations);
  const double least = kRelativeTolerance * whole.scale;
  if (least == 0) return {.segments = {{0, iterations.size(), 0}}};
  const std::size_t group = (iterations.size() + kMostSearched - 1) / kMostSearched;
  const std::vector<double> series = grouped(whole.values, group);
  const SeriesDivision division = divide_series(series, least / 10);
  const double deviation = std::sqrt(division.noise.variance);
  const Likeness alike{std::max(kToleranceInDeviations * deviation, least)};

  SteadyState state{.segments = division.segments};
  const double level = final_level(state.segments, alike);
  const std::size_t first = first_steady_segment(state.segments, level, alike);
  if (first == state.segments.size() || state.segments[first].start > latest_steady_start(series.size())) {
    state.series_class = SeriesClass::no_steady_state;
    state.start = latest_steady_start(iterations.size());
  } else {
    state.start = group * std::max(state.segments[first].start, worse_at_first(series, deviation, direction));
    if (state.start > 0) state.series_class = SeriesClass::warm_up;
    if (was_better_before(std::span(state.segments).first(first), level, alike, direction)) {
      state.series_class = SeriesClass::slow_down;
    }
  }
  for (SeriesSegment& segment : state.segments) segment = {group * segment.start, group * segment.end, segment.level};
  state.segments.back().end = iterations.size();
  return state;
}

}  // namespace assay::stats
