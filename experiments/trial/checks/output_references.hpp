#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {

/// Holds what each trial's checks saw against the first that control gave in the same cell.
class OutputReferences {
 public:
  explicit OutputReferences(const Plan& plan);

  /// Of control's first trial: that of its warm-up, or of the first block where there is none.
  void offer(std::size_t cell, const Observations& of_control);

  /// Turns a measured trial whose output differs, or that lost tests, into a failed check; control's own too, since
  /// then it gives no reference. All reports of one block go in together: treatment may have run first.
  void judge(std::size_t cell, std::vector<TrialReport>& reports);

  /// Why one trial of a cell does not hold against the reference; nothing where it does, or there is none yet.
  [[nodiscard]] std::optional<CheckFailed> failure_of(std::size_t cell, const Observations& observations) const;

 private:
  const Plan& plan_;
  std::map<std::pair<std::size_t, std::size_t>, Observation> references_;  ///< by cell and check
};

}  // namespace assay::trial
