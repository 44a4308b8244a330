#include "experiments/engine/local_engine.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/clock.hpp"
#include "core/host/digest.hpp"
#include "core/host/file_swap.hpp"
#include "experiments/engine/duet_lanes.hpp"
#include "experiments/engine/short_trials.hpp"
#include "experiments/trial/harness.hpp"
#include "experiments/trial/output_references.hpp"
#include "experiments/trial/reach.hpp"
#include "experiments/trial/source_arms.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::experiments {
namespace {

/// Enough for a comparison that asks for a factor of ten.
constexpr int kFloorTrials = 5;
/// The floor lies near 0.5 ms anywhere: it need not be measured beside trials this long.
constexpr nanoseconds kSurelyLong = std::chrono::milliseconds(50);

using CellSetups = std::vector<std::vector<ArmSetup>>;  ///< by build and arm

host::FileSwap swapped_file(const Plan& plan) {
  std::vector<std::string> versions;
  for (const Level& level : plan.variable.levels) {
    const auto& of_arm = std::get<FileLevel>(level.value);
    versions.push_back(path_in(plan.folder, of_arm.file));
    if (host::sha256_of_file(versions.back()) == of_arm.sha256) continue;
    throw Error(fmt::format("{} changed since the plan was made: run again", of_arm.file));
  }
  return host::FileSwap(path_in(plan.folder, plan.variable.name), versions);
}

/// One fingerprint holds all builds of an arm: of later ones what is built.
void add_build(Fingerprint& whole, const Fingerprint& build, std::size_t index) {
  for (const auto& [part, value] : build.parts) {
    if (part.ends_with(" content")) whole.parts[fmt::format("{} (build {})", part, index + 1)] = value;
  }
}

}  // namespace

struct LocalEngine::State {
  const Plan& plan;
  host::Launcher& launcher;
  StepSink step;
  Workspace workspace;
  TrialRunner runner;
  std::optional<DuetLanes> duet;  ///< where both arms run at once
  OutputReferences references;
  Fingerprinter fingerprinter;
  std::string build_logs;
  std::optional<SourceArms> sources;  ///< where arms are made of revisions
  std::optional<Reach> reach;
  std::optional<host::FileSwap> file;   ///< where the variable is one
  std::vector<CellSetups> setups;       ///< by cell
  std::vector<const ArmSetup*> set_up;  ///< whose setup ran, and whose cleanup is owed
  std::vector<std::string> notes;
  std::map<std::pair<std::size_t, ArmIndex>, CheckFailed> not_isolated;  ///< by cell and arm
  std::vector<IsolationChallenge> challenges;                            ///< of treatments that share something
  bool compared_with_floor = false;

  State(const Plan& the_plan, host::Launcher& the_launcher, const std::string& lock_path, StepSink the_step,
        std::string the_build_logs)
      : plan(the_plan),
        launcher(the_launcher),
        step(std::move(the_step)),
        workspace(the_plan, lock_path),
        runner(the_plan, the_launcher, workspace),
        references(the_plan),
        build_logs(std::move(the_build_logs)) {
    if (plan.protocol.design == Design::duet) duet.emplace(plan, runner, workspace);
    if (plan.variable.kind == VariableKind::file) file.emplace(swapped_file(plan));
    if (!has_source(plan.variable)) make_setups();
  }

  [[nodiscard]] int builds() const { return plan.variable.source ? plan.variable.source->builds : 1; }

