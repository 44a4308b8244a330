#include "experiments/trial/trial_runner.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/digest.hpp"
#include "core/host/files.hpp"
#include "core/host/signals.hpp"
#include "core/host/strain.hpp"
#include "experiments/trial/declared_files.hpp"
#include "experiments/trial/metric_reader.hpp"
#include "experiments/trial/side_command.hpp"

namespace assay::experiments {
namespace {

namespace fs = std::filesystem;

/// Of a standard output that metrics are read from, this much is kept.
constexpr std::size_t kKeptOutput = 1 << 20;

enum class Purpose { measure, warm_up };

Outcome outcome_of(const host::ProcessResult& result, const Workload& workload) {
  const Exited* const exited = std::get_if<Exited>(&result.ending);
  if (exited == nullptr) return std::visit([](const auto& ending) { return Outcome(ending); }, result.ending);
  const std::vector<int>& accepted = workload.success_codes;
  const bool success =
      accepted.empty() || std::find(accepted.begin(), accepted.end(), exited->code) != accepted.end();
  return success ? Outcome(Measured{}) : Outcome(*exited);
}

/// Names a few of many: "a, b, c and 4 more".
std::string enumerate(const std::vector<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kNamed));
  const std::string named = fmt::format("{}", fmt::join(names.begin(), end, ", "));
  return names.size() > kNamed ? fmt::format("{} and {} more", named, names.size() - kNamed) : named;
}

