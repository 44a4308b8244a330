#include "experiments/trial/trial_steps.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/host/machine/clock.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/metrics/phase_times.hpp"
#include "experiments/trial/metrics/results_text.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

/// A warm-up is repeated at most this often before a trial, until what the trial needs is in memory.
constexpr int kMostRepeats = 3;

Outcome outcome_of(const host::ProcessResult& result, const Workload& workload) {
  if (is_success(result, workload)) return Measured{};
  return std::visit([](const auto& ending) { return Outcome(ending); }, result.ending);
}

/// What 0.1.0 did not look at is in no block that is judged by its rules.
void forget_newer_signs(Trial& trial) {
  trial.strain.machine_cpu.reset();
  trial.usage.oom_kills = 0;
  trial.strain.memory_full_stalled = nanoseconds{};
  trial.strain.swapped = {};
  trial.strain.oom_kills = 0;
}

}  // namespace

TrialSteps::TrialSteps(const Plan& the_plan, host::Launcher& the_launcher, Workspace& the_workspace)
    : plan(the_plan),
      launcher(the_launcher),
      workspace(the_workspace),
      states(the_plan),
      leaks(the_plan, the_workspace, the_launcher, notes),
      inputs(the_plan),
      judge_({the_plan, the_launcher, the_workspace.root() + "/filtered"}) {}

std::optional<std::string> TrialSteps::run_hook(const Argv& command, const ArmSetup& setup, Descendants descendants) {
  if (command.empty()) return std::nullopt;
  return failure_of(launcher, command, setup, workload(setup).timeout, descendants);
}

std::optional<HookFailed> TrialSteps::stand_up(const ArmSetup& setup) {
  if (!sets_up_each_trial(workload(setup))) return std::nullopt;
  const auto failure = run_hook(workload(setup).hooks.setup, setup, Descendants::keep);
  return failure ? std::optional(HookFailed{"setup", *failure}) : std::nullopt;
}

void TrialSteps::take_down(const ArmSetup& setup, const std::function<void(std::string)>& note) {
  if (!sets_up_each_trial(workload(setup))) return;
  if (const auto failure = run_hook(workload(setup).hooks.cleanup, setup, Descendants::end)) {
    note("cleanup failed: " + *failure);
  }
  launcher.end_descendants();
}

std::optional<HookFailed> TrialSteps::prepare(const ArmSetup& setup) {
  judge_.take_away_earlier(setup, earlier_);
  const SpentMeter meter(launcher);
  if (auto failed = run_prepare_hooks(plan, setup, launcher)) return failed;
  last_prepare_ = has_prepare_hooks(plan, setup) ? meter.so_far() : SpentTime{};
  return leaks.start(setup);
}

std::optional<Outcome> TrialSteps::bring_about(const ArmSetup& setup, Trial& trial) {
  SpentTime spent;
  for (int repeated = 0;; ++repeated) {
    if (const auto failed = prepare(setup)) return *failed;
    spent += last_prepare_;
    spent += leaks.take_listed();
    std::optional<StateUnproven> unproven = prove_state(setup, spent);
    const bool proof_holds = !unproven;
    if (proof_holds) unproven = states.before(setup);
    if (!unproven) {
      trial.warm_ups_repeated = repeated;
      trial.outside.prepare = spent.wall;
      trial.outside.prepare_cpu = spent.cpu;
      return std::nullopt;
    }
    if (!states.is_warm(setup) || repeated == kMostRepeats) return *unproven;
    const SpentMeter meter(launcher);
    const host::ProcessResult again = repeat_warm_up(setup);
    spent += meter.so_far();
    if (!is_success(again, workload(setup))) return *unproven;  // or someone asked to stop
    if (proof_holds) states.learn_from_warm_up(setup, again.usage);
  }
}

std::optional<StateUnproven> TrialSteps::prove_state(const ArmSetup& setup, SpentTime& spent) {
  const SpentMeter meter(launcher);
  std::optional<StateUnproven> unproven = run_state_proof(plan, setup, launcher);
  if (has_state_proof(plan, setup)) spent += meter.so_far();
  return unproven;
}

host::ProcessResult TrialSteps::repeat_warm_up(const ArmSetup& setup) {
  remove_results(workload(setup), setup);
  host::ProcessResult result = launcher.run(trial_request(plan, setup, Purpose::warm_up));
  if (const auto failed = run_conclude_hooks(plan, setup, launcher)) {
    notes.add(fmt::format("after a repeated warm-up, {}", describe(*failed)));
  }
  workspace.clear_temporary_folder();
  return result;
}

