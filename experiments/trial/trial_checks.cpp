#include "experiments/trial/trial_checks.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/digest.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::experiments {
namespace {

std::string digest_of(const SameOutputCheck& check, const Workload& workload, const EndedTrial& trial) {
  const bool to_file = workload.standard_output == OutputTarget::file;
  if (check.file.empty() && !to_file) return trial.result.standard_output.sha256;
  const std::string& file = check.file.empty() ? workload.output_file : check.file;
  const std::vector<std::string>& untouched = trial.untouched_files;
  if (std::find(untouched.begin(), untouched.end(), check.file) != untouched.end()) {
    throw Error(fmt::format("{} was not written by this trial", check.file));
  }
  return host::sha256_of_file(path_in(trial.setup.working_directory, file));
}

}  // namespace

std::vector<std::string> compared_files(const Plan& plan, const Workload& workload) {
  std::vector<std::string> files;
  for (const Check& check : plan.checks) {
    const SameOutputCheck* const same = same_output_check(check, workload);
    if (same != nullptr && !same->file.empty()) files.push_back(same->file);
  }
  return files;
}

std::optional<CheckFailed> take_digests(const Plan& plan, const EndedTrial& trial, OutputDigests& digests) {
  const Workload& workload = plan.workloads[trial.setup.workload];
  for (std::size_t index = 0; index < plan.checks.size(); ++index) {
    const SameOutputCheck* const same = same_output_check(plan.checks[index], workload);
    if (same == nullptr) continue;
    try {
      digests[index] = digest_of(*same, workload, trial);
    } catch (const Error& error) {
      return CheckFailed{plan.checks[index].name, error.what()};
    }
  }
  return std::nullopt;
}

std::optional<CheckFailed> run_check_commands(const Plan& plan, const ArmSetup& setup, host::Launcher& launcher) {
  const Workload& workload = plan.workloads[setup.workload];
  for (const Check& check : plan.checks) {
    const auto* const command = std::get_if<CommandCheck>(&check.kind);
    if (command == nullptr || !applies_to(check.workloads, workload.name)) continue;
    const std::optional<std::string> failure = failure_of(launcher, command->command, setup, workload.timeout);
    if (failure) return CheckFailed{check.name, *failure};
  }
  return std::nullopt;
}

}  // namespace assay::experiments
