#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/definition/reading/condition.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"

namespace assay::trial {

/// The conditions that a plan's checks make of a trial's results.
class Conditions {
 public:
  /// `plan` must outlive it. \throws Error for a condition that does not parse.
  explicit Conditions(const Plan& plan);

  /// The first condition of the workload's that the results do not meet.
  [[nodiscard]] std::optional<CheckFailed> judge(const Workload& workload, const TrialOutput& output) const;

 private:
  const Plan& plan_;
  std::map<std::size_t, std::vector<definition::Condition>> by_check_;
};

}  // namespace assay::trial
