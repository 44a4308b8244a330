#include "experiments/trial/trial_runner.hpp"

#include <utility>

#include "core/host/machine/clock.hpp"
#include "core/host/process/simultaneous.hpp"
#include "experiments/trial/checks/isolation.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_steps.hpp"

namespace assay::trial {

struct TrialRunner::State : TrialSteps {
  using TrialSteps::TrialSteps;

  void take_down_outside_blocks(const ArmSetup& setup) {
    take_down(setup, [this](std::string note) { notes.add("outside blocks, " + note); });
  }
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

std::vector<std::optional<TrialReport>> run_simultaneously(const std::vector<SimultaneousTrial>& trials,
                                                           const Between& starts) {
  std::vector<OpenTrial> open;
  bool all_ready = true;
  for (const SimultaneousTrial& trial : trials) {
    open.push_back(trial.runner.state_->open(trial.setup, trial.padding));
    all_ready = all_ready && !open.back().failure;
  }
  if (all_ready) {
    std::vector<host::SimultaneousPart> parts;
    for (std::size_t place = 0; place < trials.size(); ++place) {
      TrialSteps& steps = *trials[place].runner.state_;
      parts.push_back({steps.launcher, steps.request(open[place])});
      if (!trials[place].cpus.empty()) parts.back().request.limits.cpus = trials[place].cpus;
      open[place].report.trial.cpu = trials[place].told_cpu;
    }
    if (starts) starts();
    host::StrainMeter& strain = trials.front().runner.state_->strain;  // of the whole machine, and so of all
    strain.start();
    const nanoseconds before = host::monotonic_time();
    const std::vector<host::ProcessResult> results = host::run_simultaneously(parts);
    const nanoseconds after = host::monotonic_time();
    const Strain strained = strain.finish();
    for (std::size_t place = 0; place < trials.size(); ++place) {
      open[place].report.trial.strain = strained;
      trials[place].runner.state_->settle(open[place], results[place], {before, after});
    }
  }
  std::vector<std::optional<TrialReport>> reports;
  for (std::size_t place = 0; place < trials.size(); ++place) {
    const bool counts = all_ready || open[place].failure.has_value();
    TrialReport report = trials[place].runner.state_->close(std::move(open[place]));
    reports.push_back(counts ? std::optional(std::move(report)) : std::nullopt);
  }
  return reports;
}

WarmUp TrialRunner::warm_up(const ArmSetup& setup) {
  WarmUp warm_up;
  warm_up.observations.resize(state_->plan.checks.size());
  auto unprepared = state_->stand_up(setup);
  if (!unprepared) unprepared = state_->prepare(setup);
  if (unprepared) {
    warm_up.outcome = *unprepared;
    state_->take_down_outside_blocks(setup);
    return warm_up;
  }
  state_->warm_up(setup, warm_up);
  const Concluded concluded = state_->run_concludes(setup);
  if (concluded.failure && is_measured(warm_up.outcome)) warm_up.outcome = *concluded.failure;
  state_->take_down_outside_blocks(setup);
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return warm_up;
}

std::vector<IsolationChallenge> TrialRunner::challenge_isolation(const ArmSetup& setup) {
  const Workspace& workspace = state_->workspace;
  auto unprepared = state_->stand_up(setup);
  if (!unprepared) unprepared = state_->prepare(setup);  // for the watch: what these runs leave, later ones may live on
  std::vector<IsolationChallenge> challenges = trial::challenge_isolation(
      state_->plan, state_->launcher, workspace.resources().lock_path, {setup, workspace.root() + "/lone"});
  Outcome unwatched = Measured{};
  state_->leaks.look({}, unwatched);
  if (!unprepared) (void)run_conclude_hooks(state_->plan, setup, state_->launcher);
  state_->take_down_outside_blocks(setup);
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return challenges;
}

std::vector<std::string> TrialRunner::changed_surroundings() const {
  std::vector<std::string> changes = state_->linker.changes();
  for (std::string& input : state_->inputs.changes()) changes.push_back(std::move(input));
  return changes;
}

std::vector<std::string> TrialRunner::take_notes() {
  std::vector<std::string> notes = state_->states.take_notes();
  for (std::string& note : state_->take_notes()) notes.push_back(std::move(note));
  return notes;
}

std::optional<std::string> TrialRunner::set_up(const ArmSetup& setup) {
  const Workload& workload = state_->workload(setup);
  if (sets_up_each_trial(workload)) return std::nullopt;
  return state_->run_hook(workload.hooks.setup, setup, Descendants::keep);
}

std::optional<std::string> TrialRunner::clean_up(const ArmSetup& setup) {
  const Workload& workload = state_->workload(setup);
  if (sets_up_each_trial(workload)) return std::nullopt;
  return state_->run_hook(workload.hooks.cleanup, setup, Descendants::end);
}

}  // namespace assay::trial
