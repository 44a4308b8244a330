#include "stats/reference/mann_whitney.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/distributions.hpp"
#include "stats/hypothesis_test.hpp"
#include "stats/ranks.hpp"
#include "stats/reference/mann_whitney_distribution.hpp"
#include "stats/requirements.hpp"

namespace assay::stats {
namespace {

/// The pairs of the two samples, from their joint ranks.
struct Pairs {
  double treatments = 0;
  double controls = 0;
  double u = 0;
  double tied_cubes = 0;  ///< sum of t^3 - t over groups of t equal values
};

Pairs rank_together(const TwoSamples& samples) {
  if (samples.treatment.empty() || samples.control.empty()) {
    throw Error(
        fmt::format("Mann-Whitney test: {} values of treatment and {} of control given, but each needs at least 1",
                    samples.treatment.size(), samples.control.size()));
  }
  std::vector<double> pooled(samples.treatment.begin(), samples.treatment.end());
  pooled.insert(pooled.end(), samples.control.begin(), samples.control.end());
  const MidRanks ranked = mid_ranks(pooled);

  Pairs pairs{.treatments = static_cast<double>(samples.treatment.size()),
              .controls = static_cast<double>(samples.control.size())};
  for (std::size_t index = 0; index < samples.treatment.size(); ++index) pairs.u += ranked.ranks[index];
  pairs.u -= pairs.treatments * (pairs.treatments + 1) / 2;
  for (const std::int64_t tie : ranked.ties) {
    const auto size = static_cast<double>(tie);
    pairs.tied_cubes += size * (size * size - 1);
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
  const Pairs pairs = rank_together(samples);
  if (small_enough(samples) && pairs.tied_cubes == 0) return exact(pairs, alternative);
  return asymptotic(pairs, alternative, ContinuityCorrection::half);
}

MannWhitneyTest mann_whitney_exact(const TwoSamples& samples, Alternative alternative) {
  const Pairs pairs = rank_together(samples);
  if (pairs.tied_cubes > 0) throw Error("exact Mann-Whitney test: values are tied; use the asymptotic test");
  if (!small_enough(samples)) {
    throw Error(fmt::format("exact Mann-Whitney test: samples of {} and {} values given, but at most {} are accepted",
                            samples.treatment.size(), samples.control.size(), kExactMannWhitneySize));
  }
  return exact(pairs, alternative);
}

MannWhitneyTest mann_whitney_asymptotic(const TwoSamples& samples, Alternative alternative,
                                        ContinuityCorrection correction) {
  return asymptotic(rank_together(samples), alternative, correction);
}

double cliffs_delta(const TwoSamples& samples) {
  const Pairs pairs = rank_together(samples);
  return 2 * pairs.u / (pairs.treatments * pairs.controls) - 1;
}

}  // namespace assay::stats
