#include "experiments/trial/trial_runner.hpp"

#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/host/machine/clock.hpp"
#include "core/host/machine/strain.hpp"
#include "core/host/process/duet.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/design/trial_notes.hpp"
#include "experiments/trial/checks/isolation.hpp"
#include "experiments/trial/checks/leak_ledger.hpp"
#include "experiments/trial/earlier_files.hpp"
#include "experiments/trial/metrics/results_text.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/state_proof.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_judge.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

/// So often is a warm-up repeated before a trial, until what it needs is in memory.
constexpr int kMostRepeats = 3;

Outcome outcome_of(const host::ProcessResult& result, const Workload& workload) {
  if (is_success(result, workload)) return Measured{};
  return std::visit([](const auto& ending) { return Outcome(ending); }, result.ending);
}

/// A trial that is not over: its prepare has run, its conclude is to come.
struct OpenTrial {
  const ArmSetup* setup;
  int padding;  ///< of its block
  TrialReport report = {};
  std::optional<Outcome> failure = {};  ///< what stands in its way
  std::optional<DeclaredFiles> files = {};
};

}  // namespace

struct TrialRunner::State {
  const Plan& plan;
  host::Launcher& launcher;
  Workspace& workspace;
  TrialJudge judge;
  StateProof states;
  OnceNotes notes;
  LeakLedger leaks;
  EarlierFiles earlier;
  host::StrainMeter strain;

  State(const Plan& the_plan, host::Launcher& the_launcher, Workspace& the_workspace)
      : plan(the_plan),
        launcher(the_launcher),
        workspace(the_workspace),
        judge({the_plan, the_launcher, the_workspace.root() + "/filtered"}),
        states(the_plan),
        leaks(the_plan, the_workspace, the_launcher, notes) {}

  [[nodiscard]] const Workload& workload(const ArmSetup& setup) const { return plan.workloads[setup.workload]; }

  [[nodiscard]] std::optional<std::string> hook(const Argv& command, const ArmSetup& setup, Descendants descendants) {
    if (command.empty()) return std::nullopt;
    return failure_of(launcher, command, setup, workload(setup).timeout, descendants);
  }

  /// What an earlier trial wrote goes before the hooks run, since a prepare may put the file there that the trial works
  /// on.
  [[nodiscard]] std::optional<HookFailed> prepare(const ArmSetup& setup) {
    judge.take_away_earlier(setup, earlier);
    if (auto failed = run_prepare_hooks(plan, setup, launcher)) return failed;
    return leaks.start(setup);
  }

  /// Hooks, the watch for leaks, and the state's proof. \returns what stands in the way of the trial.
  [[nodiscard]] std::optional<Outcome> bring_about(const ArmSetup& setup, Trial& trial) {
    for (int repeated = 0;; ++repeated) {
      if (const auto failed = prepare(setup)) return *failed;
      std::optional<StateUnproven> unproven = run_state_proof(plan, setup, launcher);
      const bool proof_holds = !unproven;
      if (proof_holds) unproven = states.before(setup);
      if (!unproven) {
        if (repeated > 0) trial.notes.push_back(fmt::format("warm-ups repeated before it: {}", repeated));
        return std::nullopt;
      }
      if (!states.is_warm(setup) || repeated == kMostRepeats) return *unproven;
      const host::ProcessResult again = repeat_warm_up(setup);
      if (!is_success(again, workload(setup))) return *unproven;  // or someone asked to stop
      if (proof_holds) states.learn_from_warm_up(setup, again.usage);
    }
  }

  [[nodiscard]] host::ProcessResult repeat_warm_up(const ArmSetup& setup) {
    remove_results(workload(setup), setup);
    host::ProcessResult result = launcher.run(trial_request(plan, setup, Purpose::warm_up));
    if (const auto failed = run_conclude_hooks(plan, setup, launcher)) {
      notes.add(fmt::format("after a repeated warm-up, {}", describe(*failed)));
    }
    workspace.clear_temporary_folder();
    return result;
  }

  /// All that comes before the clock.
  [[nodiscard]] OpenTrial open(const ArmSetup& setup, int padding) {
    OpenTrial trial{&setup, padding};
    trial.report.observations.resize(plan.checks.size());
    trial.report.trial.arm = setup.arm;
    trial.failure = bring_about(setup, trial.report.trial);
    if (trial.failure) return trial;
    trial.files = judge.declared_files(setup);
    trial.files->age();
    remove_results(workload(setup), setup);
    return trial;
  }

  /// It alone is padded: what runs beside it is not measured.
  [[nodiscard]] host::ProcessRequest request(const OpenTrial& open) const {
    host::ProcessRequest request = trial_request(plan, *open.setup, Purpose::measure);
    request.environment = padded(std::move(request.environment), open.padding);
    return request;
  }

  void run(OpenTrial& open) {
    const host::ProcessRequest requested = request(open);
    strain.start();
    const nanoseconds before = host::monotonic_time();
    const host::ProcessResult result = launcher.run(requested);
    const nanoseconds after = host::monotonic_time();
    open.report.trial.strain = strain.finish();
    settle(open, result, {before, after});
  }