OpenTrial TrialSteps::open(const ArmSetup& setup, int padding) {
  OpenTrial trial{&setup, padding};
  trial.report.observations.resize(plan.checks.size());
  trial.report.trial.arm = setup.arm;
  const SpentMeter meter(launcher);
  trial.failure = stand_up(setup);
  const SpentTime set_up = sets_up_each_trial(workload(setup)) ? meter.so_far() : SpentTime{};
  if (!trial.failure) trial.failure = bring_about(setup, trial.report.trial);
  trial.report.trial.outside.prepare += set_up.wall;
  trial.report.trial.outside.prepare_cpu += set_up.cpu;
  linker.look("before a trial of " + plan.variable.levels[setup.arm].label);
  if (trial.failure) return trial;
  look_at_inputs_before(setup);
  trial.files = judge_.declared_files(setup);
  trial.files->age();
  remove_results(workload(setup), setup);
  trial.services_before = launcher.services_cpu();
  return trial;
}

host::ProcessRequest TrialSteps::request(const OpenTrial& open) const {
  host::ProcessRequest request = trial_request(plan, *open.setup, Purpose::measure);
  request.environment = padded(std::move(request.environment), open.padding);
  return request;
}

void TrialSteps::run(OpenTrial& open) {
  const host::ProcessRequest requested = request(open);
  strain.start();
  const nanoseconds before = host::monotonic_time();
  const host::ProcessResult result = launcher.run(requested);
  const nanoseconds after = host::monotonic_time();
  open.report.trial.strain = strain.finish();
  settle(open, result, {before, after});
}

void TrialSteps::settle(OpenTrial& open, const host::ProcessResult& result, const Span& surely_within) {
  const ArmSetup& setup = *open.setup;
  Trial& trial = open.report.trial;
  trial.usage = result.usage;
  trial.outside.survived = result.survived;
  trial.outside.stops = result.stops;
  for (const std::string& changed : result.launcher_changes) {
    notes.add(
        fmt::format("the {} of the launcher was altered while a trial of {} ran; it was restored, and no trial "
                    "inherited it",
                    changed, plan.variable.levels[setup.arm].label));
  }
  if (!result.why_no_disk_growth.empty()) {
    notes.add("the disk growth of some trials is not known: other processes, or other hosts, wrote to the same disks");
  }
  for (const auto& [metric, why] : result.uncounted) notes.add(fmt::format("{} is unavailable: {}", metric, why));
  for (const host::Survivor& survivor : result.survivors) {
    trial.left_running.push_back({survivor.pid, valid_text(survivor.command_line)});
  }
  trial.outcome = outcome_of(result, workload(setup));
  if (workload(setup).success_codes.size() != 1) {
    if (const auto* const exited = std::get_if<Exited>(&result.ending)) trial.exit_code = exited->code;
  }
  // This must come before anything else reads the files.
  if (const auto unproven = states.after(setup, trial)) trial.outcome = *unproven;
  linker.look("while a trial of " + plan.variable.levels[setup.arm].label + " ran");
  look_at_inputs_after(setup);
  leaks.look(result.survivors, trial.outcome);
  const auto keep_phases = [&] {
    trial.phases =
        read_phase_times({setup.spans_file, spans_in_results(plan, setup)}, {surely_within, result.usage.wall});
  };
  if (setup.span_use == SpanUse::always) keep_phases();
  if (is_measured(trial.outcome)) {
    open.report.standard_output_sha256 = result.standard_output.sha256;
    judge(open, result, surely_within);
  }
  // A million spans take seconds; of a trial that failed, nobody compares them.
  if (!trial.phases && is_measured(trial.outcome) && keeps_phases(plan, setup)) keep_phases();
  trial.outside.services = launcher.services_cpu() - open.services_before;
  trial.outside.services = std::max(trial.outside.services, nanoseconds{});  // a service may have ended
  if (plan.rules == kOldestRules) forget_newer_signs(trial);
}

void TrialSteps::look_at_inputs_before(const ArmSetup& setup) {
  if (plan.rules != kOldestRules) inputs.look_before(setup, states.is_warm(setup) ? MayRead::yes : MayRead::no);
}

void TrialSteps::look_at_inputs_after(const ArmSetup& setup) {
  if (plan.rules == kOldestRules) return;
  if (std::string note = inputs.look_after(setup); !note.empty()) notes.add(std::move(note));
}

