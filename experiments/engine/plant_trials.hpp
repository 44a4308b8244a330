#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/engine/repeated_trials.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What planting a fault needs. The references must outlive it.
struct PlantContext {
  const Plan& plan;  ///< its arms are made of revisions
  host::Launcher& launcher;
  const trial::OutputReferences& references;  ///< what control's warm-ups showed without a fault
  trial::TrialRunner& runner;                 ///< of control without a fault, which is set up
  const trial::ArmSetup& control;             ///< in the first cell
  std::string lock_path;
  const StepSink& step;
};

/// Plants faults into clones of their own of control and of the first treatment.
class PlantTrials {
 public:
  explicit PlantTrials(PlantContext context) : context_(std::move(context)) {}

  /// Builds both arms with the fault and runs `kRepetitions` trials of each, in the first cell; of control without the
  /// fault, too, if it catches the fault. A fault whose patch does not apply, or with which an arm cannot be built or
  /// set up, is not tried. Cost: two clones, two builds and six trials; for all faults together three more of control.
  [[nodiscard]] TriedPlant run(const Plant& plant, const StopSignal& stop);

 private:
  /// Control without a fault.
  [[nodiscard]] const RepeatedTrials& sound_control();

  PlantContext context_;
  std::optional<RepeatedTrials> sound_;
};

}  // namespace assay::engine
