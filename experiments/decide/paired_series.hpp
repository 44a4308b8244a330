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

/// One metric of one comparison, block by block in the order of the schedule.
///
/// The analysis scale is the natural logarithm for a positive metric, the metric's own unit otherwise.
struct PairedSeries {
  std::vector<double> effects;          ///< treatment - control on the analysis scale; where only one trial failed,
                                        ///< infinite to the side that is worse for its arm; 0 where both did
  std::vector<double> control;          ///< on the analysis scale; NaN where the trial failed
  std::vector<double> treatment;        ///< likewise
  std::vector<int> treatment_position;  ///< 0: before control, 1: after it; of a duet: on the first CPU, on the second
  stats::Positions positions = stats::Positions::in_time;
  std::vector<double> control_values;    ///< of measured trials alone, in the metric's unit
  std::vector<double> treatment_values;  ///< likewise
  /// A value that cannot be compared, as a sentence for people; then `effects`, `control` and `treatment` end there.
  std::optional<std::string> unreadable;
};

struct PairedMetric {
  std::size_t metric = 0;
  ArmIndex treatment = 1;
  ArmIndex control = kControl;  ///< another one where two levels of a race are compared
};

/// \param blocks  complete ones, from 1 without a gap.
[[nodiscard]] PairedSeries paired_series(const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks);

/// Adds the blocks that follow those of the series.
void extend(PairedSeries& series, const Plan& plan, const PairedMetric& pair, std::span<const Block> blocks);

/// The average over cells, block by block: one block of the suite is one block of each cell. Where some cell is
/// infinite the average is; a failure of the treatment outweighs one of control. All have equally many blocks.
[[nodiscard]] PairedSeries average_series(const Metric& metric, std::span<const PairedSeries> cells);

/// +1 where higher values are worse, -1 where lower ones are: effects times this are positive where treatment is worse.
[[nodiscard]] double worse_sign(const Metric& metric);

}  // namespace assay::decide
