#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/sources/source_arms.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What the harness probes of an attempt found about the files that a change alters and that checks read.
struct HarnessFindings {
  std::vector<std::string> intruders;  ///< a check fails if it reads control's version of them
  std::vector<std::string> changed;    ///< paths that checks read; the checks also pass with control's versions
  std::vector<std::string> notes;      ///< what could not be told
};

/// What one probe showed.
struct HarnessProbe {
  std::vector<std::string> read = {};  ///< paths of the change that checks or hooks read
  /// "check right": fails in every trial with control's versions of them and in none with treatment's; empty: nothing.
  std::string failed = {};
  std::vector<std::string> notes = {};  ///< what could not be told
};

/// What a probe works with.
struct HarnessContext {
  const Plan& plan;
  const trial::SourceArms& sources;
  trial::TrialRunner& runner;
  const trial::OutputReferences& references;  ///< what control's warm-ups showed
  std::string scratch;                        ///< absolute: a folder to be made, on the file system of the clones
};

/// The files that differ between control and a treatment and may be its harness, below the clones' tops: those that are
/// named like one, and all others that neither the build read nor the workload's command names. None if no check, hook
/// or normaliser of the workload runs a command, which could read them.
[[nodiscard]] std::vector<std::string> possible_harness(const Plan& plan, const trial::SourceArms& sources,
                                                        const trial::ArmSetup& treatment);

/// True for a path whose name says that it measures or builds: `*test*`, `*check*`, `*bench*`, Makefile, `*.mk`,
/// CMakeLists.txt, `*.cmake`, conftest.py, package.json.
[[nodiscard]] bool is_named_like_a_harness(const std::string& path);

/// Runs one trial of a treatment and looks, by access times, which of these files its checks read. Those that the
/// program itself read as well count only if they are named like a harness. If any are left, another trial is run with
/// control's versions of them in place. If it fails, both kinds of trials are run `kRepetitions` times. If the file
/// system keeps no access times, a note says so.
[[nodiscard]] HarnessProbe probe_harness(const HarnessContext& context, const trial::ArmSetup& treatment,
                                         const std::vector<std::string>& possible);

/// What a probe means for an attempt that may keep the change: its arms may not differ in what judges them.
[[nodiscard]] HarnessFindings findings_of(const Plan& plan, const HarnessProbe& probe);

}  // namespace assay::engine
