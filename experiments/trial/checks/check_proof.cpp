#include "experiments/trial/checks/check_proof.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/sources/source_arms.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::trial {
namespace {

/// Proves one check on one workload. No other check is in force.
class Proof {
 public:
  Proof(const Plan& plan, const Check& check, std::size_t workload, host::Launcher& launcher,
        const std::string& lock_path, const std::optional<SourceArms>& sources)
      : plan_(reduced(plan, check)),
        rule_(rule_of(check)),
        launcher_(launcher),
        workspace_(plan_, lock_path),
        runner_(plan_, launcher, workspace_),
        references_(plan_),
        cell_(first_cell_of(workload)),
        setups_(setups_of(sources)),
        control_(setups_.at(kControl)) {}

  CheckProof run() {
    CheckProof proof{check().name, workload().name, std::nullopt, {}, {}};
    if (const auto failure = runner_.set_up(control_))
      throw Error(fmt::format("setup of control failed: {}", *failure));
    proof.control_failure = failure_on(control_);
    if (!proof.control_failure && std::holds_alternative<ComparedWithControl>(rule_.judgement)) {
      proof.control_failure = failure_on(control_);  // what changes by itself is no reference
      proof.unstable = references_.unstable_names(cell_, 0);
    }
    if (!proof.control_failure) {
      if (const auto* challenged = std::get_if<ChallengedBeforehand>(&rule_.judgement)) {
        proof.broken = challenged->prove(plan_, launcher_, {control_, filtered()});
      }
      for (const BreakingCommand& broken : breaking_commands(control_)) {
        ArmSetup setup = control_;
        setup.argv = broken.command;
        proof.broken.push_back({broken.what, failure_on(setup)});
        left_files_.push_back(broken.leaves);
      }
      remove_left_files();
      for (const ArmSetup& treatment : setups_) {
        if (has_other_environment(treatment)) add_what_passes_in(treatment, proof);
      }
    }
    remove_left_files();
    if (const auto failure = runner_.clean_up(control_)) {
      throw Error(fmt::format("cleanup of control failed: {}", *failure));
    }
    launcher_.end_descendants();
    return proof;
  }

 private:
  /// The plan without metrics, other checks and proofs of states, so that it can only fail by this check.
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

  [[nodiscard]] std::vector<ArmSetup> setups_of(const std::optional<SourceArms>& sources) const {
    const SessionResources& given = workspace_.resources();
    return materialise(plan_, cell_, sources ? with_clones(given, *sources, 0) : given);
  }

  [[nodiscard]] std::string filtered() const { return workspace_.root() + "/filtered"; }

  /// True for an arm whose checks can tell, by a variable or by the files around them, that it is not control's.
  [[nodiscard]] bool has_other_environment(const ArmSetup& setup) const {
    const auto told = [](const ArmSetup& one) {
      Environment environment = one.environment;
      for (const std::string& name : one.own_variables) environment.erase(name);
      return environment;
    };
    return setup.arm != kControl && (told(setup) != told(control_) || setup.source != control_.source);
  }

  /// Whether the check fails on that broken arm in control's environment.
  [[nodiscard]] static bool is_caught(const CheckProof& proof, const std::string& what) {
    return std::any_of(proof.broken.begin(), proof.broken.end(),
                       [&](const BrokenArm& arm) { return arm.what == what && arm.caught; });
  }

  /// A check may be lenient where it sees treatment's environment. Only broken arms that pass there alone are added.
  void add_what_passes_in(const ArmSetup& treatment, CheckProof& proof) {
    const std::string where = fmt::format(" in the environment of {}", plan_.variable.levels[treatment.arm].label);
    if (const auto failure = runner_.set_up(treatment)) {
      throw Error(fmt::format("setup of {} failed: {}", plan_.variable.levels[treatment.arm].label, *failure));
    }
    if (const auto* challenged = std::get_if<ChallengedBeforehand>(&rule_.judgement)) {
      for (BrokenArm& arm : challenged->prove(plan_, launcher_, {treatment, filtered()})) {
        if (!arm.caught && is_caught(proof, arm.what))
          proof.broken.push_back({arm.what + where, std::nullopt, treatment.arm});
      }
    }
    for (const BreakingCommand& broken : breaking_commands(treatment)) {
      ArmSetup setup = treatment;
      setup.argv = broken.command;
      if (!failure_on(setup) && is_caught(proof, broken.what)) {
        proof.broken.push_back({broken.what + where, std::nullopt, treatment.arm});
      }
      left_files_.push_back(broken.leaves);
    }
    if (const auto failure = runner_.clean_up(treatment)) {
      throw Error(fmt::format("cleanup of {} failed: {}", plan_.variable.levels[treatment.arm].label, *failure));
    }
  }

