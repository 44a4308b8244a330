#include "experiments/trial/observation.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

const Workload& workload_of_trial(const ObservingPlace& place, const EndedTrial& trial) {
  return place.plan.workloads[trial.setup.workload];
}

/// Where the output lies on disk; nothing where it was standard output that assay took in itself.
std::optional<std::string> path_of(const ObservingPlace& place, const std::string& file, const EndedTrial& trial) {
  const Workload& workload = workload_of_trial(place, trial);
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

/// Standard output as it was kept. \throws Error where it was too long for that.
const std::string& kept_output(const EndedTrial& trial) {
  const host::CapturedOutput& output = trial.result.standard_output;
  if (output.bytes > output.text.size()) {
    throw Error(fmt::format("standard output is {}, more than the {} kept for checks; let the program write to a file",
                            format_bytes(static_cast<double>(output.bytes)), format_bytes(kKeptForChecks)));
  }
  return output.text;
}

std::string normalised_digest(const ObservingPlace& place, const ComparedOutput& output, const EndedTrial& trial,
                              std::optional<std::string> path) {
  if (!path) {
    host::write_file_atomically(place.scratch_file, kept_output(trial));
    path = place.scratch_file;
  }
  const host::ProcessResult result = run_beside(place.launcher, {.command = output.normalise,
                                                                 .setup = trial.setup,
                                                                 .timeout = workload_of_trial(place, trial).timeout,
                                                                 .standard_input = *path,
                                                                 .standard_output = host::Hashed{}});
  if (const auto failure = failure_in(result)) throw Error(fmt::format("its normaliser {}", *failure));
  return result.standard_output.sha256;
}

/// Sees what one check compares.
struct Observe {
  const ObservingPlace& place;
  const EndedTrial& trial;

  Observation operator()(const SameOutputCheck& check) const {
    return digest_of(place, {check.file, check.normalise}, trial);
  }
  Observation operator()(const TestInventoryCheck& check) const {
    const std::optional<std::string> path = path_of(place, check.file, trial);
    const std::string text = path ? host::read_file(*path) : kept_output(trial);
    try {
      return parse_report(check.format, text);
    } catch (const Error& error) {
      throw error.within(check.file.empty() ? "the report on standard output" : check.file);
    }
  }
  template <class Other>
  Observation operator()(const Other&) const {
    return {};
  }
};

struct ObservedFile {
  std::string operator()(const SameOutputCheck& check) const { return check.file; }
  std::string operator()(const TestInventoryCheck& check) const { return check.file; }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

}  // namespace

std::vector<std::string> observed_files(const Plan& plan, const Workload& workload) {
  std::vector<std::string> files;
  for (const Check& check : plan.checks) {
    std::string file = std::visit(ObservedFile{}, check.kind);
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

std::string digest_of(const ObservingPlace& place, const ComparedOutput& output, const EndedTrial& trial) {
  const std::optional<std::string> path = path_of(place, output.file, trial);
  if (!output.normalise.empty()) return normalised_digest(place, output, trial, path);
  return path ? host::sha256_of_file(*path) : trial.result.standard_output.sha256;
}

std::optional<CheckFailed> observe(const ObservingPlace& place, const EndedTrial& trial, Observations& observations) {
  const std::string& workload = workload_of_trial(place, trial).name;
  for (std::size_t index = 0; index < place.plan.checks.size(); ++index) {
    const Check& check = place.plan.checks[index];
    if (!applies_to(check.workloads, workload)) continue;
    try {
      observations[index] = std::visit(Observe{place, trial}, check.kind);
    } catch (const Error& error) {
      return CheckFailed{check.name, error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace assay::trial
