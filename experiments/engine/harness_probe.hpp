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
  /// Paths that checks and the program read, if a check that reads control's versions of them fails in every trial, and
  /// with treatment's in none: either may be right, which somebody has to see.
  std::vector<std::string> shared = {};
  std::vector<std::string> notes = {};  ///< what could not be told
};

/// What a probe works with.
struct HarnessContext {
  const Plan& plan;
  trial::TrialRunner& runner;
  const trial::ArmSetup& control;
  const trial::OutputReferences& references;  ///< what control's warm-ups showed
  std::string scratch;                        ///< absolute: a folder to be made, on the file system of the clones
};

/// The files that differ between control and a treatment and may be its harness, below the clones' tops: those that are
/// named like one, and all others that neither the build read nor the workload's command names. None if no check, hook
/// or normaliser of the workload runs a command, which could read them.
[[nodiscard]] std::vector<std::string> possible_harness(const Plan& plan, const trial::SourceArms& sources,
                                                        const trial::ArmSetup& treatment);

/// True for a path whose name says that it measures or builds: `*test*`, `*check*`, `*bench*`, Makefile, makefile,
/// GNUmakefile, `*.mk`, CMakeLists.txt, `*.cmake`, meson.build, build.ninja, conftest.py, package.json, tox.ini,
/// noxfile.py.
[[nodiscard]] bool is_named_like_a_harness(const std::string& path);

/// Runs one trial of each arm and looks, by access times, which of these files its checks read. If there are any,
/// another trial is run with control's versions of them in place: from the start if the program itself does not read
/// them, or if they are named like a harness, and else only while the trial is judged. If it fails, both kinds of
/// trials are run `kRepetitions` times. If the file system keeps no access times, a note says so.
[[nodiscard]] HarnessProbe probe_harness(const HarnessContext& context, const trial::ArmSetup& treatment,
                                         const std::vector<std::string>& possible);

/// What a probe means for an attempt that may keep the change: its arms may not differ in what judges them.
[[nodiscard]] HarnessFindings findings_of(const Plan& plan, const HarnessProbe& probe);

}  // namespace assay::engine
