#include "experiments/engine/plant_trials.hpp"

#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "experiments/engine/failed_trial.hpp"
#include "experiments/engine/lenient_checks.hpp"
#include "experiments/engine/local_arms.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {
namespace {

constexpr std::size_t kPlantedCell = 0;

/// The plan of control and treatment, each with the fault. \throws Error if the patch is not the plan's, or does not
/// apply.
Plan planted_plan(const Plan& plan, const Plant& plant, host::Launcher& launcher) {
  const std::string file = trial::path_in(plan.folder, plant.patch.file);
  if (host::sha256_of_file(file) != plant.patch.sha256) {
    throw Error(fmt::format("{} is not the file that the plan names", plant.patch.file));
  }
  Plan planted = two_arms(plan);
  for (Level& level : planted.variable.levels) std::get<SourceLevel>(level.value).patches.push_back(plant.patch);
  planted.variable = trial::resolved(std::move(planted.variable), plan.folder, launcher);
  return planted;
}

/// How one trial of an arm fails. Exit codes and timeouts count, too: a test may be the workload itself.
std::optional<std::string> failure_of_trial(trial::TrialRunner& runner, const trial::ArmSetup& setup,
                                            const trial::OutputReferences& references) {
  const trial::TrialReport report = runner.run_once(setup);
  if (const auto failed = failed_step(report, setup.cell, references)) return *failed + " failed";
  return is_measured(report.trial.outcome) ? std::nullopt : std::optional(describe(report.trial.outcome));
}

/// Trials of one arm with the fault in it. \throws Error if the arm cannot be set up.
RepeatedTrials trials_with_plant(trial::TrialRunner& runner, const trial::ArmSetup& setup,
                                 const trial::OutputReferences& references) {
  if (const auto failure = runner.set_up(setup)) throw Error("setup failed: " + *failure);
  RepeatedTrials trials = repeated([&] { return failure_of_trial(runner, setup, references); });
  (void)runner.clean_up(setup);  // what it leaves is ended with the other descendants
  return trials;
}

}  // namespace

TriedPlant PlantTrials::run(const Plant& plant, const StopSignal& stop) {
  TriedPlant tried{.plant = plant.name, .patch = plant.patch.file, .control = "", .treatment = "", .not_tried = ""};
  context_.step(fmt::format("planting {}", plant.name));
  try {
    const Plan planted = planted_plan(context_.plan, plant, context_.launcher);
    trial::Workspace workspace(planted, context_.lock_path);
    LocalArms arms(planted, context_.launcher, workspace, {}, {});
    arms.build(context_.step, [&stop] { return stop() != StopRequest::none; });
    if (stop() != StopRequest::none) return tried;
    trial::TrialRunner runner(planted, context_.launcher, workspace);
    const std::vector<trial::ArmSetup>& setups = arms.setups(kPlantedCell);
    PlantedTrials trials{.control = trials_with_plant(runner, setups[kControl], context_.references),
                         .treatment = trials_with_plant(runner, setups[kFirstTreatment], context_.references),
                         .sound = {}};
    if (failed_always(trials.control)) trials.sound = sound_control();
    judge(trials, tried);
  } catch (const Error& error) {
    tried.not_tried = error.what();
  }
  return tried;
}

const RepeatedTrials& PlantTrials::sound_control() {
  if (!sound_) {
    sound_ = repeated([this] { return failure_of_trial(context_.runner, context_.control, context_.references); });
  }
  return *sound_;
}

}  // namespace assay::engine
