#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/metrics/metric_reader.hpp"
#include "experiments/trial/observation.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {

/// A trial, with what its checks saw. That is compared with control afterwards (`OutputReferences`).
struct TrialReport {
  Trial trial;
  Observations observations;
  std::string standard_output_sha256 = {};    ///< of a measured trial; empty if it goes to a file or to /dev/null
  std::vector<std::string> older_files = {};  ///< declared files that are older than the trial
  /// How its conclude hooks failed twice (rules 2); the trial itself stands. Nothing else is to be run after that.
  std::optional<HookFailed> not_concluded = {};
};

/// A trial outside the clock, before the first block: it warms caches and shows what the arm prints.
struct WarmUp {
  Outcome outcome;
  Observations observations;
  std::string standard_output_sha256;  ///< empty if the workload sends it to a file
  std::size_t standard_output_bytes = 0;
  std::string error_line;  ///< the last line on stderr, or empty
  nanoseconds wall{};
  std::vector<UnavailableMetric> unavailable = {};  ///< what decides and the machine did not report
};

struct SimultaneousTrial;

/// Called between the parts of a trial. An empty one is not called.
using Between = std::function<void()>;
/// What is called within a trial that belongs to no block.
struct TrialMoments {
  Between starts = {};     ///< its hooks have prepared it, and the program is about to start
  Between is_judged = {};  ///< the program has ended well, and its checks are about to begin
};

/// Runs single trials of one plan, with hooks around them and checks and metrics after them, all outside the clock.
///
/// The order is: prepare, prove the state, remove the results file, run the trial, run its checks and read its metrics,
/// conclude, look for leaks. Processes that the trial left running are ended and files that it left in $TMPDIR removed,
/// and both are noted. A trial that fails is a result, never an exception.
class TrialRunner {
 public:
  /// All three must outlive the runner. \throws Error for a metric whose expression does not parse.
  TrialRunner(const Plan& plan, host::Launcher& launcher, Workspace& workspace);
  ~TrialRunner();
  TrialRunner(TrialRunner&&) noexcept;
  TrialRunner& operator=(TrialRunner&&) noexcept;

  /// \param padding  bytes of environment padding, the same for all arms of a block
  /// \param starts  is called just before the program starts, if it does
  /// \throws Error if the program cannot be started at all, or the launcher died.
  [[nodiscard]] TrialReport run(const ArmSetup& setup, int padding, const Between& starts = {});
  /// Runs one more trial, which belongs to no block. \throws Error as `run` does.
  [[nodiscard]] TrialReport run_once(const ArmSetup& setup, const TrialMoments& moments = {});
  /// \throws Error as `run` does.
  [[nodiscard]] WarmUp warm_up(const ArmSetup& setup);

  /// Tries whether trials of the arm are isolated, once for each isolation check of the workload.
  /// \throws Error as `run` does.
  [[nodiscard]] std::vector<IsolationChallenge> challenge_isolation(const ArmSetup& setup);

  /// Changes of what every program reads when it starts, and declared inputs that were others when some trial began:
  /// the trials were not run under the same conditions.
  [[nodiscard]] std::vector<std::string> changed_surroundings() const;

  /// What a reader of the result should know about states and checks, each said once.
  [[nodiscard]] std::vector<std::string> take_notes();

  /// Runs the workload's setup or cleanup for one arm, if it has one. Processes that a setup leaves running live on.
  /// \returns how it failed.
  [[nodiscard]] std::optional<std::string> set_up(const ArmSetup& setup);
  [[nodiscard]] std::optional<std::string> clean_up(const ArmSetup& setup);

 private:
  friend std::vector<std::optional<TrialReport>> run_simultaneously(const std::vector<SimultaneousTrial>& trials,
                                                                    const Between& starts);
  struct State;
  std::unique_ptr<State> state_;
};

/// One of several trials that run at once.
struct SimultaneousTrial {
  TrialRunner& runner;  ///< its launcher and workspace must not be those of another
  const ArmSetup& setup;
  int padding = 0;
  std::vector<int> cpus = {};        ///< that it is bound to; empty: those that its workload names, if any
  std::optional<int> told_cpu = {};  ///< what its trial says of that
};

/// Runs all at once, each as `TrialRunner::run` would run it. All are prepared before any starts, and concluded when
/// all have ended; `starts` is called once. If some cannot be prepared, none starts, and only those have a report.
/// \throws Error as `TrialRunner::run` does.
[[nodiscard]] std::vector<std::optional<TrialReport>> run_simultaneously(const std::vector<SimultaneousTrial>& trials,
                                                                         const Between& starts = {});

}  // namespace assay::trial
