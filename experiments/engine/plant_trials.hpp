#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/host/process/process.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/trial/checks/output_references.hpp"

namespace assay::engine {

/// What planting a fault needs. The references must outlive it.
struct PlantContext {
  const Plan& plan;  ///< its arms are made of revisions
  host::Launcher& launcher;
  const trial::OutputReferences& references;  ///< what control's warm-ups showed without a fault
  std::string lock_path;
  const StepSink& step;
};

/// Plants faults into clones of their own of control and of the first treatment.
class PlantTrials {
 public:
  explicit PlantTrials(PlantContext context) : context_(std::move(context)) {}

  /// Builds both arms with the fault and runs one trial of each, in the first cell. A fault whose patch does not apply,
  /// or with which an arm cannot be built or set up, is not tried. Cost: two clones, two builds and two trials.
  [[nodiscard]] TriedPlant run(const Plant& plant, const StopSignal& stop);
  /// Puts arms that are broken on purpose (docs/methods/checks.md) in the place of control and of treatment, and asks
  /// every check. \returns those that control's checks catch and treatment's do not, and nothing else. To be asked only
  /// if the change alters what checks read. Cost: two clones, two builds, and for each check up to two trials of
  /// control.
  [[nodiscard]] std::vector<TriedPlant> run_broken_arms();

 private:
  PlantContext context_;
};

}  // namespace assay::engine
