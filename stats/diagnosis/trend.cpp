#include "stats/diagnosis/trend.hpp"

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/diagnosis_words.hpp"
#include "stats/diagnosis/flagging.hpp"
#include "stats/reference/correlation.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

std::vector<double> places(std::size_t count) {
  std::vector<double> result(count);
  std::iota(result.begin(), result.end(), 1.0);
  return result;
}

}  // namespace

Diagnostic find_drift(const BlockSeries& series) {
  Diagnostic diagnostic{.kind = DiagnosticKind::drift};
  const std::vector<double> control = finite_values(series.control);
  if (control.size() < kFewestDiagnosedBlocks) return diagnostic;
  const Correlation trend = kendall({.first = places(control.size()), .second = control});
  diagnostic.statistic = trend.coefficient;
  diagnostic.p = trend.p;
  if (trend.p >= kDiagnosticLevel) return diagnostic;
  // A trend too small to matter is found in every long series.
  const double total = theil_sen_slope(control) * static_cast<double>(control.size() - 1);
  diagnostic.flag = std::abs(total) >= series.margin;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "control moved by {} from the first block to the last: the machine drifted; arms are compared within blocks, "
        "so the effect stands",
        change_words(series, total));
  }
  return diagnostic;
}

Diagnostic find_instability(const BlockSeries& series) {
  Diagnostic diagnostic{.kind = DiagnosticKind::unstable};
  if (series.effects.size() < kFewestBlocksApproximate) return diagnostic;
  const Correlation trend = spearman({.first = places(series.effects.size()), .second = series.effects});
  diagnostic.statistic = trend.coefficient;
  diagnostic.p = trend.p;
  diagnostic.flag = trend.p < kDiagnosticLevel;
  if (diagnostic.flag) {
    const std::size_t third = series.effects.size() / 3;
    diagnostic.note = fmt::format(
        "the effect changed over the attempt, from {} in the first third of the blocks to {} in the last: its interval "
        "is of the average",
        change_words(series, median(series.effects.first(third))),
        change_words(series, median(series.effects.last(third))));
  }
  return diagnostic;
}

}  // namespace assay::stats
