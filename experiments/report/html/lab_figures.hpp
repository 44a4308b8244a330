#pragma once

#include <string>
#include <vector>

#include "core/metric.hpp"
#include "core/result/challenge_result.hpp"
#include "core/result/effect.hpp"
#include "experiments/report/html/picture.hpp"

namespace assay::report {

/// What one record says of one workload.
struct HistoryPoint {
  std::string record;
  std::string arm;
  ArmSummary values;
};
/// One workload in one state, by one metric, from record to record.
struct History {
  std::string title;  ///< "sort-locale: sort (warm)"
  Metric metric;
  std::vector<HistoryPoint> points;  ///< oldest first
};
/// Medians with their quartiles over the records. Empty if fewer than two records measured it.
[[nodiscard]] std::string history_figure(const History& history, PictureData& data);

/// A challenge of a claimed ratio.
struct GradedRatio {
  std::string claim;      ///< name of its record
  std::string challenge;  ///< name of its record
  std::string grade;
  double claimed = 1;
  MeasuredRange measured;
};
/// Claimed ratios beside what was measured again. Empty if there are none.
[[nodiscard]] std::string claims_figure(const std::vector<GradedRatio>& challenges, PictureData& data);

}  // namespace assay::report
