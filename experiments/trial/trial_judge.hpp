#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/audit/declared_files.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/earlier_files.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"
#include "experiments/trial/observation.hpp"

namespace assay::trial {

/// Judges one trial by its checks and metrics. Comparing it with other trials is left to `OutputReferences`.
class TrialJudge {
 public:
  /// What the context refers to must outlive this object.
  /// \throws Error for a metric or condition that does not parse.
  explicit TrialJudge(ObservationContext context);

  /// What a reader of the result should know of the texts that metrics were read from.
  [[nodiscard]] std::vector<std::string> notes() const { return metrics_.notes(); }

  /// The files that checks and metrics read.
  [[nodiscard]] DeclaredFiles declared_files(const ArmSetup& setup) const;
  /// Removes what earlier trials left of these files. To be called before the hooks of a trial.
  void take_away_earlier(const ArmSetup& setup, EarlierFiles& earlier) const;
  /// Whether any check or metric of the workload looks at more than what the kernel counted.
  [[nodiscard]] bool looks_at_output(const ArmSetup& setup) const;
  [[nodiscard]] std::optional<CheckFailed> observe(const EndedTrial& ended, Observations& observations) const;
  /// Runs the checks and reads the metrics of a trial that ended well. Fills its values, or fails it.
  void judge(const EndedTrial& ended, Trial& trial, Observations& observations) const;

 private:
  [[nodiscard]] std::optional<CheckFailed> failure_after(const EndedTrial& ended) const;
  [[nodiscard]] std::optional<CheckFailed> failure_in_results(const EndedTrial& ended, const TrialOutput& output) const;

  ObservationContext context_;
  MetricReader metrics_;
  std::vector<CheckRule> rules_;  ///< one per check of the plan
};

}  // namespace assay::trial
