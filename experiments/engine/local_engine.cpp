#include "experiments/engine/local_engine.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/engine/duet_lanes.hpp"
#include "experiments/engine/isolation_ledger.hpp"
#include "experiments/engine/local_arms.hpp"
#include "experiments/engine/short_trials.hpp"
#include "experiments/trial/audit/reach.hpp"
#include "experiments/trial/checks/output_references.hpp"
#include "experiments/trial/trial_runner.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::engine {
namespace {

/// Enough for a comparison that asks for a factor of ten.
constexpr int kFloorTrials = 5;
/// The floor lies near 0.5 ms anywhere: it need not be measured beside trials this long.
constexpr nanoseconds kSurelyLong = std::chrono::milliseconds(50);

}  // namespace

struct LocalEngine::State {
  const Plan& plan;
  host::Launcher& launcher;
  StepSink step;
  trial::Workspace workspace;
  trial::TrialRunner runner;
  std::optional<DuetLanes> duet;  ///< where both arms run at once
  trial::OutputReferences references;
  LocalArms arms;
  std::optional<trial::Reach> reach;           ///< where arms are made of revisions
  std::vector<const trial::ArmSetup*> set_up;  ///< whose setup ran, and whose cleanup is owed
  std::vector<std::string> notes;
  IsolationLedger isolation;
  bool compared_with_floor = false;

  State(const Plan& the_plan, host::Launcher& the_launcher, const std::string& lock_path, StepSink the_step,
        std::string the_build_logs, host::RestorationSink on_edit)
      : plan(the_plan),
        launcher(the_launcher),
        step(std::move(the_step)),
        workspace(the_plan, lock_path),
        runner(the_plan, the_launcher, workspace),
        references(the_plan),
        arms(the_plan, the_launcher, workspace, std::move(the_build_logs), std::move(on_edit)),
        isolation(the_plan, notes) {
    if (plan.protocol.design == Design::duet) duet.emplace(plan, runner, workspace);
  }

  [[nodiscard]] const std::string& label(ArmIndex arm) const { return plan.variable.levels[arm].label; }
  [[nodiscard]] std::string place(const trial::ArmSetup& setup) const {
    return fmt::format("{} ({})", label(setup.arm), cell_name(plan, cells(plan)[setup.cell]));
  }

  /// A workload's setup serves all its states: it runs with the first of them.
  [[nodiscard]] bool is_first_of_workload(std::size_t cell) const {
    return cell == 0 || arms.setups(cell).front().workload != arms.setups(cell - 1).front().workload;
  }

