#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// What a check saw in a trial, to be compared with control: the digest of an output, or the tests that were run. Empty
/// for other checks, and if the trial ended before anything could be seen.
using Observation = std::variant<std::monostate, std::string, TestInventory>;
/// One per check of the plan.
using Observations = std::vector<Observation>;

/// A trial that has ended, with what its checks read.
struct EndedTrial {
  const ArmSetup& setup;
  const host::ProcessResult& result;
  const std::vector<std::string>& untouched_files;  ///< declared files that it did not write
  std::optional<TrialTime> time = {};               ///< when it ran, if its spans are to be read
};

/// What checks need beside the trial.
struct ObservationContext {
  const Plan& plan;
  host::Launcher& launcher;
  std::string scratch_file;  ///< for the input of a normaliser
};

/// The files that the workload's checks read.
[[nodiscard]] std::vector<std::string> observed_files(const Plan& plan, const Workload& workload);

/// The files that a trial of the workload is meant to write: its results, its output, and the files that checks and
/// metrics read.
[[nodiscard]] std::vector<std::string> written_files(const Plan& plan, const Workload& workload);

/// Collects what the workload's checks compare with control. If a file is missing or was not written by this trial, or
/// a report cannot be read, or a normaliser fails, the check has failed.
[[nodiscard]] std::optional<CheckFailed> observe(const ObservationContext& context, const EndedTrial& trial,
                                                 Observations& observations);

/// An output that is compared.
struct ComparedOutput {
  std::string file;  ///< empty: standard output
  const Argv& normalise;
};
/// The digest of the output after its normaliser. \throws Error that says why there is none.
[[nodiscard]] std::string digest_of(const ObservationContext& context, const ComparedOutput& output,
                                    const EndedTrial& trial);
/// The text of the output after its normaliser. \throws Error that says why there is none.
[[nodiscard]] std::string text_of(const ObservationContext& context, const ComparedOutput& output,
                                  const EndedTrial& trial);

}  // namespace assay::trial