  /// The workspace with the clones of one build.
  [[nodiscard]] Surroundings surroundings_of(int build) const {
    Surroundings surroundings = workspace.surroundings();
    if (!sources) return surroundings;
    surroundings.subfolder = sources->subfolder();
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
      surroundings.places[arm].source = sources->arm(arm, build).clone.folder();
    }
    return surroundings;
  }

  void make_setups() {
    for (std::size_t cell = 0; cell < cells(plan).size(); ++cell) {
      CellSetups& by_build = setups.emplace_back();
      for (int build = 0; build < builds(); ++build) {
        by_build.push_back(materialise(plan, cell, surroundings_of(build)));
        if (!sources) continue;
        for (ArmSetup& setup : by_build.back()) {
          setup.harness = harness_files(plan, setup, sources->arm(setup.arm, build).tracked);
        }
      }
    }
  }

  /// Puts an arm's file in its place; nothing where the variable is none.
  void put_file(ArmIndex arm) {
    if (file) file->put(arm);
  }

  [[nodiscard]] const std::string& label(ArmIndex arm) const { return plan.variable.levels[arm].label; }
  [[nodiscard]] std::string place(const ArmSetup& setup) const {
    return fmt::format("{} ({})", label(setup.arm), cell_name(plan, cells(plan)[setup.cell]));
  }

  /// A workload's setup serves all its states: it runs with the first of them.
  [[nodiscard]] bool is_first_of_workload(std::size_t cell) const {
    return cell == 0 || setups[cell][0].front().workload != setups[cell - 1][0].front().workload;
  }

  void set_up_arms(const StopSignal& stop) {
    for (std::size_t cell = 0; cell < setups.size(); ++cell) {
      if (!is_first_of_workload(cell)) continue;
      for (const ArmSetup& setup : setups[cell][0]) {  // several builds have no setup: definition sees to that
        if (stop() != StopRequest::none) return;
        put_file(setup.arm);
        if (!plan.workloads[setup.workload].hooks.setup.empty()) step("setup of " + place(setup));
        set_up.push_back(&setup);
        const std::optional<std::string> failure = runner.set_up(setup);
        if (stop() == StopRequest::at_once) return;  // it was broken off: its failure says nothing
        if (failure) {
          throw Error(fmt::format("setup of {} failed: {}", place(setup), *failure), ErrorKind::invalid);
        }
      }
    }
  }

  void warm_up_cell(std::size_t cell, const StopSignal& stop) {
    const auto rounds_of = [&](ArmIndex arm) { return state_of(plan, cells(plan)[cell], arm).warmup; };
    int rounds = 0;
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) rounds = std::max(rounds, rounds_of(arm));
    for (int build = 0; build < builds(); ++build) {
      for (int round = 0; round < rounds; ++round) {
        std::vector<WarmUp> warm_ups;
        for (const ArmSetup& setup : setups[cell][static_cast<std::size_t>(build)]) {
          if (stop() != StopRequest::none) return;
          if (round >= rounds_of(setup.arm)) continue;
          step("warm-up of " + place(setup));
          put_file(setup.arm);
          warm_ups.push_back(runner.warm_up(setup));
          if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
        }
        if (round == 0 && warm_ups.size() == arm_count(plan)) examine(cell, build, warm_ups);
      }
    }
  }

  /// What the very first trials of a cell show.
  void examine(std::size_t cell, int build, const std::vector<WarmUp>& warm_ups) {
    const std::vector<ArmSetup>& arms = setups[cell][static_cast<std::size_t>(build)];
    references.offer(cell, warm_ups[kControl].observations);
    for (ArmIndex arm = 0; arm < warm_ups.size(); ++arm) {
      const WarmUp& warm_up = warm_ups[arm];
      if (const auto* hook = std::get_if<HookFailed>(&warm_up.outcome)) {
        throw Error(fmt::format("{} of {} failed: {}", hook->hook, place(arms[arm]), hook->detail), ErrorKind::invalid);
      }
      if (!is_measured(warm_up.outcome)) {
        notes.push_back(fmt::format("the warm-up of {} failed: {}{}", place(arms[arm]), describe(warm_up.outcome),
                                    warm_up.error_line));
      } else if (is_measured(warm_ups[kControl].outcome) &&
                 warm_up.standard_output_sha256 != warm_ups[kControl].standard_output_sha256) {
        notes.push_back(
            fmt::format("standard output of {} differs from that of {}", place(arms[arm]), label(kControl)));
      }
    }
  }

  void challenge_isolation(std::size_t cell, const StopSignal& stop) {
    const std::vector<ArmSetup>& arms = setups[cell].front();  // of any build: they differ in their layout alone
    const Workload& workload = plan.workloads[arms.front().workload];
    const bool is_asked = std::any_of(plan.checks.begin(), plan.checks.end(), [&](const Check& check) {
      return std::holds_alternative<IsolationCheck>(check.kind) && applies_to(check.workloads, workload.name);
    });
    if (!is_asked && plan.variable.shares) {
      notes.push_back(
          fmt::format("nothing challenges the isolation of {}, so that an improvement of it stays undecided: "
                      "give it a check of kind = \"isolation\"",
                      workload.name));
    }
    if (!is_asked) return;
    for (const ArmSetup& setup : arms) {
      if (stop() != StopRequest::none) return;
      step("isolation of " + place(setup));
      put_file(setup.arm);
      std::vector<IsolationChallenge> stood = runner.challenge_isolation(setup);
      if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
      take_challenges(setup, std::move(stood));
    }
  }

  void take_challenges(const ArmSetup& setup, std::vector<IsolationChallenge> stood) {
    for (IsolationChallenge& challenge : stood) {
      if (!challenge.failure.empty()) {
        not_isolated.emplace(std::pair(setup.cell, setup.arm), CheckFailed{challenge.check, challenge.failure});
      }
      if (!challenge.unproven.empty()) {
        notes.push_back(
            fmt::format("check {} proves no isolation of {}: {}", challenge.check, place(setup), challenge.unproven));
      }
      if (plan.variable.shares && setup.arm != kControl) challenges.push_back(std::move(challenge));
    }
  }

  /// An arm that does not keep to itself fails with every trial.
  void judge_isolation(std::size_t cell, std::vector<TrialReport>& reports) const {
    for (TrialReport& report : reports) {
      const auto failed = not_isolated.find({cell, report.trial.arm});
      if (failed == not_isolated.end() || !is_measured(report.trial.outcome)) continue;
      report.trial.outcome = failed->second;
      report.trial.values.assign(plan.metrics.size(), std::nullopt);
    }
  }

  /// Once, after the first block: warm-ups are slower than what they warm up.
  void compare_with_floor(const Block& block) {
    if (std::exchange(compared_with_floor, true)) return;
    nanoseconds shortest = nanoseconds::max();
    for (const Trial& trial : block.trials) {
      if (is_measured(trial.outcome)) shortest = std::min(shortest, trial.usage.wall);
    }
    if (shortest > kSurelyLong) return;
    const ShortestTrial trial{shortest, host::spawn_floor(launcher, kFloorTrials)};
    if (std::optional<std::string> warning = short_trial_warning(trial)) notes.push_back(std::move(*warning));
  }

  /// \returns the arm that was broken off, where that happened.
  std::optional<DroppedBlock> run_block(const BlockOrder& order, const BlockSink& sink, const StopSignal& stop) {
    Block block;
    block.cell = order.cell;
    block.number = order.number;
    block.rerun = order.rerun;
    block.started_ns = host::unix_time_ns();
    block.padding = order.padding;
    const std::vector<ArmSetup>& arms = setups[order.cell][static_cast<std::size_t>(order.number % builds())];
    std::vector<TrialReport> reports;
    if (duet) {
      const nanoseconds started = host::monotonic_time();
      reports = duet->run({&arms[order.arms[0]], &arms[order.arms[1]]}, order.padding);
      if (stop() == StopRequest::at_once) return DroppedBlock{order, order.arms, host::monotonic_time() - started};
    } else {
      for (const ArmIndex arm : order.arms) {
        const nanoseconds started = host::monotonic_time();
        put_file(arm);
        reports.push_back(runner.run(arms[arm], order.padding));
        if (stop() == StopRequest::at_once) return DroppedBlock{order, {arm}, host::monotonic_time() - started};
      }
    }
    references.judge(order.cell, reports);
    judge_isolation(order.cell, reports);
    for (TrialReport& report : reports) block.trials.push_back(std::move(report.trial));
    compare_with_floor(block);
    sink(std::move(block));
    return std::nullopt;
  }
};

