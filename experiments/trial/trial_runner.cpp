#include "experiments/trial/trial_runner.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files.hpp"
#include "core/host/strain.hpp"
#include "experiments/design/valid_text.hpp"
#include "experiments/trial/declared_files.hpp"
#include "experiments/trial/metric_reader.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::experiments {
namespace {

Outcome outcome_of(const host::ProcessResult& result, const Workload& workload) {
  const Exited* const exited = std::get_if<Exited>(&result.ending);
  if (exited == nullptr) return std::visit([](const auto& ending) { return Outcome(ending); }, result.ending);
  const std::vector<int>& accepted = workload.success_codes;
  const bool success = accepted.empty() || std::find(accepted.begin(), accepted.end(), exited->code) != accepted.end();
  return success ? Outcome(Measured{}) : Outcome(*exited);
}

/// Names a few of many: "a, b, c and 4 more".
std::string enumerate(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamed));
  const std::string named = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  return names.size() > kNamed ? fmt::format("{} and {} more", named, names.size() - kNamed) : named;
}

/// A results file that an earlier trial left must never be read again.
void remove_results(const Workload& workload, const ArmSetup& setup) {
  if (workload.results.empty()) return;
  const std::string path = path_in(setup.working_directory, workload.results);
  std::error_code failure;
  std::filesystem::remove(path, failure);
  if (failure) throw Error(fmt::format("cannot remove the earlier {}: {}", path, failure.message()));
}

/// The text that metrics are read from.
void read_text(TrialOutput& output, const host::ProcessResult& result, const Workload& workload) {
  if (workload.results.empty() && workload.standard_output != OutputTarget::file) {
    output.text = result.standard_output.text;
    output.text_name = "standard output";
    if (result.standard_output.bytes > kKeptOutput) {
      output.text_missing = fmt::format(
          "standard output is {}, more than the {} kept for metrics; let the program write them to a file, named in "
          "results",
          format_bytes(static_cast<double>(result.standard_output.bytes)), format_bytes(kKeptOutput));
    }
    return;
  }
  output.text_name = workload.results.empty() ? workload.output_file : workload.results;
  try {
    output.text = host::read_file(path_in(output.folder, output.text_name));
  } catch (const Error& error) {
    output.text_missing = error.what();
  }
}

}  // namespace

struct TrialRunner::State {
  const Plan& plan;
  host::Launcher& launcher;
  Workspace& workspace;
  MetricReader metrics;
  host::StrainMeter strain;

  State(const Plan& the_plan, host::Launcher& the_launcher, Workspace& the_workspace)
      : plan(the_plan), launcher(the_launcher), workspace(the_workspace), metrics(the_plan) {}

  [[nodiscard]] const Workload& workload(const ArmSetup& setup) const { return plan.workloads[setup.workload]; }

  [[nodiscard]] std::optional<std::string> hook(const Argv& command, const ArmSetup& setup,
                                                Descendants descendants = Descendants::end) {
    if (command.empty()) return std::nullopt;
    return failure_of(launcher, command, setup, workload(setup).timeout, descendants);
  }

  [[nodiscard]] DeclaredFiles declared_files(const ArmSetup& setup) const {
    std::vector<std::string> files = compared_files(plan, workload(setup));
    for (std::string& file : metrics.sized_files(workload(setup))) files.push_back(std::move(file));
    return DeclaredFiles(setup.working_directory, std::move(files));
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
    if (is_measured(trial.outcome)) judge(setup, result, files.untouched(), report);
  }

  /// Checks and metrics of a trial that ended well.
  void judge(const ArmSetup& setup, const host::ProcessResult& result, const std::vector<std::string>& untouched,
             TrialReport& report) {
    std::optional<CheckFailed> failed = take_digests(plan, {setup, result, untouched}, report.outputs);
    if (!failed) failed = run_check_commands(plan, setup, launcher);
    if (failed) {
      report.trial.outcome = std::move(*failed);
      return;
    }
    TrialOutput output;
    output.usage = result.usage;
    output.folder = setup.working_directory;
    output.untouched_files = untouched;
    if (reads_text(plan, workload(setup))) read_text(output, result, workload(setup));
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
    const std::optional<std::string> failure = hook(workload(setup).hooks.conclude, setup);
    if (!failure) return;
    if (is_measured(trial.outcome)) {
      trial.outcome = HookFailed{"conclude", *failure};
    } else {
      trial.notes.push_back("conclude failed too: " + *failure);
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
  report.outputs.resize(state_->plan.checks.size());
  Trial& trial = report.trial;
  trial.arm = setup.arm;
  if (const auto failure = state_->hook(state_->workload(setup).hooks.prepare, setup)) {
    trial.outcome = HookFailed{"prepare", *failure};
  } else {
    state_->measure(setup, report);
    state_->conclude(setup, trial);
  }
  if (!is_measured(trial.outcome)) trial.values.assign(state_->plan.metrics.size(), std::nullopt);
  const std::vector<std::string> left = state_->workspace.clear_temporary_folder();
  if (!left.empty()) trial.notes.push_back("left in TMPDIR: " + valid_text(enumerate(left)));
  return report;
}

WarmUp TrialRunner::warm_up(const ArmSetup& setup) {
  const Workload& workload = state_->workload(setup);
  WarmUp warm_up;
  warm_up.outputs.resize(state_->plan.checks.size());
  if (const auto failure = state_->hook(workload.hooks.prepare, setup)) {
    warm_up.outcome = HookFailed{"prepare", *failure};
    return warm_up;
  }
  DeclaredFiles files = state_->declared_files(setup);
  files.age();
  remove_results(workload, setup);
  const host::ProcessResult result = state_->launcher.run(trial_request(state_->plan, setup, Purpose::warm_up));
  warm_up.outcome = outcome_of(result, workload);
  warm_up.standard_output_sha256 = result.standard_output.sha256;
  warm_up.error_line = last_line(result.standard_error.text);
  if (is_measured(warm_up.outcome)) {
    const std::vector<std::string> untouched = files.untouched();
    const auto failed = take_digests(state_->plan, {setup, result, untouched}, warm_up.outputs);
    if (failed) warm_up.outcome = *failed;
  }
  if (const auto failure = state_->hook(workload.hooks.conclude, setup); failure && is_measured(warm_up.outcome)) {
    warm_up.outcome = HookFailed{"conclude", *failure};
  }
  state_->workspace.clear_temporary_folder();
  return warm_up;
}

std::optional<std::string> TrialRunner::set_up(const ArmSetup& setup) {
  return state_->hook(state_->workload(setup).hooks.setup, setup, Descendants::keep);
}

std::optional<std::string> TrialRunner::clean_up(const ArmSetup& setup) {
  return state_->hook(state_->workload(setup).hooks.cleanup, setup);
}

}  // namespace assay::experiments
