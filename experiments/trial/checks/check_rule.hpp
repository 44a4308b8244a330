#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "experiments/trial/broken_arm.hpp"
#include "experiments/trial/checks/isolation.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"
#include "experiments/trial/observation.hpp"

namespace assay::trial {

/// What a check needs of a trial's standard output. Text includes the digest.
enum class OutputNeed { nothing, digest, text };

/// Whether a check reads what metrics are read from: the results file, or else standard output.
enum class ResultsNeed { not_read, read };

/// What a check needs of a trial so that it can be judged.
struct CheckNeeds {
  std::string file = {};  ///< the file that it reads, which the trial must have written; empty: none
  OutputNeed standard_output = OutputNeed::nothing;
  ResultsNeed results = ResultsNeed::not_read;
  std::vector<Argv> commands = {};  ///< the commands that judge a trial: files of the commit that they name are harness
};

// How a check is judged. Each function returns why the check fails, or nothing if it passes.

/// Sees something in every trial and compares it with what control's first trial showed in the same cell.
struct ComparedWithControl {
  /// \throws Error that says why nothing can be seen; the check fails then.
  std::function<Observation(const ObservationContext& context, const EndedTrial& trial)> observe;
  std::function<std::optional<std::string>(const Observation& reference, const Observation& observation)> difference;
};
/// Runs something after every trial, outside the clock.
struct JudgedAfterTrial {
  std::function<std::optional<std::string>(const ObservationContext& context, const EndedTrial& trial)> failure;
};
/// Reads the trial's results.
struct JudgedByResults {
  std::function<std::optional<std::string>(const TrialOutput& output)> failure;
};
/// Watches the machine from before a trial until after it (`LeakTracker`).
struct WatchedForLeaks {};
/// Runs an arm in several ways before the first block (`challenge_isolation`).
struct ChallengedBeforehand {
  /// Compares arms that are broken on purpose with the arm as it is.
  std::function<std::vector<BrokenArm>(const Plan& plan, host::Launcher& launcher, const Challenged& challenged)> prove;
};
using Judgement =
    std::variant<ComparedWithControl, JudgedAfterTrial, JudgedByResults, WatchedForLeaks, ChallengedBeforehand>;

/// What there is to break a control arm with.
struct BreakingContext {
  const Workload& workload;
  std::string working_directory;  ///< that of control
  std::string scratch_folder;     ///< for files that broken arms read
  /// Runs control and returns what it wrote to this file, or to standard output if the name is empty.
  std::function<std::string(const std::string& file)> output_of_control;
};

/// Everything that the program knows about one check beside its name and its workloads.
struct CheckRule {
  CheckNeeds needs;
  Judgement judgement;
  /// The commands of arms on which the check must fail. None if the judgement has a proof of its own.
  std::function<std::vector<BreakingCommand>(const BreakingContext& context)> breaking_commands;
};

/// The rule of a kind of check. Each kind has its own `rule_for`, in a file of its own that CMakeLists.txt lists.
/// \throws Error for a check that cannot be understood, such as a condition that does not parse.
[[nodiscard]] CheckRule rule_of_kind(const CheckKind& kind);

/// The rule of a check. \throws Error as above, with the check's name.
[[nodiscard]] CheckRule rule_of(const Check& check);

/// A command that truncates a file, relative to the working directory.
[[nodiscard]] Argv write_nothing_to(const std::string& file);

}  // namespace assay::trial
