#include "experiments/engine/weakening_trials.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/engine/failed_trial.hpp"
#include "experiments/engine/harness_probe.hpp"
#include "experiments/engine/local_session.hpp"
#include "experiments/engine/plant_trials.hpp"
#include "experiments/engine/repeated_trials.hpp"

namespace assay::engine {
namespace {

/// The claim's cell comes first.
constexpr std::size_t kClaimedCell = 0;
constexpr ArmIndex kClaimedTreatment = 1;

OneTrial trial_of_control(LocalSession& session) {
  return [&session]() -> std::optional<std::string> {
    const trial::ArmSetup& control = session.arms.setups(kClaimedCell)[kControl];
    const trial::TrialReport report = session.lanes.runner(kClaimedCell).run_once(control);
    const auto failed = failed_step(report, kClaimedCell, session.references);
    return failed ? std::optional(*failed + " failed") : std::nullopt;
  };
}

/// What the probe means for a challenge.
TriedPlant tried_itself(const HarnessProbe& probe, const RepeatedTrials& control) {
  TriedPlant tried{.plant = "treatment itself", .patch = "", .control = "", .treatment = "", .not_tried = ""};
  tried.not_tried = fmt::format("{}", fmt::join(probe.notes, "; "));
  if (!probe.failed.empty()) {
    judge({.control = {kRepetitions, kRepetitions, probe.failed + " failed"}, .treatment = {}, .sound = control},
          tried);
  }
  return tried;
}

/// Treatment judged by control's checks; std::nullopt if the change alters nothing that checks or hooks read.
std::optional<TriedPlant> judged_by_controls_checks(LocalSession& session) {
  const std::optional<trial::SourceArms>& sources = session.arms.sources();
  if (!sources) return std::nullopt;
  const trial::ArmSetup& treatment = session.arms.setups(kClaimedCell)[kClaimedTreatment];
  const std::vector<std::string> possible = possible_harness(session.plan, *sources, treatment);
  if (possible.empty()) return std::nullopt;
  session.step("control's checks of " + session.name_of(treatment));
  trial::TrialRunner& runner = session.lanes.runner(kClaimedCell);
  const trial::ArmSetup& control_setup = session.arms.setups(kClaimedCell)[kControl];
  const HarnessContext context{session.plan, runner, control_setup, session.references,
                               session.workspace.root() + "/harness"};
  const HarnessProbe probe = probe_harness(context, treatment, possible);
  for (const std::vector<std::string>& paths : {probe.read, probe.shared})
    session.harness.changed.insert(session.harness.changed.end(), paths.begin(), paths.end());
  if (probe.failed.empty() && probe.notes.empty()) return std::nullopt;
  RepeatedTrials control;
  if (!probe.failed.empty()) control = repeated(trial_of_control(session));
  return tried_itself(probe, control);
}

}  // namespace

std::vector<TriedPlant> try_weakening(LocalSession& session, const StopSignal& stop) {
  PlantTrials trials({.plan = session.plan,
                      .launcher = session.launcher,
                      .references = session.references,
                      .runner = session.lanes.runner(kClaimedCell),
                      .control = session.arms.setups(kClaimedCell)[kControl],
                      .lock_path = session.workspace.resources().lock_path,
                      .step = session.step});
  std::vector<TriedPlant> tried;
  for (const Plant& plant : session.plan.plants) {
    tried.push_back(trials.run(plant, stop));
    if (stop() != StopRequest::none) return {};
  }
  if (std::optional<TriedPlant> itself = judged_by_controls_checks(session)) tried.push_back(*std::move(itself));
  if (stop() != StopRequest::none) return {};
  tried.insert(tried.end(), session.broken_arms.begin(), session.broken_arms.end());
  return tried;
}

}  // namespace assay::engine
