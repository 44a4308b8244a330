#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/audit/declared_files.hpp"
#include "experiments/trial/checks/conditions.hpp"
#include "experiments/trial/earlier_files.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"
#include "experiments/trial/observation.hpp"

namespace assay::trial {

/// What one trial's checks and metrics make of it; what they need of other trials is left to `OutputReferences`.
class TrialJudge {
 public:
  /// \param place  of the trials; what it refers to must outlive it
  /// \throws Error for a metric or condition that does not parse.
  explicit TrialJudge(ObservingPlace place);

  /// The files that checks and metrics are about.
  [[nodiscard]] DeclaredFiles declared_files(const ArmSetup& setup) const;
  /// Before the hooks of a trial: takes away what earlier ones left of these files.
  void take_away_earlier(const ArmSetup& setup, EarlierFiles& earlier) const;
  [[nodiscard]] std::optional<CheckFailed> observe(const EndedTrial& ended, Observations& observations) const;
  /// Checks and metrics of a trial that ended well: fills its values, or fails it.
  void judge(const EndedTrial& ended, Trial& trial, Observations& observations) const;

 private:
  ObservingPlace place_;
  MetricReader metrics_;
  Conditions conditions_;
};

}  // namespace assay::trial
