#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/decide/targets/target_figure.hpp"
#include "experiments/record/history/targets.hpp"

namespace assay::record {

/// A target with the figure that was measured last in one environment, of the arm that was left in place by that
/// decision.
struct TargetReading {
  TargetStatus status;
  std::optional<double> limit;  ///< in force today; std::nullopt: none
  bool overdue = false;         ///< relaxed for longer than was granted
  std::optional<double> figure;
  std::optional<decide::TargetFigure> bounds;  ///< what the trials say about it; set only if there is a figure
  std::string measured_in;                     ///< name of the record
  std::string revision;                        ///< that a baseline ran, as its file names it; empty: see the record
  std::string environment_name;                ///< where it was measured; nothing follows for another one
};
/// Whether the limit that is in force is kept; std::nullopt if there is no figure or no limit.
[[nodiscard]] std::optional<decide::LimitStanding> standing_of(const TargetReading& reading);
/// Whether the limit itself is kept by the interval, whatever is in force.
[[nodiscard]] bool meets_limit(const TargetReading& reading);
/// All targets, each with what was measured last in each environment that has a figure, by the names of the
/// environments: in an attempt whose plan states it, in a baseline, or in a gain. A target without any figure is there
/// once, or once for each environment in which it is relaxed.
[[nodiscard]] std::vector<TargetReading> read_targets(const Lab& lab, const std::vector<RecordSummary>& records,
                                                      Date today);
/// Those whose figure was measured in the record with this name.
[[nodiscard]] std::vector<TargetReading> targets_measured_in(const Lab& lab, std::string_view record, Date today);

}  // namespace assay::record
