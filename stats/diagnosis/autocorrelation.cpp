#include "stats/diagnosis/autocorrelation.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/flagging.hpp"
#include "stats/reference/correlation.hpp"

namespace assay::stats {
namespace {

/// Failed trials count as the most extreme effect measured: a correlation needs finite numbers.
std::vector<double> bounded(std::span<const double> effects) {
  const std::vector<double> finite = finite_values(effects);
  if (finite.empty()) return {};
  const auto [lowest, highest] = std::ranges::minmax(finite);
  std::vector<double> result(effects.begin(), effects.end());
  for (double& effect : result) effect = std::clamp(effect, lowest, highest);
  return result;
}

}  // namespace

Autocorrelation find_autocorrelation(const BlockSeries& series) {
  Autocorrelation result;
  result.diagnostic.kind = DiagnosticKind::autocorrelation;
  Diagnostic& diagnostic = result.diagnostic;
  if (series.effects.size() < kFewestBlocksApproximate) return result;
  const double correlation = lag_one_autocorrelation(bounded(series.effects));
  diagnostic.statistic = correlation;
  // The lag-1 correlation of independent effects has a standard deviation of about 1 / sqrt(n): 1 % two-sided.
  diagnostic.flag = std::abs(correlation) > 2.6 / std::sqrt(static_cast<double>(series.effects.size()));
  if (!diagnostic.flag) return result;
  if (correlation > 0) {
    result.factor = std::sqrt((1 + correlation) / (1 - correlation));
    diagnostic.note = fmt::format(
        "effects of neighbouring blocks are alike (correlation {:.2f}): plans assume {:.1f} times the spread",
        correlation, result.factor);
  } else {
    diagnostic.note = fmt::format(
        "effects of neighbouring blocks alternate (correlation {:.2f}): the intervals are wider than they need be",
        correlation);
  }
  return result;
}

}  // namespace assay::stats
