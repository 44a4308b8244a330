#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/metrics/own_spans.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// A text that a trial wrote.
struct OutputText {
  std::string text = {};
  std::string name = {};                    ///< "results.json", "standard output"; for messages
  std::optional<std::string> missing = {};  ///< why there is none
  bool is_file = false;                     ///< the program wrote it for this purpose, unlike what it prints
};

/// What one trial produced, from which its metrics are read.
struct TrialOutput {
  Usage usage;
  std::map<std::string, std::string> uncounted = {};  ///< why hardware counts are missing, by the metric's name
  OutputText results = {};                            ///< the results file or standard output
  OutputText standard_error = {};                     ///< if a metric reads it
  std::string folder = {};                            ///< the folder that relative file names start from
  std::vector<std::string> untouched_files = {};      ///< declared files that this trial did not write
  std::string spans_file = {};                        ///< the file that $ASSAY_SPANS named
  ResultsSpans own_spans = {};                        ///< where results hold spans, if they are read from there, too
  std::optional<TrialTime> time = {};                 ///< the time in which its spans must lie
  std::vector<const TestInventory*> tests = {};       ///< what its test-inventory checks read
};

/// A metric that assay measures itself and that the machine did not report for a trial.
struct UnavailableMetric {
  std::size_t index = 0;  ///< into the plan's metrics
  std::string why = {};   ///< empty: the trial may have been too short
};
/// The guards of the workload that the trial lacks, and the primary metric if no other trial here will have it either.
[[nodiscard]] std::vector<UnavailableMetric> unavailable_metrics(const Plan& plan, const Workload& workload,
                                                                 const host::ProcessResult& result);

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
/// not the primary one may have no value, if the kernel does not report it.
class MetricReader {
 public:
  /// \throws Error for a regular expression or JSON pointer that does not parse.
  explicit MetricReader(const Plan& plan);
  ~MetricReader();
  MetricReader(MetricReader&&) noexcept;
  MetricReader& operator=(MetricReader&&) noexcept;

  /// The files whose size is a metric of the workload.
  [[nodiscard]] std::vector<std::string> sized_files(const Workload& workload) const;

  /// What a reader should know of the texts that were read so far.
  [[nodiscard]] std::vector<std::string> notes() const;

  [[nodiscard]] MetricReading read(const Workload& workload, const TrialOutput& output) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::trial
