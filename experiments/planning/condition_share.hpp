#pragma once

#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/record/machine_condition.hpp"

namespace assay::planning {

/// Trials of one program in pairs, one beside the other in time: with a condition of the machine, and without it.
struct ConditionTrials {
  ConditionKind kind = ConditionKind::load;
  std::string how = {};              ///< what was different for these trials: "beside a busy process on CPU 1"
  std::vector<double> with = {};     ///< wall time in seconds, above 0
  std::vector<double> without = {};  ///< as many
};

/// How much one condition matters here: what it adds to the time of a trial, and to its noise.
struct ConditionShare {
  ConditionKind kind = ConditionKind::load;
  std::string how = {};
  double slower = 0;       ///< log-ratio of the times, with to without
  Interval interval = {};  ///< of it, 95 %; infinite below 6 pairs
  double spread_with = 0;  ///< standard deviation of the logarithm of a time, by its median absolute deviation
  double spread_without = 0;
};

/// \throws Error if there is no pair, or a time is not above 0.
[[nodiscard]] ConditionShare condition_share(const ConditionTrials& trials);

}  // namespace assay::planning