  [[nodiscard]] const Check& check() const { return plan_.checks.front(); }
  [[nodiscard]] const Workload& workload() const { return workload_of(plan_, cells(plan_)[cell_]); }

  [[nodiscard]] std::vector<BreakingCommand> breaking_commands(const ArmSetup& setup) {
    try {
      return rule_.breaking_commands({workload(), setup.working_directory, workspace_.root(),
                                      [this](const std::string& file) { return output_of_control(file); }});
    } catch (const Error& error) {
      throw error.within(fmt::format("check {}", check().name));
    }
  }

  void remove_left_files() const {
    std::error_code ignored;
    for (const std::string& file : left_files_) {
      if (!file.empty()) std::filesystem::remove(file, ignored);
    }
  }

  /// How the check fails on one arm; empty if it passes. Control is the reference.
  [[nodiscard]] std::optional<std::string> failure_on(const ArmSetup& setup) {
    if (std::holds_alternative<ChallengedBeforehand>(rule_.judgement)) {
      const std::vector<IsolationChallenge> challenges = runner_.challenge_isolation(setup);
      const std::string& failure = challenges.front().failure;
      return failure.empty() ? std::nullopt : std::optional(failure);
    }
    const TrialReport report = runner_.run(setup, 0);
    if (const auto* failed = std::get_if<CheckFailed>(&report.trial.outcome)) return failed->detail;
    if (&setup == &control_) references_.offer(cell_, report.observations);
    if (const auto failed = references_.failure_of(cell_, report.observations)) return failed->detail;
    if (is_measured(report.trial.outcome) || &setup != &control_) return std::nullopt;
    return describe(report.trial.outcome);  // control itself does not run
  }

  [[nodiscard]] std::string output_of_control(const std::string& name) {
    if (const auto failed = run_prepare_hooks(plan_, control_, launcher_)) throw Error(describe(*failed));
    const host::ProcessResult result = launcher_.run(trial_request(plan_, control_, Purpose::measure));
    const bool to_file = workload().standard_output == OutputTarget::file;
    const std::string file = name.empty() && to_file ? workload().output_file : name;
    std::string text =
        file.empty() ? result.standard_output.text : host::read_file(path_in(control_.working_directory, file));
    if (const auto failed = run_conclude_hooks(plan_, control_, launcher_)) throw Error(describe(*failed));
    workspace_.clear_temporary_folder();
    return text;
  }

  Plan plan_;
  CheckRule rule_;
  host::Launcher& launcher_;
  Workspace workspace_;
  TrialRunner runner_;
  OutputReferences references_;
  std::size_t cell_;
  std::vector<ArmSetup> setups_;  ///< by arm
  const ArmSetup& control_;
  std::vector<std::string> left_files_;
};

}  // namespace

bool CheckProof::holds() const {
  return !control_failure &&
         std::all_of(broken.begin(), broken.end(), [](const BrokenArm& arm) { return arm.caught.has_value(); });
}

std::vector<CheckProof> prove_checks(const Plan& plan, host::Launcher& launcher, const std::string& lock_path,
                                     const std::function<void(std::string_view)>& on_step) {
  const Workspace workspace(plan, lock_path);
  std::optional<SourceArms> sources;
  Plan built_once = plan;
  if (has_source(plan.variable) && !plan.checks.empty()) {
    built_once.variable.source->builds = 1;
    sources.emplace(built_once, launcher, SourceFolders{workspace.root(), ""});
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