LocalEngine::LocalEngine(const Plan& plan, host::Launcher& launcher, const std::string& lock_path, StepSink step,
                         const std::string& build_logs)
    : state_(std::make_unique<State>(plan, launcher, lock_path, std::move(step), build_logs)) {}
LocalEngine::~LocalEngine() = default;

std::vector<host::Launcher*> LocalEngine::launchers() {
  std::vector<host::Launcher*> all = {&state_->launcher};
  if (state_->duet) all.push_back(&state_->duet->second_launcher());
  return all;
}

void LocalEngine::build(const StopSignal& stop) {
  if (!has_source(state_->plan.variable)) return;
  const std::string& place = state_->workspace.root();
  state_->sources.emplace(state_->plan, state_->launcher, SourceSurroundings{place, state_->build_logs});
  try {
    state_->sources->make(state_->step, [&stop] { return stop() != StopRequest::none; });
  } catch (const Error&) {
    for (const std::string& line : state_->sources->last_lines()) state_->notes.push_back("the build printed: " + line);
    throw;
  }
  if (stop() != StopRequest::none) return;
  state_->make_setups();
  state_->reach.emplace(state_->plan, *state_->sources, place);
  for (std::string& note : state_->sources->notes()) state_->notes.push_back(std::move(note));
}

std::vector<Build> LocalEngine::builds() {
  if (!state_->build_logs.empty()) return read_builds(state_->build_logs);
  std::vector<Build> builds = read_builds(state_->workspace.root() + "/logs");
  for (Build& build : builds) build.log.clear();  // it goes with this session
  return builds;
}

