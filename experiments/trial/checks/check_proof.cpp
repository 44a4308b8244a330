#include "experiments/trial/checks/check_proof.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/checks/isolation.hpp"
#include "experiments/trial/checks/mutilated_report.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/sources/source_arms.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {
namespace {

constexpr std::string_view kLeftFile = "assay-left-this-to-be-found";

Argv write_nothing_to(const std::string& file) {
  return write_to(file, ": > \"$0\"");
}

/// One check in force alone, on one workload.
class Proof {
 public:
  Proof(const Plan& plan, const Check& check, std::size_t workload, host::Launcher& launcher,
        const std::string& lock_path, const std::optional<SourceArms>& sources)
      : plan_(reduced(plan, check)),
        launcher_(launcher),
        workspace_(plan_, lock_path),
        runner_(plan_, launcher, workspace_),
        references_(plan_),
        cell_(first_cell_of(workload)),
        control_(control_of(sources)) {}

  CheckProof run() {
    CheckProof proof{check().name, workload().name, std::nullopt, {}};
    if (const auto failure = runner_.set_up(control_))
      throw Error(fmt::format("setup of control failed: {}", *failure));
    proof.control_failure = failure_on(control_);
    if (!proof.control_failure) {
      if (const auto* isolation = std::get_if<IsolationCheck>(&check().kind)) {
        proof.broken = prove_isolation(plan_, launcher_, {control_, workspace_.root() + "/filtered"}, *isolation);
      }
      for (const BreakingCommand& broken : std::visit(*this, check().kind)) {
        ArmSetup setup = control_;
        setup.argv = broken.command;
        proof.broken.push_back({broken.what, failure_on(setup)});
      }
    }
    remove_left_file();
    if (const auto failure = runner_.clean_up(control_)) {
      throw Error(fmt::format("cleanup of control failed: {}", *failure));
    }
    launcher_.end_descendants();
    return proof;
  }

  // The arms on which a check of each kind must fail.
  std::vector<BreakingCommand> operator()(const CommandCheck&) const { return {null_command()}; }
  std::vector<BreakingCommand> operator()(const SameOutputCheck& same) const {
    if (same.file.empty()) return {null_command()};
    return {null_command(), {"empty output", write_nothing_to(same.file)}};
  }
  std::vector<BreakingCommand> operator()(const TestInventoryCheck& inventory) {
    std::vector<BreakingCommand> arms = {null_command()};
    if (!inventory.file.empty()) arms.push_back({"empty report", write_nothing_to(inventory.file)});
    const std::optional<std::string> less = without_one_test(inventory.format, report_of_control(inventory));
    if (!less) throw Error(fmt::format("check {}: control's report holds no test that passed", check().name));
    const std::string file = workspace_.root() + "/report";
    host::write_file_atomically(file, *less);
    const bool to_file = !inventory.file.empty();
    arms.push_back(
        {"one test removed", to_file ? write_to(inventory.file, R"(cat "$1" > "$0")", file) : Argv{"cat", file}});
    return arms;
  }
  std::vector<BreakingCommand> operator()(const NoLeaksCheck&) const {
    return {{"a process left running", shell_line("sleep 1000 >/dev/null 2>&1 &")},
            {"a file left in the working directory", write_nothing_to(left_file())},
            {"a file left in $TMPDIR", shell_line(R"(: > "$TMPDIR/left")")}};
  }
  std::vector<BreakingCommand> operator()(const ConditionCheck&) const {
    const std::string& results = workload().results;
    const Argv empty = results.empty() ? Argv{"echo", "{}"} : write_to(results, R"(echo '{}' > "$0")");
    return {null_command(), {"empty results", empty}};
  }
  std::vector<BreakingCommand> operator()(const IsolationCheck&) const { return {}; }  // has a proof of its own

 private:
  /// Metrics, other checks and the proofs of states are left out: what remains can fail by this check alone.
  static Plan reduced(Plan plan, const Check& check) {
    plan.checks = {check};
    plan.metrics = {*find_built_in_metric("wall")};
    plan.metrics.front().role = MetricRole::primary;
    for (State& state : plan.states) {
      state.evict.clear();
      state.prove.clear();
    }
    for (Workload& workload : plan.workloads) {
      workload.success_codes.clear();
      workload.inputs.clear();
    }
    return plan;
  }

