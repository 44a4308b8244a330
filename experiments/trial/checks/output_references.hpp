#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {

/// Compares what the checks of each trial saw with what control's first trial in the same cell showed.
class OutputReferences {
 public:
  explicit OutputReferences(const Plan& plan);

  /// Takes over what control's first trial showed, which is that of its warm-up, or else of the first block.
  void offer(std::size_t cell, const Observations& of_control);

  /// Fails a measured trial whose output differs or that lost tests. This includes control's own later trials, since a
  /// control that varies is no reference. All reports of a block go in together, because treatment may have run first.
  void judge(std::size_t cell, std::vector<TrialReport>& reports);

  /// The first check by which a trial of a cell differs from the reference; empty if none does or there is no reference
  /// yet.
  [[nodiscard]] std::optional<CheckFailed> failure_of(std::size_t cell, const Observations& observations) const;

 private:
  const Plan& plan_;
  std::map<std::pair<std::size_t, std::size_t>, Observation> references_;  ///< by cell and check
};

}  // namespace assay::trial