std::vector<Fingerprint> LocalEngine::fingerprints() {
  std::vector<Fingerprint> all;
  for (const CellSetups& by_build : state_->setups) {
    for (const ArmSetup& first : by_build.front()) {
      state_->put_file(first.arm);
      Fingerprint whole = state_->fingerprinter.take(state_->plan, first);
      for (std::size_t build = 1; build < by_build.size(); ++build) {
        add_build(whole, state_->fingerprinter.take(state_->plan, by_build[build][first.arm]), build);
      }
      all.push_back(std::move(whole));
    }
  }
  return all;
}

std::vector<std::string> LocalEngine::take_intruders() {
  if (!state_->reach) return {};
  std::vector<std::string> missing = state_->reach->missing(fingerprints());
  state_->reach->start();
  return missing;
}

void LocalEngine::prepare(const StopSignal& stop) {
  if (state_->reach) state_->reach->start();
  state_->set_up_arms(stop);
  for (std::size_t cell = 0; cell < state_->setups.size(); ++cell) {
    state_->warm_up_cell(cell, stop);
    state_->challenge_isolation(cell, stop);
  }
}

std::optional<DroppedBlock> LocalEngine::run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                             const StopSignal& stop) {
  for (const BlockOrder& order : orders) {
    if (stop() != StopRequest::none) return std::nullopt;
    if (std::optional<DroppedBlock> dropped = state_->run_block(order, sink, stop)) return dropped;
  }
  return std::nullopt;
}

std::vector<IsolationChallenge> LocalEngine::challenges() {
  return state_->challenges;
}

std::vector<std::string> LocalEngine::take_notes() {
  std::vector<std::string> notes = std::exchange(state_->notes, {});
  for (std::string& note : state_->runner.take_notes()) notes.push_back(std::move(note));
  if (!state_->duet) return notes;
  for (std::string& note : state_->duet->take_notes()) notes.push_back(std::move(note));
  return notes;
}

void LocalEngine::finish() noexcept {
  for (const ArmSetup* setup : std::exchange(state_->set_up, {})) {
    try {
      if (const auto failure = state_->runner.clean_up(*setup)) {
        state_->notes.push_back(fmt::format("cleanup of {} failed: {}", state_->place(*setup), *failure));
      }
    } catch (const std::exception& error) {
      state_->notes.push_back(fmt::format("cleanup of {} failed: {}", state_->place(*setup), error.what()));
    }
  }
  try {
    state_->launcher.end_descendants();
  } catch (const std::exception& error) {
    state_->notes.push_back(fmt::format("what setups left running could not be ended: {}", error.what()));
  }
}

}  // namespace assay::experiments
