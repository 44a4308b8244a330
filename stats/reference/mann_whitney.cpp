#include "stats/reference/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/reference/mann_whitney_distribution.hpp"
#include "stats/requirements.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// The pairs of the two samples.
struct Pairs {
  double treatments = 0;
  double controls = 0;
  double u = 0;
  double tied_cubes = 0;  ///< sum of t^3 - t over groups of t equal values
};

/// How many of the values from `next` on equal `value`; `next` moves behind them.
template <class Place>
double pass_equal(Place& next, Place end, double value) {
  const Place first = next;
  while (next != end && *next == value) ++next;
  return static_cast<double>(next - first);
}

/// Goes through the values of both samples in ascending order, equal ones together.
Pairs compare_pairs(const TwoSamples& samples) {
  if (samples.treatment.empty() || samples.control.empty()) {
    throw Error(
        fmt::format("Mann-Whitney test: {} values of treatment and {} of control given, but each needs at least 1",
                    samples.treatment.size(), samples.control.size()));
  }
  const Ascending ascending_treatment(samples.treatment);
  const Ascending ascending_control(samples.control);
  const std::span<const double> treatment = ascending_treatment.values();
  const std::span<const double> control = ascending_control.values();
  Pairs pairs{.treatments = static_cast<double>(treatment.size()), .controls = static_cast<double>(control.size())};
  auto next_treatment = treatment.begin();
  auto next_control = control.begin();
  while (next_treatment != treatment.end() || next_control != control.end()) {
    const bool is_treatment =
        next_control == control.end() || (next_treatment != treatment.end() && *next_treatment < *next_control);
    const double value = is_treatment ? *next_treatment : *next_control;
    const auto controls_below = static_cast<double>(next_control - control.begin());
    const double equal_treatments = pass_equal(next_treatment, treatment.end(), value);
    const double equal_controls = pass_equal(next_control, control.end(), value);
    pairs.u += equal_treatments * (controls_below + equal_controls / 2);
    const double equal = equal_treatments + equal_controls;
    pairs.tied_cubes += equal * (equal * equal - 1);
  }
  return pairs;
}

bool small_enough(const TwoSamples& samples) {
  return std::max(samples.treatment.size(), samples.control.size()) <= kExactMannWhitneySize;
}

MannWhitneyTest exact(const Pairs& pairs, Alternative alternative) {
  const MannWhitneyDistribution null(static_cast<int>(pairs.treatments), static_cast<int>(pairs.controls));
  const auto u = static_cast<int>(pairs.u);
  // U is symmetric about half its maximum.
  const Tails tails{.at_most = null.upper_tail(null.maximum() - u), .at_least = null.upper_tail(u)};
  return {.u = pairs.u, .p = p_value_of(tails, alternative), .exact = true};
}

MannWhitneyTest asymptotic(const Pairs& pairs, Alternative alternative, ContinuityCorrection correction) {
  const double total = pairs.treatments + pairs.controls;
  const double product = pairs.treatments * pairs.controls;
  const double squared_error = product / 12 * (total + 1 - pairs.tied_cubes / (total * (total - 1)));
  if (!(squared_error > 0)) return {.u = pairs.u};
  const double error = std::sqrt(squared_error);
  const double step = correction == ContinuityCorrection::half ? 0.5 : 0;
  const double excess = pairs.u - product / 2;
  const Tails tails{.at_most = normal_upper_tail((-excess - step) / error),
                    .at_least = normal_upper_tail((excess - step) / error)};
  return {.u = pairs.u, .p = p_value_of(tails, alternative)};
}

}  // namespace

MannWhitneyTest mann_whitney_test(const TwoSamples& samples, Alternative alternative) {
  const Pairs pairs = compare_pairs(samples);
  if (small_enough(samples) && pairs.tied_cubes == 0) return exact(pairs, alternative);
  return asymptotic(pairs, alternative, ContinuityCorrection::half);
}

MannWhitneyTest mann_whitney_exact(const TwoSamples& samples, Alternative alternative) {
  const Pairs pairs = compare_pairs(samples);
  if (pairs.tied_cubes > 0) throw Error("exact Mann-Whitney test: values are tied; use the asymptotic test");
  if (!small_enough(samples)) {
    throw Error(fmt::format("exact Mann-Whitney test: samples of {} and {} values given, but at most {} are accepted",
                            samples.treatment.size(), samples.control.size(), kExactMannWhitneySize));
  }
  return exact(pairs, alternative);
}

MannWhitneyTest mann_whitney_asymptotic(const TwoSamples& samples, Alternative alternative,
                                        ContinuityCorrection correction) {
  return asymptotic(compare_pairs(samples), alternative, correction);
}

double cliffs_delta(const TwoSamples& samples) {
  const Pairs pairs = compare_pairs(samples);
  return 2 * pairs.u / (pairs.treatments * pairs.controls) - 1;
}

}  // namespace assay::stats
