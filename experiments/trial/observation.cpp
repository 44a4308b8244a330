#include "experiments/trial/observation.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

const Workload& workload_of_trial(const ObservationContext& context, const EndedTrial& trial) {
  return context.plan.workloads[trial.setup.workload];
}

/// The output's path on disk; empty if it is standard output that assay captured itself.
std::optional<std::string> path_of(const ObservationContext& context, const std::string& file,
                                   const EndedTrial& trial) {
  const Workload& workload = workload_of_trial(context, trial);
  const std::vector<std::string>& untouched = trial.untouched_files;
  if (!file.empty()) {
    const bool is_earlier = std::find(untouched.begin(), untouched.end(), file) != untouched.end();
    if (is_earlier || !std::filesystem::exists(path_in(trial.setup.working_directory, file))) {
      throw Error(fmt::format("{} was not written by this trial", file));
    }
    return path_in(trial.setup.working_directory, file);
  }
  if (workload.standard_output != OutputTarget::file) return std::nullopt;
  return path_in(trial.setup.working_directory, workload.output_file);
}

/// The captured standard output. \throws Error if it was too long to be kept whole.
const std::string& kept_output(const EndedTrial& trial) {
  const host::CapturedOutput& output = trial.result.standard_output;
  if (output.bytes > output.text.size()) {
    throw Error(fmt::format("standard output is {}, more than the {} kept for checks; let the program write to a file",
                            format_bytes(static_cast<double>(output.bytes)), format_bytes(kKeptForChecks)));
  }
  return output.text;
}

/// Runs the normaliser on the output. \throws Error if it fails.
host::ProcessResult normalised(const ObservationContext& context, const ComparedOutput& output, const EndedTrial& trial,
                               host::OutputSink sink) {
  std::optional<std::string> path = path_of(context, output.file, trial);
  if (!path) {
    host::write_file_atomically(context.scratch_file, kept_output(trial));
    path = context.scratch_file;
  }
  host::ProcessResult result = run_beside(context.launcher, {.command = output.normalise,
                                                             .setup = trial.setup,
                                                             .timeout = workload_of_trial(context, trial).timeout,
                                                             .standard_input = *path,
                                                             .standard_output = std::move(sink)});
  if (const auto failure = failure_in(result)) throw Error(fmt::format("its normaliser {}", *failure));
  return result;
}

}  // namespace

std::vector<std::string> observed_files(const Plan& plan, const Workload& workload) {
  std::vector<std::string> files;
  for (const Check& check : plan.checks) {
    std::string file = rule_of(check).needs.file;
    if (!file.empty() && applies_to(check.workloads, workload.name)) files.push_back(std::move(file));
  }
  return files;
}

std::vector<std::string> written_files(const Plan& plan, const Workload& workload) {
  std::vector<std::string> files = observed_files(plan, workload);
  files.insert(files.end(), {workload.results, workload.output_file});
  for (const Metric& metric : plan.metrics) {
    if (const auto* size = std::get_if<FileSizeSource>(&metric.source)) files.push_back(size->path);
  }
  std::erase(files, "");
  return files;
}

std::string digest_of(const ObservationContext& context, const ComparedOutput& output, const EndedTrial& trial) {
  if (!output.normalise.empty()) {
    return normalised(context, output, trial, host::Hashed{}).standard_output.sha256;
  }
  const std::optional<std::string> path = path_of(context, output.file, trial);
  return path ? host::sha256_of_file(*path) : trial.result.standard_output.sha256;
}

std::string text_of(const ObservationContext& context, const ComparedOutput& output, const EndedTrial& trial) {
  if (!output.normalise.empty()) {
    host::ProcessResult result = normalised(context, output, trial, host::Captured{kKeptForChecks});
    if (result.standard_output.bytes > result.standard_output.text.size()) {
      throw Error(fmt::format("its normaliser printed more than the {} kept for checks", format_bytes(kKeptForChecks)));
    }
    return std::move(result.standard_output.text);
  }
  const std::optional<std::string> path = path_of(context, output.file, trial);
  return path ? host::read_file(*path) : kept_output(trial);
}

std::optional<CheckFailed> observe(const ObservationContext& context, const EndedTrial& trial,
                                   Observations& observations) {
  const std::string& workload = workload_of_trial(context, trial).name;
  for (std::size_t index = 0; index < context.plan.checks.size(); ++index) {
    const Check& check = context.plan.checks[index];
    if (!applies_to(check.workloads, workload)) continue;
    const CheckRule rule = rule_of(check);
    const auto* const compared = std::get_if<ComparedWithControl>(&rule.judgement);
    if (compared == nullptr) continue;
    try {
      observations[index] = compared->observe(context, trial);
    } catch (const Error& error) {
      return CheckFailed{check.name, error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace assay::trial
