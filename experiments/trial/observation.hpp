#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/checks/test_inventory.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// What a check saw in a trial, to be held against control: the digest of an output, or the tests that were run;
/// nothing for other checks, and where the trial ended before it could be seen.
using Observation = std::variant<std::monostate, std::string, TestInventory>;
/// One per check of the plan.
using Observations = std::vector<Observation>;

/// A trial that has ended, with what its checks look at.
struct EndedTrial {
  const ArmSetup& setup;
  const host::ProcessResult& result;
  const std::vector<std::string>& untouched_files;  ///< declared files that it did not write
  std::optional<TrialTime> time = {};               ///< where its spans are going to be read
};

/// What observing needs beside the trial.
struct ObservingPlace {
  const Plan& plan;
  host::Launcher& launcher;
  std::string scratch_file;  ///< for what a normaliser reads
};

/// The files that checks of the workload compare or read.
[[nodiscard]] std::vector<std::string> observed_files(const Plan& plan, const Workload& workload);

/// The files that a trial of the workload is meant to write: results, output, those of checks and metrics.
[[nodiscard]] std::vector<std::string> written_files(const Plan& plan, const Workload& workload);

/// Sees what every check of the workload compares. A file that is missing or was not written by this trial, a report
/// that cannot be read and a normaliser that fails are failures of the check.
[[nodiscard]] std::optional<CheckFailed> observe(const ObservingPlace& place, const EndedTrial& trial,
                                                 Observations& observations);

/// An output that is compared, and where it stands.
struct ComparedOutput {
  std::string file;  ///< empty: standard output
  const Argv& normalise;
};
/// Digest of the output after its normaliser. \throws Error that says why there is none.
[[nodiscard]] std::string digest_of(const ObservingPlace& place, const ComparedOutput& output, const EndedTrial& trial);

}  // namespace assay::trial
