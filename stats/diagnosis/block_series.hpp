#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/metric.hpp"

namespace assay::stats {

/// What a position in a block means.
enum class Positions {
  in_time,  ///< the first trial, the second
  on_cpus,  ///< for a duet: the trial on the first CPU, on the second
};

/// One metric of one comparison, block by block in the order of the schedule; the spans are equally long.
struct BlockSeries {
  std::span<const double> effects;    ///< d_i: treatment against control on the analysis scale; +-infinite if one
                                      ///< trial failed, 0 if both did
  std::span<const double> control;    ///< on the analysis scale (ln of a positive metric); NaN if the trial failed
  std::span<const double> treatment;  ///< the same for treatment
  std::span<const int> treatment_position;  ///< 0: treatment came first in its block, 1: second
  Positions positions = Positions::in_time;
  double margin = 0;      ///< delta, above 0, on the analysis scale
  double clock_step = 0;  ///< the least by which the metric moves: relative to the median of control if positive, in
                          ///< the metric's unit otherwise; 0: unknown, estimated from the values
  MetricKind kind = MetricKind::positive;  ///< decides the words of the notes: percent, or the unit
  std::string_view unit = {};              ///< of a difference metric
};

/// The finite values, in their order.
[[nodiscard]] std::vector<double> finite_values(std::span<const double> values);

}  // namespace assay::stats
