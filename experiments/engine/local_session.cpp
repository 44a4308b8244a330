#include "experiments/engine/local_session.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/engine/short_trials.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::engine {
namespace {

/// Enough for a comparison that asks for a factor of ten.
constexpr int kFloorTrials = 5;
/// The floor lies near 0.5 ms anywhere: it need not be measured beside trials this long.
constexpr nanoseconds kSurelyLong = std::chrono::milliseconds(50);

}  // namespace

LocalSession::LocalSession(EngineOptions options)
    : plan(options.plan),
      step(std::move(options.step)),
      phases(std::move(options.phases)),
      workspace(plan, options.lock_path, phases ? trial::SpanUse::always : trial::SpanUse::as_read),
      runner(plan, launcher, workspace),
      references(plan),
      arms(plan, launcher, workspace, std::move(options.build_logs), std::move(options.on_edit)),
      isolation(plan, notes) {
  if (plan.protocol.design == Design::duet) duet.emplace(plan, runner, workspace);
}

std::string LocalSession::name_of(const trial::ArmSetup& setup) const {
  return fmt::format("{} ({})", label(setup.arm), cell_name(plan, cells(plan)[setup.cell]));
}

void LocalSession::note_hook(const std::string& hook, const trial::ArmSetup& setup, const trial::SpentTime& spent) {
  const Workload& workload = plan.workloads[setup.workload];
  const Argv& command = hook == "setup" ? workload.hooks.setup : workload.hooks.cleanup;
  if (command.empty()) return;
  hook_runs.push_back(
      {.arm = setup.arm, .workload = workload.name, .hook = hook, .wall = spent.wall, .cpu = spent.cpu});
}

bool LocalSession::is_first_of_workload(std::size_t cell) const {
  return cell == 0 || arms.setups(cell).front().workload != arms.setups(cell - 1).front().workload;
}

void LocalSession::set_up_arms(const StopSignal& stop) {
  for (std::size_t cell = 0; cell < arms.cell_count(); ++cell) {
    if (!is_first_of_workload(cell)) continue;
    for (const trial::ArmSetup& setup : arms.setups(cell)) {  // several builds have no setup: definition sees to that
      if (stop() != StopRequest::none) return;
      arms.put_in_place(setup.arm);
      if (!plan.workloads[setup.workload].hooks.setup.empty()) step("setup of " + name_of(setup));
      set_up.push_back(&setup);
      const trial::SpentMeter meter(launcher);
      const std::optional<std::string> failure = runner.set_up(setup);
      note_hook("setup", setup, meter.so_far());
      if (stop() == StopRequest::at_once) return;  // it was broken off: its failure says nothing
      if (failure) {
        throw Error(fmt::format("setup of {} failed: {}", name_of(setup), *failure), ErrorKind::invalid);
      }
    }
  }
}

void LocalSession::warm_up_cell(std::size_t cell, const StopSignal& stop) {
  const auto rounds_of = [&](ArmIndex arm) { return state_of(plan, cells(plan)[cell], arm).warmup; };
  int rounds = 0;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) rounds = std::max(rounds, rounds_of(arm));
  for (int build = 0; build < arms.builds_per_arm(); ++build) {
    for (int round = 0; round < rounds; ++round) {
      std::vector<trial::WarmUp> warm_ups;
      for (const trial::ArmSetup& setup : arms.setups(cell, build)) {
        if (stop() != StopRequest::none) return;
        if (round >= rounds_of(setup.arm)) continue;
        step("warm-up of " + name_of(setup));
        arms.put_in_place(setup.arm);
        warm_ups.push_back(runner.warm_up(setup));
        if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
        if (build == 0) keep_time(setup, warm_ups.back());
      }
      if (round == 0 && warm_ups.size() == arm_count(plan)) examine(cell, build, warm_ups);
    }
  }
}

void LocalSession::examine(std::size_t cell, int build, const std::vector<trial::WarmUp>& warm_ups) {
  const std::vector<trial::ArmSetup>& setups = arms.setups(cell, build);
  references.offer(cell, warm_ups[kControl].observations);
  for (ArmIndex arm = 0; arm < warm_ups.size(); ++arm) {
    const trial::WarmUp& warm_up = warm_ups[arm];
    require_guards(setups[arm], warm_up);
    compare_outputs(setups[arm], warm_up);
    if (const auto* hook = std::get_if<HookFailed>(&warm_up.outcome)) {
      throw Error(fmt::format("{} of {} failed: {}", hook->hook, name_of(setups[arm]), hook->detail),
                  ErrorKind::invalid);
    }
    if (!is_measured(warm_up.outcome)) {
      notes.push_back(fmt::format("the warm-up of {} failed: {}{}", name_of(setups[arm]), describe(warm_up.outcome),
                                  warm_up.error_line));
    } else if (is_measured(warm_ups[kControl].outcome) &&
               warm_up.standard_output_sha256 != warm_ups[kControl].standard_output_sha256) {
      notes.push_back(
          fmt::format("standard output of {} differs from that of {}", name_of(setups[arm]), label(kControl)));
    }
  }
}

void LocalSession::require_guards(const trial::ArmSetup& setup, const trial::WarmUp& warm_up) {
  for (const std::size_t index : warm_up.unavailable_guards) {
    const Metric& metric = plan.metrics[index];
    const std::string missing = fmt::format("guard {} cannot be measured here in trials as short as that of {} ({})",
                                            metric.name, name_of(setup), format_duration(warm_up.wall));
    if (metric.when_unavailable == WhenUnavailable::observe) {
      notes.push_back(missing + ": it is only observed, as when_unavailable says");
      continue;
    }
    throw Error(fmt::format(
        "{}: without a control group that assay may create, memory is sampled, in longer trials only; nothing was "
        "started; guard max_rss instead, or set when_unavailable = \"observe\"",
        missing));
  }
}

