#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::experiments {

/// Holds each trial's output against the first that control gave in the same cell.
class OutputReferences {
 public:
  explicit OutputReferences(const Plan& plan);

  /// The output of control's first trial: that of its warm-up, or of the first block where there is none.
  void offer(std::size_t cell, const OutputDigests& control_outputs);

  /// Turns a measured trial whose output differs into a failed check; control's own too, since then it gives no
  /// reference. All reports of one block go in together: treatment may have run first.
  void judge(std::size_t cell, std::vector<TrialReport>& reports);

 private:
  void judge_one(std::size_t cell, TrialReport& report) const;

  const Plan& plan_;
  std::map<std::pair<std::size_t, std::size_t>, std::string> references_;  ///< by cell and check
};

}  // namespace assay::experiments