void TrialSteps::judge(OpenTrial& open, const host::ProcessResult& result, const Span& surely_within) {
  if (before_judging) before_judging();
  const nanoseconds started = host::monotonic_time();
  const std::vector<std::string> untouched = open.files->untouched();
  open.report.older_files = open.files->older();
  judge_.judge({*open.setup, result, untouched, TrialTime{surely_within, result.usage.wall}}, open.report.trial,
               open.report.observations);
  if (judge_.looks_at_output(*open.setup)) open.report.trial.outside.after = host::monotonic_time() - started;
}

std::vector<std::string> TrialSteps::take_notes() {
  for (std::string& note : judge_.notes()) notes.add(std::move(note));
  return notes.take();
}

TrialReport TrialSteps::close(OpenTrial open) {
  Trial& trial = open.report.trial;
  if (open.failure) trial.outcome = *open.failure;
  const bool prepared = !open.failure || std::holds_alternative<StateUnproven>(*open.failure);
  if (prepared) conclude(*open.setup, open.report);
  const SpentMeter meter(launcher);
  take_down(*open.setup, [&trial](std::string note) { trial.notes.push_back(std::move(note)); });
  if (sets_up_each_trial(workload(*open.setup))) {
    trial.outside.conclude += meter.so_far().wall;
    trial.outside.conclude_cpu += meter.so_far().cpu;
  }
  const std::vector<std::string> left = workspace.clear_temporary_folder();
  if (!left.empty()) trial.notes.push_back("left in TMPDIR: " + valid_text(enumerate(left)));
  leaks.judge(*open.setup, left, trial);
  const SpentTime listed = leaks.take_listed();
  trial.outside.conclude += listed.wall;
  trial.outside.conclude_cpu += listed.cpu;
  if (!is_measured(trial.outcome)) drop_values(trial, plan.metrics.size());
  return std::move(open.report);
}

Concluded TrialSteps::run_concludes(const ArmSetup& setup) {
  Concluded concluded;
  concluded.failure = run_conclude_hooks(plan, setup, launcher);
  if (!concluded.failure) return concluded;
  ++concluded.failures;
  concluded.first = fmt::format("{} failed: {}", concluded.failure->hook, concluded.failure->detail);
  if (plan.rules == kOldestRules) return concluded;
  concluded.failure = run_conclude_hooks(plan, setup, launcher);
  if (concluded.failure) ++concluded.failures;
  return concluded;
}

void TrialSteps::conclude(const ArmSetup& setup, TrialReport& report) {
  Trial& trial = report.trial;
  const SpentMeter meter(launcher);
  Concluded concluded = run_concludes(setup);
  if (has_conclude_hooks(plan, setup)) {
    const SpentTime spent = meter.so_far();
    trial.outside.conclude = spent.wall;
    trial.outside.conclude_cpu = spent.cpu;
  }
  if (concluded.failures == 0) return;
  if (plan.rules != kOldestRules) {
    trial.outside.failed_concludes = concluded.failures;
    trial.notes.push_back(concluded.first + (concluded.failure ? ", twice" : "; run once more, it was well"));
    report.not_concluded = std::move(concluded.failure);
  } else if (is_measured(trial.outcome)) {
    trial.outcome = std::move(*concluded.failure);
  } else {
    trial.notes.push_back(fmt::format("{} failed too: {}", concluded.failure->hook, concluded.failure->detail));
  }
}

void TrialSteps::warm_up(const ArmSetup& setup, WarmUp& warm_up) {
  if (!states.is_warm(setup)) {
    std::optional<StateUnproven> unproven = run_state_proof(plan, setup, launcher);
    if (!unproven) unproven = states.before(setup);
    if (unproven) notes.add("before a warm-up, " + describe(*unproven));
  }
  DeclaredFiles files = judge_.declared_files(setup);
  files.age();
  remove_results(workload(setup), setup);
  look_at_inputs_before(setup);
  const host::ProcessResult result = launcher.run(trial_request(plan, setup, Purpose::warm_up));
  look_at_inputs_after(setup);
  warm_up.outcome = outcome_of(result, workload(setup));
  warm_up.standard_output_sha256 = result.standard_output.sha256;
  warm_up.standard_output_bytes = result.standard_output.bytes;
  warm_up.error_line = last_line_of(result.standard_error.text);
  warm_up.wall = result.usage.wall;
  if (is_measured(warm_up.outcome)) {
    warm_up.unavailable = unavailable_metrics(plan, workload(setup), result);
  }
  leaks.look(result.survivors, warm_up.outcome);
  if (!is_measured(warm_up.outcome)) return;
  const std::vector<std::string> untouched = files.untouched();
  if (const auto failed = judge_.observe({setup, result, untouched}, warm_up.observations)) warm_up.outcome = *failed;
}

}  // namespace assay::trial