void LocalSession::compare_outputs(const trial::ArmSetup& setup, const trial::WarmUp& warm_up) {
  constexpr std::size_t kMuch = std::size_t{64} << 10;
  const host::ProcessRequest request = trial::trial_request(plan, setup, trial::Purpose::measure);
  const bool is_noticed =
      warm_up.standard_output_bytes >= kMuch && std::holds_alternative<host::ToNull>(request.standard_output);
  if (!is_noticed || std::exchange(is_null_noted, true)) return;
  notes.push_back(fmt::format(
      "the {} that {} writes go to /dev/null, which some programs notice (grep stops at its first match, tar "
      "reads no file): --output pipe, or output = \"pipe\" in a file, has them read",
      format_bytes(static_cast<double>(warm_up.standard_output_bytes)), name_of(setup)));
}

void LocalSession::challenge_isolation(std::size_t cell, const StopSignal& stop) {
  const std::vector<trial::ArmSetup>& setups =
      arms.setups(cell);  // any build will do, since builds differ only in layout
  if (!isolation.asks_for(plan.workloads[setups.front().workload])) return;
  for (const trial::ArmSetup& setup : setups) {
    if (stop() != StopRequest::none) return;
    step("isolation of " + name_of(setup));
    arms.put_in_place(setup.arm);
    std::vector<IsolationChallenge> stood = runner.challenge_isolation(setup);
    if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
    isolation.take(setup, name_of(setup), std::move(stood));
  }
}

void LocalSession::keep_time(const trial::ArmSetup& setup, const trial::WarmUp& warm_up) {
  const auto is_of_arm = [&setup](const WarmUps& one) { return one.cell.index == setup.cell && one.arm == setup.arm; };
  auto found = std::find_if(warm_up_times.begin(), warm_up_times.end(), is_of_arm);
  if (found == warm_up_times.end()) {
    warm_up_times.push_back({.cell = named_cell(plan, setup.cell), .arm = setup.arm, .walls = {}});
    found = std::prev(warm_up_times.end());
  }
  found->walls.push_back(warm_up.wall);
}

void LocalSession::probe_harness_of(std::size_t cell, const StopSignal& stop) {
  const std::optional<trial::SourceArms>& sources = arms.sources();
  // Attempts of 0.1.0 and comparisons go without.
  if (!sources || plan.exploratory || plan.rules == kOldestRules) return;
  const std::vector<trial::ArmSetup>& setups = arms.setups(cell);
  for (const trial::ArmSetup& setup : setups) {
    if (stop() != StopRequest::none) return;
    if (setup.arm == kControl) continue;
    const std::vector<std::string> possible = possible_harness(plan, *sources, setup);
    if (possible.empty()) continue;
    step("harness of " + name_of(setup));
    const HarnessFindings found =
        probe_harness({plan, *sources, runner, references, workspace.root() + "/harness"}, setup, possible);
    if (stop() == StopRequest::at_once) return;      // it was broken off and shows nothing
    (void)runner.run_once(setups[kControl], [] {});  // so that control is as warm as treatment
    harness.intruders.insert(harness.intruders.end(), found.intruders.begin(), found.intruders.end());
    harness.changed.insert(harness.changed.end(), found.changed.begin(), found.changed.end());
    notes.insert(notes.end(), found.notes.begin(), found.notes.end());
  }
}

void LocalSession::compare_with_floor(const Block& block) {
  if (std::exchange(was_compared_with_floor, true)) return;
  nanoseconds shortest = nanoseconds::max();
  for (const Trial& trial : block.trials) {
    if (is_measured(trial.outcome)) shortest = std::min(shortest, trial.usage.wall);
  }
  if (shortest > kSurelyLong) return;
  const ShortestTrial trial{shortest, host::spawn_floor(launcher, kFloorTrials)};
  if (std::optional<std::string> warning = short_trial_warning(trial)) notes.push_back(std::move(*warning));
}

std::optional<DroppedBlock> LocalSession::run_trials(const BlockOrder& order, std::vector<trial::TrialReport>& reports,
                                                     const StopSignal& stop) {
  const std::vector<trial::ArmSetup>& setups = arms.setups(order.cell, order.number % arms.builds_per_arm());
  if (duet) {
    const nanoseconds started = host::monotonic_time();
    reports = duet->run({&setups[order.arms[0]], &setups[order.arms[1]]}, order.padding);
    if (stop() == StopRequest::at_once) return DroppedBlock{order, order.arms, host::monotonic_time() - started};
    return std::nullopt;
  }
  for (const ArmIndex arm : order.arms) {
    const nanoseconds started = host::monotonic_time();
    arms.put_in_place(arm);
    reports.push_back(runner.run(setups[arm], order.padding));
    if (stop() == StopRequest::at_once) return DroppedBlock{order, {arm}, host::monotonic_time() - started};
  }
  return std::nullopt;
}

std::optional<DroppedBlock> LocalSession::run_block(const BlockOrder& order, const BlockSink& sink,
                                                    const StopSignal& stop) {
  Block block;
  block.cell = order.cell;
  block.number = order.number;
  block.rerun = order.rerun;
  block.started_ns = host::unix_time_ns();
  block.padding = order.padding;
  std::vector<trial::TrialReport> reports;
  if (std::optional<DroppedBlock> dropped = run_trials(order, reports, stop)) return dropped;
  references.judge(order.cell, reports);
  isolation.judge(order.cell, reports);
  for (trial::TrialReport& report : reports) {
    if (phases) phases(std::move(report.phases));
    block.trials.push_back(std::move(report.trial));
  }
  compare_with_floor(block);
  sink(std::move(block));
  return std::nullopt;
}

}  // namespace assay::engine
