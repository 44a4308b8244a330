#pragma once

#include <optional>
#include <vector>

#include "core/interval.hpp"
#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

/// The conditions of the data that a reader should know, and those parts of them that may change a verdict.
struct Diagnosis {
  std::vector<Diagnostic> diagnostics;  ///< all of them, in a fixed order, flagged or not
  double resolution = 0;  ///< by how much to widen intervals, on the analysis scale; 0 unless "resolution" is flagged
  bool unstable = false;  ///< the effect changed over the attempt: equivalent becomes inconclusive
  /// The effect of the trials that came first in their block, if "order-effect" is flagged: no trial of the same block
  /// can have carried over into it. With its 95 % interval (Mann-Whitney); unpaired, so the interval is wide. If it is
  /// not inside +-margin, equivalent becomes inconclusive (carry-over).
  std::optional<double> first_in_block_effect;
  std::optional<Interval> first_in_block_interval;
  double autocorrelation_factor = 1;  ///< sqrt((1 + r1) / (1 - r1)) if "autocorrelation" is flagged and r1 > 0: the
                                      ///< planner multiplies tau by it
};

/// Looks for an order effect (for a duet a CPU effect), drift of the machine, a changing effect, autocorrelation,
/// modes, asymmetry and a coarse resolution. docs/methods/diagnostics.md has the table of statistics, thresholds and
/// what each changes.
///
/// None is flagged below 6 blocks. Pure: the same series and seed give the same diagnosis.
/// \param seed  for the Monte Carlo tests; each derives a stream of its own from it.
/// Cost: O(n log n) and at most 999 Monte Carlo passes of O(n) each for order effect, modes and asymmetry (the last
/// on at most 60 blocks, O(n^2) a pass); a test without a finding stops after a few dozen passes. Usually below 1 ms at
/// 60 blocks.
[[nodiscard]] Diagnosis diagnose(const BlockSeries& series, Seed seed);

/// Only Diagnosis::unstable, for each look. Cost: O(n log n).
[[nodiscard]] bool effect_changes(const BlockSeries& series);

/// Only Diagnosis::resolution, for each look: by how much to widen intervals before the verdict. Cost: O(n log n).
[[nodiscard]] double widening_of(const BlockSeries& series);

}  // namespace assay::stats
