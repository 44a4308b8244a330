#include "experiments/engine/vigilance.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/trial/side_command.hpp"

namespace assay::engine {
namespace {

constexpr int kTrials = 3;
constexpr nanoseconds kCopyTimeout = std::chrono::minutes(10);

/// Takes away everything that assay puts into the environment, but for a TMPDIR of its own.
trial::ArmSetup unannounced(trial::ArmSetup setup, const std::string& temporary_folder) {
  const bool has_own_temporary_folder = setup.own_variables.contains("TMPDIR");
  for (const std::string& name : setup.own_variables) setup.environment.erase(name);
  if (has_own_temporary_folder) setup.environment["TMPDIR"] = temporary_folder;
  if (const auto path = setup.environment.find("PATH"); path != setup.environment.end() && !setup.tools.empty()) {
    path->second.erase(0, setup.tools.size() + 1);  // and the colon
  }
  setup.own_variables.clear();
  return setup;
}

/// The first word of a command that expands one of assay's variables, which are not set in the new place; empty if none
/// does.
/// "rm -rf $ASSAY_ARM_DIR/*" must never come to mean another folder.
std::string word_with_own_variable(const Plan& plan, const trial::ArmSetup& setup, std::size_t cell) {
  const Hooks& hooks = plan.workloads[setup.workload].hooks;
  const State& state = state_of(plan, cells(plan)[cell], setup.arm);
  for (const Argv* words : {&setup.argv, &hooks.setup, &hooks.prepare, &hooks.conclude, &hooks.cleanup, &state.prepare,
                            &state.conclude, &state.prove}) {
    for (const std::string& word : *words) {
      if (word.find("$ASSAY_") != std::string::npos || word.find("${ASSAY_") != std::string::npos) return word;
    }
  }
  return "";
}

}  // namespace

/// An arm in its new place.
struct UnannouncedTrialRunner::Arm {
  trial::ArmSetup setup;
  std::optional<nanoseconds> first = {};  ///< of its first run there
  std::vector<double> values = {};
  std::string failure = {};  ///< why it does not run there
};

UnannouncedTrialRunner::UnannouncedTrialRunner(const Plan& plan, host::Launcher& launcher, LocalArms& arms,
                                               const std::string& lock_path)
    : plan_(plan), launcher_(launcher), arms_(arms), workspace_(plan, lock_path), runner_(plan, launcher, workspace_) {}

std::vector<UnannouncedTrialRunner::Arm> UnannouncedTrialRunner::arms_of(std::size_t cell) {
  trial::SessionResources resources = workspace_.resources();
  if (arms_.sources()) {
    resources.subfolder = arms_.sources()->subfolder();
    for (ArmIndex arm = 0; arm < resources.arms.size(); ++arm) {
      resources.arms[arm].source = workspace_.root() + "/w" + std::to_string(arm);
    }
  }
  std::vector<Arm> arms;
  for (trial::ArmSetup& setup : trial::materialise(plan_, cell, resources)) {
    if (plan_.challenge && setup.arm >= kControlAgain) continue;  // control in disguise
    const std::string named = word_with_own_variable(plan_, setup, cell);
    arms.push_back({.setup = unannounced(std::move(setup), resources.temporary_folder)});
    if (!named.empty()) arms.back().failure = fmt::format("\"{}\" needs a variable that is not set there", named);
  }
  return arms;
}

/// With `cp`, which keeps the times that build tools go by and shares blocks where the file system can.
void UnannouncedTrialRunner::copy_clone(const std::string& from, Arm& arm) {
  const std::string& to = arm.setup.source;
  if (to.empty() || std::filesystem::exists(to)) return;
  trial::ArmSetup outside = arm.setup;
  outside.working_directory = workspace_.root();
  if (const auto failure =
          trial::failure_of(launcher_, {"cp", "-a", "--reflink=auto", from, to}, outside, kCopyTimeout)) {
    arm.failure = "its clone could not be copied: " + *failure;
  }
}

void UnannouncedTrialRunner::start_afresh(Arm& arm) {
  arms_.put_in_place(arm.setup.arm);
  const trial::WarmUp first = runner_.warm_up(arm.setup);
  if (is_measured(first.outcome)) {
    arm.first = first.wall;
  } else {
    arm.failure = trial::with_line(describe(first.outcome), first.error_line);
  }
}

void UnannouncedTrialRunner::run_again(Arm& arm) {
  arms_.put_in_place(arm.setup.arm);
  const Trial trial = runner_.run(arm.setup, 0).trial;
  const std::size_t primary = primary_metric(plan_);
  if (!is_measured(trial.outcome)) {
    arm.failure = describe(trial.outcome);
  } else if (!trial.values.at(primary)) {
    arm.failure = plan_.metrics[primary].name + " has no value";
  } else {
    arm.values.push_back(*trial.values[primary]);
  }
}

VigilantRuns UnannouncedTrialRunner::run_cell(std::size_t cell, const StopSignal& stop) {
  std::vector<Arm> arms = arms_of(cell);
  const std::vector<trial::ArmSetup>& known = arms_.setups(cell);
  for (int turn = 0; turn <= kTrials; ++turn) {
    for (Arm& arm : arms) {
      if (stop() != StopRequest::none) return {};
      if (!arm.failure.empty()) continue;
      try {
        if (turn == 0) copy_clone(known[arm.setup.arm].source, arm);
        if (!arm.failure.empty()) continue;
        turn == 0 ? start_afresh(arm) : run_again(arm);
      } catch (const Error& error) {  // its program is not there, or not found without what assay sets
        arm.failure = error.what();
      }
    }
  }
  if (stop() != StopRequest::none) return {};
  VigilantRuns runs;
  for (Arm& arm : arms) {
    if (!arm.failure.empty()) arm.values.clear();
    if (arm.first) runs.fresh_starts.push_back({named_cell(plan_, cell), arm.setup.arm, {*arm.first}});
    runs.unannounced.push_back({.cell = named_cell(plan_, cell),
                                .arm = arm.setup.arm,
                                .values = std::move(arm.values),
                                .not_tried = std::move(arm.failure)});
  }
  return runs;
}

}  // namespace assay::engine
