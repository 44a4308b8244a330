#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/checks/reports/inventory_history.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {

/// Compares what the checks of each trial saw with control's trials in the same cell: outputs with the first of them,
/// test reports with what more than half of them show.
class OutputReferences {
 public:
  explicit OutputReferences(const Plan& plan);

  /// Takes over what a trial or warm-up of control showed.
  void offer(std::size_t cell, const Observations& of_control);

  /// Fails a measured trial whose output differs or that lost tests. This includes control's own later trials, since a
  /// control that varies is no reference. All reports of a block go in together, because treatment may have run first.
  void judge(std::size_t cell, std::vector<TrialReport>& reports);

  /// The first check by which a trial of a cell differs from the reference; empty if none does or there is no reference
  /// yet.
  [[nodiscard]] std::optional<CheckFailed> failure_of(std::size_t cell, const Observations& observations) const;

  /// What a reader should know about tests whose names are unstable in control, each said once.
  [[nodiscard]] std::vector<std::string> take_notes();

  /// The names of tests that only some of control's trials show, by check of the plan.
  [[nodiscard]] std::vector<std::string> unstable_names(std::size_t cell, std::size_t check) const;

 private:
  using CellAndCheck = std::pair<std::size_t, std::size_t>;

  [[nodiscard]] std::vector<std::string> failed_tests_of(std::size_t cell, const Observations& observations) const;
  /// What an observation is compared with; empty if there is nothing yet.
  [[nodiscard]] Observation reference_of(const CellAndCheck& place) const;

  const Plan& plan_;
  std::map<CellAndCheck, Observation> outputs_;  ///< of control's first trial
  std::map<CellAndCheck, InventoryHistory> inventories_;
  std::set<CellAndCheck> noted_;
  std::set<std::size_t> empty_;  ///< checks of outputs of which control has none, not yet noted
  std::set<std::size_t> noted_empty_;
};

}  // namespace assay::trial
