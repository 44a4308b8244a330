#include "experiments/trial/trial_runner.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/strain.hpp"
#include "experiments/design/valid_text.hpp"
#include "experiments/trial/conditions.hpp"
#include "experiments/trial/declared_files.hpp"
#include "experiments/trial/isolation.hpp"
#include "experiments/trial/leak_watch.hpp"
#include "experiments/trial/metric_reader.hpp"
#include "experiments/trial/results_text.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/state_proof.hpp"
#include "experiments/trial/trial_checks.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::experiments {
namespace {

/// So often is a warm-up repeated before a trial, until what it needs is in memory.
constexpr int kMostRepeats = 3;

Outcome outcome_of(const host::ProcessResult& result, const Workload& workload) {
  if (is_success(result, workload)) return Measured{};
  return std::visit([](const auto& ending) { return Outcome(ending); }, result.ending);
}

/// Names a few of many: "a, b, c and 4 more".
std::string enumerate(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamed));
  const std::string named = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  return names.size() > kNamed ? fmt::format("{} and {} more", named, names.size() - kNamed) : named;
}

std::vector<std::string> flaky_tests_in(const Observations& observations) {
  std::vector<std::string> names;
  for (const Observation& observation : observations) {
    const auto* const inventory = std::get_if<TestInventory>(&observation);
    if (inventory == nullptr) continue;
    for (std::string& name : flaky_tests(*inventory)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

struct TrialRunner::State {
  const Plan& plan;
  host::Launcher& launcher;
  Workspace& workspace;
  MetricReader metrics;
  Conditions conditions;
  StateProof states;
  host::StrainMeter strain;
  OnceNotes notes;
  std::map<std::pair<std::size_t, ArmIndex>, std::string> leaks_of_warm_ups;  ///< held against the next trial
  std::optional<LeakWatch> leak_watch;                                        ///< of the trial at hand

  State(const Plan& the_plan, host::Launcher& the_launcher, Workspace& the_workspace)
      : plan(the_plan),
        launcher(the_launcher),
        workspace(the_workspace),
        metrics(the_plan),
        conditions(the_plan),
        states(the_plan) {}

  [[nodiscard]] const Workload& workload(const ArmSetup& setup) const { return plan.workloads[setup.workload]; }

  [[nodiscard]] std::optional<std::string> hook(const Argv& command, const ArmSetup& setup, Descendants descendants) {
    if (command.empty()) return std::nullopt;
    return failure_of(launcher, command, setup, workload(setup).timeout, descendants);
  }

  [[nodiscard]] DeclaredFiles declared_files(const ArmSetup& setup) const {
    std::vector<std::string> files = observed_files(plan, workload(setup));
    for (std::string& file : metrics.sized_files(workload(setup))) files.push_back(std::move(file));
    return DeclaredFiles(setup.working_directory, std::move(files));
  }

  [[nodiscard]] std::optional<CheckFailed> observe_trial(const EndedTrial& trial, Observations& observations) {
    return observe({plan, launcher, workspace.root() + "/filtered"}, trial, observations);
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

  [[nodiscard]] std::optional<HookFailed> prepare(const ArmSetup& setup) {
    leak_watch.reset();
    if (auto failed = run_prepare_hooks(plan, setup, launcher)) return failed;
    const Check* const check = leak_check(plan, workload(setup));
    if (check == nullptr) return std::nullopt;
    try {
      leak_watch.emplace(plan, std::get<NoLeaksCheck>(check->kind), setup, workspace, launcher, notes);
      return std::nullopt;
    } catch (const Error& error) {
      return HookFailed{check->name, error.what()};
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

  /// The trial itself, between its hooks.
  void measure(const ArmSetup& setup, TrialReport& report) {
    DeclaredFiles files = declared_files(setup);
    files.age();
    remove_results(workload(setup), setup);
    const host::ProcessRequest request = trial_request(plan, setup, Purpose::measure);
    strain.start();
    const host::ProcessResult result = launcher.run(request);
    Trial& trial = report.trial;
    trial.strain = strain.finish();
    trial.usage = result.usage;
    for (const host::Survivor& survivor : result.survivors) {
      trial.notes.push_back(fmt::format("left running: pid {} {}", survivor.pid, valid_text(survivor.command_line)));
    }
    trial.outcome = outcome_of(result, workload(setup));
    // Before anything else reads the files.
    if (const auto unproven = states.after(setup, trial)) trial.outcome = *unproven;
    look_for_leaks(result, trial.outcome);
    if (is_measured(trial.outcome)) judge(setup, result, files.untouched(), report);
  }

  void look_for_leaks(const host::ProcessResult& result, Outcome& outcome) {
    if (!leak_watch) return;
    try {
      leak_watch->look(result.survivors);
    } catch (const Error& error) {
      if (is_measured(outcome)) outcome = HookFailed{"no-leaks", error.what()};
    }
  }

  /// Checks and metrics of a trial that ended well.
  void judge(const ArmSetup& setup, const host::ProcessResult& result, const std::vector<std::string>& untouched,
             TrialReport& report) {
    TrialOutput output;
    output.usage = result.usage;
    output.folder = setup.working_directory;
    output.untouched_files = untouched;
    std::optional<CheckFailed> failed = observe_trial({setup, result, untouched}, report.observations);
    report.trial.flaky_tests = flaky_tests_in(report.observations);
    if (!failed) failed = run_check_commands(plan, setup, launcher);
    if (!failed && reads_text(plan, workload(setup))) {
      read_results(output, result, workload(setup));
      failed = conditions.judge(workload(setup), output);
    }
    if (failed) {
      report.trial.outcome = std::move(*failed);
      return;
    }
    MetricReading reading = metrics.read(workload(setup), output);
    if (auto* values = std::get_if<MetricValues>(&reading)) {
      report.trial.values = std::move(*values);
    } else {
      report.trial.outcome = std::get<CheckFailed>(std::move(reading));
    }
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

  /// What is left of the trial, and of warm-ups before it, fails it.
  void judge_leaks(const ArmSetup& setup, const std::vector<std::string>& left_in_tmpdir, Trial& trial) {
    std::string text = leak_text(left_in_tmpdir);
    if (const auto earlier = leaks_of_warm_ups.extract({setup.cell, setup.arm}); text.empty() && !earlier.empty()) {
      text = "its warm-up " + earlier.mapped();
    }
    if (text.empty()) return;
    if (is_measured(trial.outcome)) {
      trial.outcome = CheckFailed{leak_check(plan, workload(setup))->name, text};
    } else {
      trial.notes.push_back(text);
    }
  }

  /// "left behind: process 4711 sleep 1000"; empty where nothing was, or nobody watched.
  [[nodiscard]] std::string leak_text(const std::vector<std::string>& left_in_tmpdir) {
    if (!leak_watch) return "";
    const std::vector<std::string> leaks = leak_watch->leaks(left_in_tmpdir);
    leak_watch.reset();
    return leaks.empty() ? "" : "left behind: " + enumerate(leaks);
  }

  /// A treatment that leaves something only the first time may live on it ever after. What control leaves then is there
  /// for both arms.
  void keep_leaks_of_warm_up(const ArmSetup& setup, const std::string& text) {
    if (text.empty()) return;
    if (setup.arm == kControl) {
      notes.add(fmt::format("the warm-up of control {}", text));
    } else {
      leaks_of_warm_ups[{setup.cell, setup.arm}] = text;
    }
  }
};

TrialRunner::TrialRunner(const Plan& plan, host::Launcher& launcher, Workspace& workspace)
    : state_(std::make_unique<State>(plan, launcher, workspace)) {}
TrialRunner::~TrialRunner() = default;
TrialRunner::TrialRunner(TrialRunner&&) noexcept = default;
TrialRunner& TrialRunner::operator=(TrialRunner&&) noexcept = default;

TrialReport TrialRunner::run(const ArmSetup& unpadded, int padding) {
  ArmSetup setup = unpadded;
  setup.environment = padded(std::move(setup.environment), padding);
  TrialReport report;
  report.observations.resize(state_->plan.checks.size());
  Trial& trial = report.trial;
  trial.arm = setup.arm;
  const std::optional<Outcome> failure = state_->bring_about(setup, trial);
  if (failure) {
    trial.outcome = *failure;
  } else {
    state_->measure(setup, report);
  }
  const bool prepared = !failure || std::holds_alternative<StateUnproven>(*failure);
  if (prepared) state_->conclude(setup, trial);
  const std::vector<std::string> left = state_->workspace.clear_temporary_folder();
  if (!left.empty()) trial.notes.push_back("left in TMPDIR: " + valid_text(enumerate(left)));
  state_->judge_leaks(setup, left, trial);
  if (!is_measured(trial.outcome)) trial.values.assign(state_->plan.metrics.size(), std::nullopt);
  return report;
}

WarmUp TrialRunner::warm_up(const ArmSetup& setup) {
  const Workload& workload = state_->workload(setup);
  WarmUp warm_up;
  warm_up.observations.resize(state_->plan.checks.size());
  if (const auto failed = state_->prepare(setup)) {
    warm_up.outcome = *failed;
    return warm_up;
  }
  if (!state_->states.is_warm(setup)) {
    std::optional<StateUnproven> unproven = run_state_proof(state_->plan, setup, state_->launcher);
    if (!unproven) unproven = state_->states.before(setup);
    if (unproven) state_->notes.add("before a warm-up, " + describe(*unproven));
  }
  DeclaredFiles files = state_->declared_files(setup);
  files.age();
  remove_results(workload, setup);
  const host::ProcessResult result = state_->launcher.run(trial_request(state_->plan, setup, Purpose::warm_up));
  warm_up.outcome = outcome_of(result, workload);
  warm_up.standard_output_sha256 = result.standard_output.sha256;
  warm_up.error_line = last_line(result.standard_error.text);
  state_->look_for_leaks(result, warm_up.outcome);
  if (is_measured(warm_up.outcome)) {
    const std::vector<std::string> untouched = files.untouched();
    const auto failed = state_->observe_trial({setup, result, untouched}, warm_up.observations);
    if (failed) warm_up.outcome = *failed;
  }
  const auto failed = run_conclude_hooks(state_->plan, setup, state_->launcher);
  if (failed && is_measured(warm_up.outcome)) warm_up.outcome = *failed;
  state_->keep_leaks_of_warm_up(setup, state_->leak_text(state_->workspace.clear_temporary_folder()));
  return warm_up;
}

std::optional<CheckFailed> TrialRunner::challenge_isolation(const ArmSetup& setup) {
  const std::string& lock_path = state_->workspace.surroundings().lock_path;
  std::optional<CheckFailed> failed = IsolationChallenge(state_->plan, state_->launcher, lock_path).run(setup);
  state_->workspace.clear_temporary_folder();
  return failed;
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

}  // namespace assay::experiments
