#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/variable.hpp"
#include "stats/diagnosis/diagnostics.hpp"

namespace assay::decide {

/// A value of a measured trial that cannot be compared.
struct UnreadableValue {
  int block = 0;
  ArmIndex arm = kControl;
  std::optional<double> value;  ///< finite, and not above 0 though its metric is compared as a ratio; empty: missing
  friend bool operator==(const UnreadableValue&, const UnreadableValue&) = default;
};

/// The same as a sentence for people.
[[nodiscard]] std::string unreadable_text(const Plan& plan, const Metric& metric, const UnreadableValue& unreadable);

/// The values of one metric in one comparison, block by block in the order of the schedule.
///
/// The analysis scale is the natural logarithm for a positive metric, and the metric's own unit for the others.
struct PairedSeries {
  std::vector<double> effects;          ///< treatment - control on the analysis scale; if only one trial failed,
                                        ///< infinite to the side that is worse for its arm; 0 if both did
  std::vector<double> control;          ///< on the analysis scale; NaN if the trial failed
  std::vector<double> treatment;        ///< the same for treatment
  std::vector<int> treatment_position;  ///< 0: before control, 1: after it; for a duet: on the first CPU, on the second
  stats::Positions positions = stats::Positions::in_time;
  std::vector<std::size_t> lost;         ///< places of blocks that were lost before they gave these values, ascending
  std::vector<double> control_values;    ///< only of measured trials, in the metric's unit
  std::vector<double> treatment_values;  ///< the same for treatment
  /// The first value that cannot be compared; `effects`, `control` and `treatment` then end there.
  std::optional<UnreadableValue> unreadable;
};

struct PairedMetric {
  std::size_t metric = 0;
  ArmIndex treatment = 1;
  ArmIndex control = kControl;  ///< another one if two levels of a race are compared
};

/// \param blocks  complete ones, from 1 without a gap.
[[nodiscard]] PairedSeries paired_series(const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks);

/// Adds the blocks that follow those of the series.
void extend(PairedSeries& series, const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks);

/// The average over cells, block by block: one block of the suite is one block of each cell. If one cell is infinite,
/// the average is; a failure of treatment outweighs one of control. All cells have equally many blocks.
[[nodiscard]] PairedSeries average_series(const Metric& metric, std::span<const PairedSeries> cells);

/// Blocks in which an arm failed. \param by_block  its values on the analysis scale.
[[nodiscard]] std::ptrdiff_t failed_blocks(const std::vector<double>& by_block);

}  // namespace assay::decide
