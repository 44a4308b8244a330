#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/interval.hpp"
#include "core/metric.hpp"
#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"

namespace assay::stats {

/// What a position in a block is.
enum class Positions {
  in_time,  ///< the first trial, the second
  on_cpus,  ///< of a duet: the trial on the first CPU, on the second
};

/// One metric of one comparison, block by block in the order of the schedule; the spans are equally long.
struct BlockSeries {
  std::span<const double> effects;          ///< d_i: treatment against control on the analysis scale; +-infinite where
                                            ///< one trial failed, 0 where both did
  std::span<const double> control;          ///< on the analysis scale (ln of a positive metric); NaN where failed
  std::span<const double> treatment;        ///< likewise
  std::span<const int> treatment_position;  ///< 0: treatment came first in its block, 1: second
  Positions positions = Positions::in_time;
  double margin = 0;      ///< delta, above 0, on the analysis scale
  double clock_step = 0;  ///< by what the metric moves at least: relative to the median of control where positive, in
                          ///< the metric's unit otherwise; 0: unknown, estimated from the values
  MetricKind kind = MetricKind::positive;  ///< decides the words of the notes: percent, or the unit
  std::string_view unit = {};              ///< of a difference metric
};

/// The conditions of the data that a reader should know, and what of them may change a verdict.
struct Diagnosis {
  std::vector<Diagnostic> diagnostics;  ///< all of them, in a fixed order, flagged or not
  double resolution = 0;  ///< by what to widen intervals, on the analysis scale; 0 unless "resolution" is flagged
  bool unstable = false;  ///< the effect changed over the attempt: equivalent becomes inconclusive
  /// Of the trials that came first in their block, where "order-effect" is flagged: the effect that no trial of the
  /// same block can have carried over into, and its 95 % interval (Mann-Whitney). Where the interval is not inside
  /// +-margin, equivalent becomes inconclusive (carry-over). Unpaired, so its interval is wide.
  std::optional<double> first_in_block_effect;
  std::optional<Interval> first_in_block_interval;
  double autocorrelation_factor = 1;  ///< sqrt((1 + r1) / (1 - r1)) where "autocorrelation" is flagged and r1 > 0:
                                      ///< by what the planner multiplies tau
};

/// Looks for an order effect (of a duet a CPU effect), drift of the machine, a changing effect, autocorrelation, modes,
/// asymmetry and a coarse resolution; docs/methods/diagnostics.md has the table of statistics, thresholds and what each
/// changes.
///
/// None is flagged below 6 blocks. Pure: the same series and seed give the same diagnosis.
/// \param seed  of the Monte Carlo tests; a stream of its own is derived from it.
/// Cost: O(n log n) and at most 999 Monte Carlo passes of O(n) each for order effect, modes and asymmetry (the last
/// on at most 60 blocks, O(n^2) a pass); a test without a finding stops after a few dozen passes. Below 1 ms at 60
/// blocks as a rule.
[[nodiscard]] Diagnosis diagnose(const BlockSeries& series, Seed seed);

/// Diagnosis::resolution alone, for each look: by what to widen intervals before the verdict. Cost: O(n log n).
[[nodiscard]] double widening_of(const BlockSeries& series);

/// Step of a quantised metric relative to the median magnitude: the greatest q of which all differences are multiples.
/// 0 where none is seen, which includes steps below a millionth of the median and values that are all equal.
/// \param values  finite, in the metric's unit (not logarithms).
[[nodiscard]] double resolution_of(std::span<const double> values);

}  // namespace assay::stats
