#pragma once

#include <string>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

inline constexpr ArmIndex kFirstTreatment = 1;

/// The plan of control and the first treatment, which no challenge is about.
[[nodiscard]] Plan two_arms(const Plan& plan);

/// True if checks can see which arm they judge, by the files around it or by its variables. Where the arms differ in
/// arguments only, no check can be lenient with one of them.
[[nodiscard]] bool checks_can_tell_arms_apart(const Plan& plan);

/// What the proof of a plan's checks needs.
struct ProofContext {
  const Plan& plan;
  host::Launcher& launcher;
  std::string lock_path;
  const StepSink& step;
};

/// What arms that are broken on purpose (docs/methods/checks.md) showed.
struct ProvenChecks {
  /// Those that checks catch in control's environment and not in a treatment's, `kRepetitions` times in a row; or one
  /// that was not tried, because something could not be run.
  std::vector<TriedPlant> lenient = {};
  /// A sentence for each check that catches some broken arm nowhere, or fails on control.
  std::vector<std::string> weak = {};
};

/// Puts arms that are broken on purpose in the place of every arm, in places of their own, and asks every check. Cost:
/// for each check up to two trials of control and some of broken arms; two builds, if arms are built; three times that
/// if something is found.
[[nodiscard]] ProvenChecks prove_checks(const ProofContext& context);

}  // namespace assay::engine