  [[nodiscard]] std::size_t first_cell_of(std::size_t workload) const {
    const std::vector<Cell> all = cells(plan_);
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Cell& cell) { return cell.workload == workload; });
    return static_cast<std::size_t>(found - all.begin());
  }

  [[nodiscard]] ArmSetup control_of(const std::optional<SourceArms>& sources) const {
    const Surroundings& given = workspace_.surroundings();
    return materialise(plan_, cell_, sources ? with_clones(given, *sources, 0) : given).at(kControl);
  }

  [[nodiscard]] const Check& check() const { return plan_.checks.front(); }
  [[nodiscard]] const Workload& workload() const { return workload_of(plan_, cells(plan_)[cell_]); }
  [[nodiscard]] std::string left_file() const { return path_in(control_.working_directory, std::string(kLeftFile)); }

  void remove_left_file() const {
    std::error_code ignored;
    std::filesystem::remove(left_file(), ignored);
  }

  /// How the check fails on one arm; nothing: it passes. The first that passes becomes the reference.
  [[nodiscard]] std::optional<std::string> failure_on(const ArmSetup& setup) {
    if (std::holds_alternative<IsolationCheck>(check().kind)) {
      const std::vector<IsolationChallenge> challenges = runner_.challenge_isolation(setup);
      const std::string& failure = challenges.front().failure;
      return failure.empty() ? std::nullopt : std::optional(failure);
    }
    const TrialReport report = runner_.run(setup, 0);
    if (const auto* failed = std::get_if<CheckFailed>(&report.trial.outcome)) return failed->detail;
    if (const auto failed = references_.failure_of(cell_, report.observations)) return failed->detail;
    references_.offer(cell_, report.observations);
    if (is_measured(report.trial.outcome) || &setup != &control_) return std::nullopt;
    return describe(report.trial.outcome);  // control itself does not run
  }

  [[nodiscard]] std::string report_of_control(const TestInventoryCheck& inventory) {
    if (const auto failed = run_prepare_hooks(plan_, control_, launcher_)) throw Error(describe(*failed));
    const host::ProcessResult result = launcher_.run(trial_request(plan_, control_, Purpose::measure));
    const bool to_file = workload().standard_output == OutputTarget::file;
    const std::string file = inventory.file.empty() && to_file ? workload().output_file : inventory.file;
    std::string text =
        file.empty() ? result.standard_output.text : host::read_file(path_in(control_.working_directory, file));
    if (const auto failed = run_conclude_hooks(plan_, control_, launcher_)) throw Error(describe(*failed));
    workspace_.clear_temporary_folder();
    return text;
  }

  Plan plan_;
  host::Launcher& launcher_;
  Workspace workspace_;
  TrialRunner runner_;
  OutputReferences references_;
  std::size_t cell_;
  ArmSetup control_;
};

}  // namespace

bool CheckProof::holds() const {
  return !control_failure &&
         std::all_of(broken.begin(), broken.end(), [](const BrokenArm& arm) { return arm.caught.has_value(); });
}

std::vector<CheckProof> prove_checks(const Plan& plan, host::Launcher& launcher, const std::string& lock_path,
                                     const std::function<void(std::string_view)>& on_step) {
  const Workspace place(plan, lock_path);
  std::optional<SourceArms> sources;
  Plan built_once = plan;
  if (has_source(plan.variable) && !plan.checks.empty()) {
    built_once.variable.source->builds = 1;
    sources.emplace(built_once, launcher, SourceSurroundings{place.root(), ""});
    sources->make(on_step, [] { return false; });
  }
  std::vector<CheckProof> proofs;
  for (std::size_t workload = 0; workload < plan.workloads.size(); ++workload) {
    for (const Check& check : plan.checks) {
      if (!applies_to(check.workloads, plan.workloads[workload].name)) continue;
      on_step(fmt::format("check {} of {}", check.name, plan.workloads[workload].name));
      proofs.push_back(Proof(plan, check, workload, launcher, lock_path, sources).run());
    }
  }
  return proofs;
}

}  // namespace assay::trial