  /// What the trial showed. \param surely_within  what it cannot have begun before, or ended after
  void settle(OpenTrial& open, const host::ProcessResult& result, const Span& surely_within) {
    const ArmSetup& setup = *open.setup;
    Trial& trial = open.report.trial;
    trial.usage = result.usage;
    for (const host::Survivor& survivor : result.survivors) {
      trial.notes.push_back(
          fmt::format("{}{} {}", design::kOutlivedNote, survivor.pid, valid_text(survivor.command_line)));
    }
    trial.outcome = outcome_of(result, workload(setup));
    // Before anything else reads the files.
    if (const auto unproven = states.after(setup, trial)) trial.outcome = *unproven;
    leaks.look(result.survivors, trial.outcome);
    if (!is_measured(trial.outcome)) return;
    const std::vector<std::string> untouched = open.files->untouched();
    judge.judge({setup, result, untouched, TrialTime{surely_within, result.usage.wall}}, trial,
                open.report.observations);
  }

  /// All that comes after it.
  [[nodiscard]] TrialReport close(OpenTrial open) {
    Trial& trial = open.report.trial;
    if (open.failure) trial.outcome = *open.failure;
    const bool prepared = !open.failure || std::holds_alternative<StateUnproven>(*open.failure);
    if (prepared) conclude(*open.setup, trial);
    const std::vector<std::string> left = workspace.clear_temporary_folder();
    if (!left.empty()) trial.notes.push_back("left in TMPDIR: " + valid_text(enumerate(left)));
    leaks.judge(*open.setup, left, trial);
    if (!is_measured(trial.outcome)) drop_values(trial, plan.metrics.size());
    return std::move(open.report);
  }

  /// After a trial that ended well a failing conclude voids it; after one that failed it is noted, since a crash must
  /// not be forgiven for what it left behind.
  void conclude(const ArmSetup& setup, Trial& trial) {
    auto failed = run_conclude_hooks(plan, setup, launcher);
    if (!failed) return;
    if (is_measured(trial.outcome)) {
      trial.outcome = std::move(*failed);
    } else {
      trial.notes.push_back(fmt::format("{} failed too: {}", failed->hook, failed->detail));
    }
  }

  /// The warm-up itself, between its hooks. It is what makes a state warm: only others are proven before it.
  void warm_up(const ArmSetup& setup, WarmUp& warm_up) {
    if (!states.is_warm(setup)) {
      std::optional<StateUnproven> unproven = run_state_proof(plan, setup, launcher);
      if (!unproven) unproven = states.before(setup);
      if (unproven) notes.add("before a warm-up, " + describe(*unproven));
    }
    DeclaredFiles files = judge.declared_files(setup);
    files.age();
    remove_results(workload(setup), setup);
    const host::ProcessResult result = launcher.run(trial_request(plan, setup, Purpose::warm_up));
    warm_up.outcome = outcome_of(result, workload(setup));
    warm_up.standard_output_sha256 = result.standard_output.sha256;
    warm_up.error_line = last_line(result.standard_error.text);
    leaks.look(result.survivors, warm_up.outcome);
    if (!is_measured(warm_up.outcome)) return;
    const std::vector<std::string> untouched = files.untouched();
    if (const auto failed = judge.observe({setup, result, untouched}, warm_up.observations)) warm_up.outcome = *failed;
  }
};

TrialRunner::TrialRunner(const Plan& plan, host::Launcher& launcher, Workspace& workspace)
    : state_(std::make_unique<State>(plan, launcher, workspace)) {}
TrialRunner::~TrialRunner() = default;
TrialRunner::TrialRunner(TrialRunner&&) noexcept = default;
TrialRunner& TrialRunner::operator=(TrialRunner&&) noexcept = default;

TrialReport TrialRunner::run(const ArmSetup& setup, int padding) {
  OpenTrial trial = state_->open(setup, padding);
  if (!trial.failure) state_->run(trial);
  return state_->close(std::move(trial));
}

std::vector<TrialReport> run_duet(const std::array<DuetTrial, 2>& trials, int padding) {
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
  const auto failed = run_conclude_hooks(state_->plan, setup, state_->launcher);
  if (failed && is_measured(warm_up.outcome)) warm_up.outcome = *failed;
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return warm_up;
}

std::vector<IsolationChallenge> TrialRunner::challenge_isolation(const ArmSetup& setup) {
  const Workspace& workspace = state_->workspace;
  const auto unprepared = state_->prepare(setup);  // for the watch: what these runs leave, later ones may live on
  std::vector<IsolationChallenge> challenges = trial::challenge_isolation(
      state_->plan, state_->launcher, workspace.surroundings().lock_path, {setup, workspace.root() + "/lone"});
  Outcome unwatched = Measured{};
  state_->leaks.look({}, unwatched);
  if (!unprepared) (void)run_conclude_hooks(state_->plan, setup, state_->launcher);
  state_->leaks.keep(setup, state_->workspace.clear_temporary_folder());
  return challenges;
}

std::vector<std::string> TrialRunner::take_notes() {
  std::vector<std::string> notes = state_->states.take_notes();
  for (std::string& note : state_->notes.take()) notes.push_back(std::move(note));
  return notes;
}

std::optional<std::string> TrialRunner::set_up(const ArmSetup& setup) {
  return state_->hook(state_->workload(setup).hooks.setup, setup, Descendants::keep);
}

std::optional<std::string> TrialRunner::clean_up(const ArmSetup& setup) {
  return state_->hook(state_->workload(setup).hooks.cleanup, setup, Descendants::end);
}

}  // namespace assay::trial
