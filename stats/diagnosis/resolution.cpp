#include "stats/diagnosis/resolution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/diagnosis_words.hpp"
#include "stats/diagnosis/flagging.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// Relative to the median magnitude: steps below are none, differences below the second are rounding.
constexpr double kSmallestStep = 1e-6;
constexpr double kStepRounding = 1e-9;
constexpr std::size_t kFewestValues = 8;

/// Greatest common divisor of two lengths up to rounding (Euclid).
double common_step(double larger, double smaller, double rounding) {
  while (smaller > rounding) {
    const double rest = std::fmod(larger, smaller);
    larger = smaller;
    // A rest just short of the divisor is a multiple that rounding made short.
    smaller = larger - rest <= rounding ? 0 : rest;
  }
  return larger;
}

/// Distinct values, ascending; values apart by rounding alone are one.
std::vector<double> distinct_values(std::span<const double> values, double rounding) {
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  const auto same = [rounding](double first, double second) { return second - first <= rounding; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), same), sorted.end());
  return sorted;
}

double typical_magnitude(std::span<const double> values) {
  std::vector<double> magnitudes(values.begin(), values.end());
  for (double& magnitude : magnitudes) magnitude = std::abs(magnitude);
  const double typical = median(magnitudes);
  return typical > 0 ? typical : std::ranges::max(magnitudes);
}

/// In the unit of the values; 0: none seen.
double absolute_step(std::span<const double> values) {
  if (values.empty()) return 0;
  const double typical = typical_magnitude(values);
  const std::vector<double> distinct = distinct_values(values, kStepRounding * typical);
  double step = 0;
  for (std::size_t index = 1; index < distinct.size(); ++index) {
    const double gap = distinct[index] - distinct[index - 1];
    step = step == 0 ? gap : common_step(std::max(gap, step), std::min(gap, step), kStepRounding * typical);
    if (step < kSmallestStep * typical) return 0;
  }
  // Two values have a difference and not yet a step; three gaps in proportion, or ties, are no chance.
  return distinct.size() >= 4 || distinct.size() + 2 <= values.size() ? step : 0;
}

/// Both arms' values in the metric's unit.
std::vector<double> measured_values(const BlockSeries& series) {
  std::vector<double> values = finite_values(series.control);
  const std::vector<double> treatment = finite_values(series.treatment);
  values.insert(values.end(), treatment.begin(), treatment.end());
  if (series.kind == MetricKind::positive) {
    for (double& value : values) value = std::exp(value);
  }
  return values;
}

/// Each arm gave one value throughout: a count or a size, which is exact and compared as such.
bool deterministic(const BlockSeries& series) {
  const auto constant = [](std::span<const double> arm) {
    const std::vector<double> values = finite_values(arm);
    return std::ranges::all_of(values, [&](double value) { return value == values.front(); });
  };
  return constant(series.control) && constant(series.treatment);
}

/// The share among the blocks in which both trials were measured.
double share_of_zeros(const BlockSeries& series) {
  int zeros = 0;
  int measured = 0;
  for (std::size_t block = 0; block < series.effects.size(); ++block) {
    if (!std::isfinite(series.control[block]) || !std::isfinite(series.treatment[block])) continue;
    ++measured;
    zeros += series.effects[block] == 0 ? 1 : 0;
  }
  return measured > 0 ? static_cast<double>(zeros) / measured : 0;
}

}  // namespace

double resolution_of(std::span<const double> values) {
  const double step = absolute_step(values);
  return step > 0 ? step / typical_magnitude(values) : 0;
}

double step_of(const BlockSeries& series) {
  if (series.clock_step > 0) return series.clock_step;
  if (series.kind == MetricKind::proportion || deterministic(series)) return 0;
  const double step = absolute_step(measured_values(series));
  if (step == 0 || series.kind == MetricKind::difference) return step;
  const std::vector<double> control = finite_values(series.control);
  return control.empty() ? 0 : step / std::exp(median(control));
}

Resolution find_resolution(const BlockSeries& series, double step) {
  Resolution result;
  result.diagnostic.kind = DiagnosticKind::resolution;
  Diagnostic& diagnostic = result.diagnostic;
  diagnostic.statistic = step;
  // A share of n is exact, however few values it can take.
  if (series.effects.size() < kFewestDiagnosedBlocks || series.kind == MetricKind::proportion) return result;
  const std::vector<double> values = measured_values(series);
  if (values.empty()) return result;
  const bool coarse_clock = step > series.margin / 4;
  const bool exact = step == 0 && deterministic(series);
  const double zeros = exact ? 0 : share_of_zeros(series);
  const std::size_t distinct = distinct_values(values, kStepRounding * typical_magnitude(values)).size();
  const bool few_values = !exact && distinct < kFewestValues && values.size() >= kFewestValues;
  diagnostic.flag = coarse_clock || zeros > 0.5 || few_values;
  if (!diagnostic.flag) return result;

  result.widen_by = step;
  if (coarse_clock) {
    diagnostic.note = fmt::format("the metric moves in steps of {}, coarse against the margin of {}",
                                  size_words(series, step), size_words(series, series.margin));
  } else if (zeros > 0.5) {
    diagnostic.note = fmt::format("in {:.0f} % of the blocks both arms measured the same value", 100 * zeros);
  } else {
    diagnostic.note = fmt::format("only {} different values were measured", distinct);
  }
  if (step > 0) diagnostic.note += fmt::format(": intervals are widened by {} on both sides", size_words(series, step));
  diagnostic.note += "; let a trial do more work";
  return result;
}

}  // namespace assay::stats