  void set_up_arms(const StopSignal& stop) {
    for (std::size_t cell = 0; cell < arms.cell_count(); ++cell) {
      if (!is_first_of_workload(cell)) continue;
      for (const trial::ArmSetup& setup : arms.setups(cell)) {  // several builds have no setup: definition sees to that
        if (stop() != StopRequest::none) return;
        arms.put_in_place(setup.arm);
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
    for (int build = 0; build < arms.builds_per_arm(); ++build) {
      for (int round = 0; round < rounds; ++round) {
        std::vector<trial::WarmUp> warm_ups;
        for (const trial::ArmSetup& setup : arms.setups(cell, build)) {
          if (stop() != StopRequest::none) return;
          if (round >= rounds_of(setup.arm)) continue;
          step("warm-up of " + place(setup));
          arms.put_in_place(setup.arm);
          warm_ups.push_back(runner.warm_up(setup));
          if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
        }
        if (round == 0 && warm_ups.size() == arm_count(plan)) examine(cell, build, warm_ups);
      }
    }
  }

  /// What the very first trials of a cell show.
  void examine(std::size_t cell, int build, const std::vector<trial::WarmUp>& warm_ups) {
    const std::vector<trial::ArmSetup>& setups = arms.setups(cell, build);
    references.offer(cell, warm_ups[kControl].observations);
    for (ArmIndex arm = 0; arm < warm_ups.size(); ++arm) {
      const trial::WarmUp& warm_up = warm_ups[arm];
      if (const auto* hook = std::get_if<HookFailed>(&warm_up.outcome)) {
        throw Error(fmt::format("{} of {} failed: {}", hook->hook, place(setups[arm]), hook->detail),
                    ErrorKind::invalid);
      }
      if (!is_measured(warm_up.outcome)) {
        notes.push_back(fmt::format("the warm-up of {} failed: {}{}", place(setups[arm]), describe(warm_up.outcome),
                                    warm_up.error_line));
      } else if (is_measured(warm_ups[kControl].outcome) &&
                 warm_up.standard_output_sha256 != warm_ups[kControl].standard_output_sha256) {
        notes.push_back(
            fmt::format("standard output of {} differs from that of {}", place(setups[arm]), label(kControl)));
      }
    }
  }

  void challenge_isolation(std::size_t cell, const StopSignal& stop) {
    const std::vector<trial::ArmSetup>& setups = arms.setups(cell);  // of any build: they differ in their layout alone
    if (!isolation.asks_for(plan.workloads[setups.front().workload])) return;
    for (const trial::ArmSetup& setup : setups) {
      if (stop() != StopRequest::none) return;
      step("isolation of " + place(setup));
      arms.put_in_place(setup.arm);
      std::vector<IsolationChallenge> stood = runner.challenge_isolation(setup);
      if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
      isolation.take(setup, place(setup), std::move(stood));
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
    const std::vector<trial::ArmSetup>& setups = arms.setups(order.cell, order.number % arms.builds_per_arm());
    std::vector<trial::TrialReport> reports;
    if (duet) {
      const nanoseconds started = host::monotonic_time();
      reports = duet->run({&setups[order.arms[0]], &setups[order.arms[1]]}, order.padding);
      if (stop() == StopRequest::at_once) return DroppedBlock{order, order.arms, host::monotonic_time() - started};
    } else {
      for (const ArmIndex arm : order.arms) {
        const nanoseconds started = host::monotonic_time();
        arms.put_in_place(arm);
        reports.push_back(runner.run(setups[arm], order.padding));
        if (stop() == StopRequest::at_once) return DroppedBlock{order, {arm}, host::monotonic_time() - started};
      }
    }
    references.judge(order.cell, reports);
    isolation.judge(order.cell, reports);
    for (trial::TrialReport& report : reports) block.trials.push_back(std::move(report.trial));
    compare_with_floor(block);
    sink(std::move(block));
    return std::nullopt;
  }
};

LocalEngine::LocalEngine(const Plan& plan, host::Launcher& launcher, const std::string& lock_path, StepSink step,
                         const std::string& build_logs, host::RestorationSink on_edit)
    : state_(std::make_unique<State>(plan, launcher, lock_path, std::move(step), build_logs, std::move(on_edit))) {}
LocalEngine::~LocalEngine() = default;

std::vector<host::Launcher*> LocalEngine::launchers() {
  std::vector<host::Launcher*> all = {&state_->launcher};
  if (state_->duet) all.push_back(&state_->duet->second_launcher());
  return all;
}

void LocalEngine::build(const StopSignal& stop) {
  if (!has_source(state_->plan.variable)) return;
  const auto stopped = [&stop] { return stop() != StopRequest::none; };
  const std::optional<trial::SourceArms>& sources = state_->arms.sources();
  try {
    state_->arms.build(state_->step, stopped);
  } catch (const Error&) {
    if (!sources) throw;
    for (const std::string& line : sources->last_lines()) state_->notes.push_back("the build printed: " + line);
    throw;
  }
  if (stopped()) return;
  state_->reach.emplace(state_->plan, *sources, state_->workspace.root());
  for (const std::string& note : sources->notes()) state_->notes.push_back(note);
}

std::vector<Build> LocalEngine::builds() {
  return state_->arms.builds();
}

std::vector<trial::Fingerprint> LocalEngine::fingerprints() {
  return state_->arms.fingerprints();
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
  for (std::size_t cell = 0; cell < state_->arms.cell_count(); ++cell) {
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
  return state_->isolation.challenges();
}

std::vector<std::string> LocalEngine::take_notes() {
  std::vector<std::string> notes = std::exchange(state_->notes, {});
  for (std::string& note : state_->runner.take_notes()) notes.push_back(std::move(note));
  if (!state_->duet) return notes;
  for (std::string& note : state_->duet->take_notes()) notes.push_back(std::move(note));
  return notes;
}

void LocalEngine::finish() noexcept {
  for (const trial::ArmSetup* setup : std::exchange(state_->set_up, {})) {
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

}  // namespace assay::engine
