#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// What one trial produced, for its metrics to be read from.
struct TrialOutput {
  Usage usage;
  std::string text;                          ///< of the results file or standard output
  std::string text_name;                     ///< "results.json", "standard output"; for messages
  std::optional<std::string> text_missing;   ///< why there is no text
  std::string folder;                        ///< relative file names start here
  std::vector<std::string> untouched_files;  ///< declared files that this trial did not write
  std::string spans_file = {};               ///< what $ASSAY_SPANS named
  std::optional<TrialTime> time = {};        ///< that its spans must lie in
};

/// One value per metric of the plan, or the first failure to read one that must be there.
struct MetricValues {
  std::vector<std::optional<double>> values;
  std::vector<SteadySeries> steady;  ///< as in Trial
};
using MetricReading = std::variant<MetricValues, CheckFailed>;

/// Reads the metrics of trials, each from its declared source.
///
/// A value that is missing, not a number or outside the metric's kind (a positive one must be above 0, a proportion
/// within 0 .. 1) is a failure of the trial, never a silent gap: `CheckFailed{"metric NAME", ...}`. Only a built-in
/// metric that is merely observed may stay without value, where the kernel does not tell it.
class MetricReader {
 public:
  /// \throws Error for a regular expression or JSON pointer that does not parse.
  explicit MetricReader(const Plan& plan);
  ~MetricReader();
  MetricReader(MetricReader&&) noexcept;
  MetricReader& operator=(MetricReader&&) noexcept;

  /// The files whose size is a metric of the workload.
  [[nodiscard]] std::vector<std::string> sized_files(const Workload& workload) const;

  [[nodiscard]] MetricReading read(const Workload& workload, const TrialOutput& output) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::trial
