#include "stats/diagnosis/asymmetry.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "stats/diagnosis/flagging.hpp"
#include "stats/diagnosis/triples.hpp"
#include "stats/hodges_lehmann.hpp"

namespace assay::stats {
namespace {

/// The test takes n^2 steps a flip; skewness that 60 blocks do not show changes no one's reading of the interval.
constexpr std::size_t kMostBlocks = 60;

std::vector<double> evenly_spaced(std::span<const double> values) {
  if (values.size() <= kMostBlocks) return {values.begin(), values.end()};
  std::vector<double> chosen;
  for (std::size_t place = 0; place < kMostBlocks; ++place)
    chosen.push_back(values[place * values.size() / kMostBlocks]);
  return chosen;
}

}  // namespace

Diagnostic find_asymmetry(const BlockSeries& series, Generator generator) {
  Diagnostic diagnostic{.kind = DiagnosticKind::asymmetry};
  std::vector<double> residuals = evenly_spaced(finite_values(series.effects));
  if (residuals.size() < kFewestBlocksApproximate) return diagnostic;
  const double centre = WalshAverages(residuals).median();
  for (double& residual : residuals) residual -= centre;
  std::ranges::sort(residuals);
  diagnostic.statistic = triples_statistic(residuals);
  diagnostic.p = triples_p_value(residuals, generator);
  diagnostic.flag = *diagnostic.p < kDiagnosticLevel;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format(
        "block effects have a longer tail {}: treatment is not a constant shift, and the interval is for the "
        "pseudo-median of the effects",
        diagnostic.statistic > 0 ? "upwards" : "downwards");
  }
  return diagnostic;
}

}  // namespace assay::stats
