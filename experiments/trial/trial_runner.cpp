#include "experiments/trial/trial_runner.hpp"

#include <utility>

#include "core/host/machine/clock.hpp"
#include "core/host/process/duet.hpp"
#include "experiments/trial/checks/isolation.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_steps.hpp"

namespace assay::trial {

struct TrialRunner::State : TrialSteps {
  using TrialSteps::TrialSteps;
};

TrialRunner::TrialRunner(const Plan& plan, host::Launcher& launcher, Workspace& workspace)
    : state_(std::make_unique<State>(plan, launcher, workspace)) {}
TrialRunner::~TrialRunner() = default;
TrialRunner::TrialRunner(TrialRunner&&) noexcept = default;
TrialRunner& TrialRunner::operator=(TrialRunner&&) noexcept = default;

TrialReport TrialRunner::run(const ArmSetup& setup, int padding, const Between& starts) {
  OpenTrial trial = state_->open(setup, padding);
  if (!trial.failure) {
    if (starts) starts();
    state_->run(trial);
  }
  return state_->close(std::move(trial));
}

TrialReport TrialRunner::run_once(const ArmSetup& setup, const TrialMoments& moments) {
  state_->before_judging = moments.is_judged;
  TrialReport report = run(setup, 0, moments.starts);
  state_->before_judging = nullptr;
  return report;
}

std::vector<TrialReport> run_duet(const std::array<DuetTrial, 2>& trials, int padding, const Between& starts) {
  const std::array states = {trials[0].runner.state_.get(), trials[1].runner.state_.get()};
  std::array<OpenTrial, 2> open = {states[0]->open(trials[0].setup, padding),
                                   states[1]->open(trials[1].setup, padding)};
  const bool both_ready = !open[0].failure && !open[1].failure;
  if (both_ready) {
    std::array<host::ProcessRequest, 2> requests = {states[0]->request(open[0]), states[1]->request(open[1])};
    for (std::size_t half = 0; half < requests.size(); ++half) {
      requests[half].limits.cpus = {trials[half].cpu};
      open[half].report.trial.cpu = trials[half].cpu;
    }
    if (starts) starts();
    host::StrainMeter& strain = states[0]->strain;  // of the whole machine, and so of both
    strain.start();
    const nanoseconds before = host::monotonic_time();
    const std::array<host::ProcessResult, 2> results = host::run_duet(
        {{{states[0]->launcher, std::move(requests[0])}, {states[1]->launcher, std::move(requests[1])}}});
    const nanoseconds after = host::monotonic_time();
    const Strain strained = strain.finish();
    for (std::size_t half = 0; half < results.size(); ++half) {
      open[half].report.trial.strain = strained;
      states[half]->settle(open[half], results[half], {before, after});
    }
  }
  std::vector<TrialReport> reports;
  for (std::size_t half = 0; half < open.size(); ++half) {
    const bool counts = both_ready || open[half].failure.has_value();
    TrialReport report = states[half]->close(std::move(open[half]));
    if (counts) reports.push_back(std::move(report));
  }
  return reports;
}

WarmUp TrialRunner::warm_up(const ArmSetup& setup) {
  WarmUp warm_up;
  warm_up.observations.resize(state_->plan.checks.size());
  if (const auto failed = state_->prepare(setup)) {
    warm_up.outcome = *failed;
    return warm_up;
  }
  state_->warm_up(setup, warm_up);
  const Concluded concluded = state_->run_concludes(setup);
  if (concluded.failure && is_measured(warm_up.outcome)) warm_up.outcome = *concluded.failure;
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return warm_up;
}

std::vector<IsolationChallenge> TrialRunner::challenge_isolation(const ArmSetup& setup) {
  const Workspace& workspace = state_->workspace;
  const auto unprepared = state_->prepare(setup);  // for the watch: what these runs leave, later ones may live on
  std::vector<IsolationChallenge> challenges = trial::challenge_isolation(
      state_->plan, state_->launcher, workspace.resources().lock_path, {setup, workspace.root() + "/lone"});
  Outcome unwatched = Measured{};
  state_->leaks.look({}, unwatched);
  if (!unprepared) (void)run_conclude_hooks(state_->plan, setup, state_->launcher);
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return challenges;
}

std::vector<std::string> TrialRunner::changed_linker_files() const {
  return state_->linker.changes();
}

std::vector<std::string> TrialRunner::take_notes() {
  std::vector<std::string> notes = state_->states.take_notes();
  for (std::string& note : state_->take_notes()) notes.push_back(std::move(note));
  return notes;
}

std::optional<std::string> TrialRunner::set_up(const ArmSetup& setup) {
  return state_->run_hook(state_->workload(setup).hooks.setup, setup, Descendants::keep);
}

std::optional<std::string> TrialRunner::clean_up(const ArmSetup& setup) {
  return state_->run_hook(state_->workload(setup).hooks.cleanup, setup, Descendants::end);
}

}  // namespace assay::trial
