#include "experiments/trial/metrics/results_text.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/metrics/span_log.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {

void remove_results(const Workload& workload, const ArmSetup& setup) {
  std::error_code failure;
  if (!setup.spans_file.empty()) {
    for (const std::string& path : {setup.spans_file, ring_of_spans(setup.spans_file)}) {
      std::filesystem::remove_all(path, failure);  // a trial may have made anything of it
      if (failure) throw Error(fmt::format("cannot remove the earlier {}: {}", path, failure.message()));
    }
  }
  if (workload.results.empty()) return;
  const std::string path = path_in(setup.working_directory, workload.results);
  std::filesystem::remove(path, failure);
  if (failure) throw Error(fmt::format("cannot remove the earlier {}: {}", path, failure.message()));
}

ResultsSpans spans_in_results(const Plan& plan, const ArmSetup& setup) {
  const Workload& workload = plan.workloads[setup.workload];
  if (plan.rules == kOldestRules || workload.results.empty()) return {};
  return {path_in(setup.working_directory, workload.results), workload.spans};
}

void read_results(TrialOutput& output, const host::ProcessResult& result, const Workload& workload) {
  if (workload.results.empty() && workload.standard_output != OutputTarget::file) {
    output.results.text = result.standard_output.text;
    output.results.name = "standard output";
    if (result.standard_output.bytes > kKeptOutput) {
      output.results.missing = fmt::format(
          "standard output is {}, more than the {} kept for metrics; let the program write them to a file, named in "
          "results",
          format_bytes(static_cast<double>(result.standard_output.bytes)), format_bytes(kKeptOutput));
    }
    return;
  }
  output.results.name = workload.results.empty() ? workload.output_file : workload.results;
  output.results.is_file = !workload.results.empty();
  try {
    output.results.text = host::read_file(path_in(output.folder, output.results.name));
  } catch (const Error& error) {
    output.results.missing = error.what();
  }
}

void take_standard_error(TrialOutput& output, const host::ProcessResult& result) {
  output.standard_error = {result.standard_error.text, "standard error", {}};
  if (result.standard_error.bytes <= result.standard_error.text.size()) return;
  output.standard_error.missing =
      fmt::format("standard error is {}, more than the {} kept for metrics",
                  format_bytes(static_cast<double>(result.standard_error.bytes)), format_bytes(kKeptOutput));
}

}  // namespace assay::trial
