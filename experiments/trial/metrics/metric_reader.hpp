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

/// What one trial produced, from which its metrics are read.
struct TrialOutput {
  Usage usage;
  std::string text;                          ///< the results file or standard output
  std::string text_name;                     ///< "results.json", "standard output"; for messages
  std::optional<std::string> text_missing;   ///< why there is no text
  std::string folder;                        ///< the folder that relative file names start from
  std::vector<std::string> untouched_files;  ///< declared files that this trial did not write
  std::string spans_file = {};               ///< the file that $ASSAY_SPANS named
  std::optional<TrialTime> time = {};        ///< the time in which its spans must lie
};

/// One value per metric of the plan.
struct MetricValues {
  std::vector<std::optional<double>> values;
  std::vector<SteadySeries> steady;  ///< as in Trial
};
/// The values, or the first failure to read one that must be there.
using MetricReading = std::variant<MetricValues, CheckFailed>;

/// Reads the metrics of trials, each from its declared source.
///
/// If a value is missing, is not a number or does not fit the metric's kind (a positive one must be above 0, a
/// proportion within 0 .. 1), the trial has failed: `CheckFailed{"metric NAME", ...}`. Only a built-in metric that is
/// merely observed may have no value, if the kernel does not report it.
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