const SameOutputCheck* same_output(const Check& check, const Workload& workload) {
  return applies_to(check.workloads, workload.name) ? std::get_if<SameOutputCheck>(&check.kind) : nullptr;
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

  [[nodiscard]] const Workload& workload(const ArmSetup& setup) const {
    return workload_of(plan, cells(plan)[setup.cell]);
  }

  [[nodiscard]] bool compares_standard_output(const Workload& workload) const {
    return std::any_of(plan.checks.begin(), plan.checks.end(), [&](const Check& check) {
      const SameOutputCheck* const same = same_output(check, workload);
      return same != nullptr && same->file.empty();
    });
  }

  [[nodiscard]] host::OutputSink standard_output(const Workload& workload, const std::string& folder,
                                                 Purpose purpose) const {
    if (workload.standard_output == OutputTarget::file) return host::ToFile{path_in(folder, workload.output_file)};
    if (workload.results.empty() && metrics.needs_text(workload)) return host::Captured{kKeptOutput};
    if (compares_standard_output(workload) || purpose == Purpose::warm_up) return host::Hashed{};
    return host::ToNull{};
  }

  [[nodiscard]] host::ProcessRequest request(const ArmSetup& setup, Purpose purpose) const {
    const Workload& what = workload(setup);
    host::ProcessRequest request;
    request.argv = setup.argv;
    request.environment = setup.environment;
    request.working_directory = setup.working_directory;
    request.standard_input = setup.standard_input;
    request.standard_output = standard_output(what, setup.working_directory, purpose);
    if (purpose == Purpose::warm_up) request.standard_error = host::Captured{kKeptError};
    request.timeout = what.timeout;
    request.stop_steps = host::terminate_then_kill(what.grace);
    request.limits = what.limits;
    return request;
  }

  /// The files whose bytes or size speak for the trial.
  [[nodiscard]] std::vector<std::string> declared_files(const Workload& workload) const {
    std::vector<std::string> files = metrics.sized_files(workload);
    for (const Check& check : plan.checks) {
      const SameOutputCheck* const same = same_output(check, workload);
      if (same != nullptr && !same->file.empty()) files.push_back(same->file);
    }
    return files;
  }

  [[nodiscard]] std::optional<std::string> hook(const Argv& command, const ArmSetup& setup,
                                                Descendants descendants = Descendants::end) {
    if (command.empty()) return std::nullopt;
    return failure_of(launcher, command, setup, workload(setup).timeout, descendants);
  }

  [[nodiscard]] TrialOutput output_of(const host::ProcessResult& result, const ArmSetup& setup,
                                      const DeclaredFiles& files) const {
    const Workload& what = workload(setup);
    TrialOutput output{result.usage, {}, "standard output", std::nullopt, setup.working_directory, files.untouched()};
    if (!metrics.needs_text(what)) return output;
    const bool to_file = what.standard_output == OutputTarget::file;
    if (what.results.empty() && !to_file) {
      output.text = result.standard_output.text;
      if (result.standard_output.bytes > kKeptOutput) {
        output.text_missing = fmt::format("standard output is {}, more than the {} that are kept for metrics; write "
                                          "them to a file and name it in results",
                                          format_bytes(static_cast<double>(result.standard_output.bytes)),
                                          format_bytes(kKeptOutput));
      }
      return output;
    }
    output.text_name = what.results.empty() ? what.output_file : what.results;
    try {
      output.text = host::read_file(path_in(setup.working_directory, output.text_name));
    } catch (const Error& error) {
      output.text_missing = fmt::format("{} cannot be read after the trial: {}", output.text_name, error.what());
    }
    return output;
  }

  /// The digest that one same-output check compares.
  [[nodiscard]] std::string digest(const SameOutputCheck& check, const host::ProcessResult& result,
                                   const ArmSetup& setup, const TrialOutput& output) const {
    const Workload& what = workload(setup);
    std::string file = check.file;
    if (file.empty() && what.standard_output == OutputTarget::file) file = what.output_file;
    if (file.empty()) return result.standard_output.sha256;
    const auto& untouched = output.untouched_files;
    if (std::find(untouched.begin(), untouched.end(), check.file) != untouched.end()) {
      throw Error(fmt::format("{} was not written by this trial", check.file));
    }
    return host::sha256_of_file(path_in(setup.working_directory, file));
  }

  /// Runs the checks in the plan's order up to the first that fails.
  [[nodiscard]] Outcome check(const ArmSetup& setup, const host::ProcessResult& result, const TrialOutput& output,
                              TrialReport& report) {
    const Workload& what = workload(setup);
    for (std::size_t index = 0; index < plan.checks.size(); ++index) {
      const Check& each = plan.checks[index];
      if (!applies_to(each.workloads, what.name)) continue;
      if (const auto* command = std::get_if<CommandCheck>(&each.kind)) {
        const auto failure = failure_of(launcher, command->command, setup, what.timeout);
        if (failure) return CheckFailed{each.name, *failure};
      } else {
        try {
          report.outputs[index] = digest(std::get<SameOutputCheck>(each.kind), result, setup, output);
        } catch (const Error& error) {
          return CheckFailed{each.name, error.what()};
        }
      }
    }
    return Measured{};
  }

  /// The trial itself, between its hooks.
  void measure(const ArmSetup& setup, TrialReport& report) {
    const Workload& what = workload(setup);
    Trial& trial = report.trial;
    DeclaredFiles files(setup.working_directory, declared_files(what));
    files.age();
    remove_results(what, setup);
    const host::ProcessRequest process = request(setup, Purpose::measure);
    strain.start();
    const host::ProcessResult result = launcher.run(process);
    trial.strain = strain.finish();
    trial.usage = result.usage;
    for (const host::Survivor& survivor : result.survivors) {
      trial.notes.push_back(fmt::format("left running: pid {} {}", survivor.pid, survivor.command_line));
    }
    trial.outcome = outcome_of(result, what);
    if (!is_measured(trial.outcome)) return;
    const TrialOutput output = output_of(result, setup, files);
    trial.outcome = check(setup, result, output, report);
    if (!is_measured(trial.outcome)) return;
    MetricReading reading = metrics.read(what, output);
    if (auto* values = std::get_if<MetricValues>(&reading)) {
      trial.values = std::move(*values);
    } else {
      trial.outcome = std::get<CheckFailed>(std::move(reading));
    }
  }

  /// A results file that an earlier trial left must never be read again.
  void remove_results(const Workload& what, const ArmSetup& setup) const {
    if (what.results.empty()) return;
    const std::string path = path_in(setup.working_directory, what.results);
    std::error_code failure;
    fs::remove(path, failure);
    if (failure) throw Error(fmt::format("cannot remove the earlier {}: {}", path, failure.message()));
  }

  void tidy(Trial& trial) {
    const std::vector<std::string> left = workspace.clear_temporary_folder();
    if (!left.empty()) trial.notes.push_back("left in TMPDIR: " + enumerate(left));
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
  const Hooks& hooks = state_->workload(setup).hooks;
  TrialReport report;
  report.outputs.resize(state_->plan.checks.size());
  report.trial.arm = setup.arm;
  report.trial.outcome = Measured{};
  if (const auto failure = state_->hook(hooks.prepare, setup)) {
    report.trial.outcome = HookFailed{"prepare", *failure};
  } else {
    state_->measure(setup, report);
    if (const auto late_failure = state_->hook(hooks.conclude, setup)) {
      report.trial.outcome = HookFailed{"conclude", *late_failure};
    }
  }
  if (!is_measured(report.trial.outcome)) report.trial.values.assign(state_->plan.metrics.size(), std::nullopt);
  state_->tidy(report.trial);
  return report;
}

}  // namespace assay::experiments
