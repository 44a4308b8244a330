#include "experiments/engine/local_session.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/access_times.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/engine/lanes/group_run.hpp"
#include "experiments/engine/lenient_checks.hpp"
#include "experiments/engine/short_trials.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::engine {
namespace {

/// Enough for a comparison that asks for a factor of ten.
constexpr int kFloorTrials = 5;
/// Only the first warm-up of an arm's first build is looked at closely.
bool is_first_run(int build, int round) {
  return build == 0 && round == 0;
}
/// The floor lies near 0.5 ms anywhere: it need not be measured beside trials this long.
constexpr nanoseconds kSurelyLong = std::chrono::milliseconds(50);

}  // namespace

LocalSession::LocalSession(EngineOptions options)
    : launcher(options.hidden_folder),
      plan(options.plan),
      step(std::move(options.step)),
      workspace(plan, options.lock_path, options.asks_for_phases ? trial::SpanUse::always : trial::SpanUse::as_read),
      runner(plan, launcher, workspace),
      lanes(plan, {launcher, workspace, runner}, options.hidden_folder, workspace.resources().span_use),
      references(plan),
      older_files(plan),
      arms(plan, launcher, workspace, {std::move(options.build_logs), lanes.resources()}, std::move(options.on_edit)),
      isolation(plan, notes),
      hidden_folder(std::move(options.hidden_folder)) {
  if (plan.protocol.design == Design::duet) duet.emplace(plan, runner, workspace, hidden_folder);
}

std::string LocalSession::name_of(const trial::ArmSetup& setup) const {
  return fmt::format("{} ({})", label(setup.arm), cell_name(plan, cells(plan)[setup.cell]));
}

void LocalSession::note_what_is_not_hidden() {
  if (hidden_folder.empty()) return;
  const std::string why = launcher.why_not_hidden();
  if (why.empty()) return;
  notes.push_back(
      fmt::format("{} could not be hidden from what is run here ({}): keep the signing key elsewhere, and "
                  "sign afterwards",
                  std::exchange(hidden_folder, {}), why));
}

void LocalSession::note_hook(ArmHook hook, const trial::ArmSetup& setup, const trial::SpentTime& spent) {
  const Workload& workload = plan.workloads[setup.workload];
  const Argv& command = hook == ArmHook::setup ? workload.hooks.setup : workload.hooks.cleanup;
  if (command.empty()) return;
  hook_runs.push_back({.arm = setup.arm,
                       .workload = workload.name,
                       .hook = std::string(to_string(hook)),
                       .wall = spent.wall,
                       .cpu = spent.cpu});
}

bool LocalSession::is_first_of_workload(std::size_t cell) const {
  return cell == 0 || arms.setups(cell).front().workload != arms.setups(cell - 1).front().workload;
}

void LocalSession::break_arms() {
  const bool is_challenge = plan.challenge.has_value();
  if (plan.checks.empty() || !(plan.vigilant || (is_challenge && checks_can_tell_arms_apart(plan)))) return;
  const Plan without_challenge = is_challenge ? two_arms(plan) : plan;
  ProvenChecks proven = prove_checks({without_challenge, launcher, workspace.resources().lock_path, step});
  if (is_challenge) {
    broken_arms = std::move(proven.lenient);
    return;
  }
  for (const TriedPlant& tried : proven.lenient) {
    if (tried.not_tried.empty()) {
      harness.intruders.push_back(
          fmt::format("{}: in control's environment {}, and there it passes", tried.plant, tried.control));
    } else {
      notes.push_back("the checks could not be proven before the first block: " + tried.not_tried);
    }
  }
  std::move(proven.weak.begin(), proven.weak.end(), std::back_inserter(notes));
}

void LocalSession::set_up_arms(const StopSignal& stop) {
  for (std::size_t cell = 0; cell < arms.cell_count(); ++cell) {
    if (!is_first_of_workload(cell)) continue;
    if (sets_up_each_trial(plan.workloads[arms.setups(cell).front().workload])) continue;  // the trial runner does
    for (const trial::ArmSetup& setup : arms.setups(cell)) {  // several builds have no setup: definition sees to that
      if (stop() != StopRequest::none) return;
      arms.put_in_place(setup.arm);
      if (!plan.workloads[setup.workload].hooks.setup.empty()) step("setup of " + name_of(setup));
      set_up.push_back(&setup);
      const trial::SpentMeter meter(lanes.launcher(cell));
      const std::optional<std::string> failure = lanes.runner(cell).set_up(setup);
      note_hook(ArmHook::setup, setup, meter.so_far());
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
        const std::optional<ReadFiles> data = is_first_run(build, round) ? changed_data(setup) : std::nullopt;
        if (data) data->forget();
        warm_ups.push_back(lanes.runner(cell).warm_up(setup));
        if (data) note_changed_data(setup, data->since());
        if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
        if (build == 0) keep_time(setup, warm_ups.back());
      }
      if (round == 0 && warm_ups.size() == arm_count(plan)) examine(cell, build, warm_ups);
    }
  }
}

/// What else of the change trials read than the program: without a build, that is the first file that the command
/// names. A challenge goes without, since looking changes the times of treatment's files, by which trials could know
/// their arm.
std::optional<ReadFiles> LocalSession::changed_data(const trial::ArmSetup& setup) const {
  const std::optional<trial::SourceArms>& sources = arms.sources();
  if (setup.arm == kControl || !sources || plan.challenge) return std::nullopt;
  if (!host::keeps_access_times(workspace.root())) return std::nullopt;
  std::vector<std::string> differing = sources->differing_sources(setup.arm);
  const std::vector<std::string> named = trial::files_named_by(setup.argv, setup);
  if (plan.variable.source->build.empty() && !named.empty()) {
    std::erase_if(differing, [&](const std::string& path) { return setup.source + "/" + path == named.front(); });
  }
  return ReadFiles(setup.source, std::move(differing));
}

void LocalSession::note_changed_data(const trial::ArmSetup& setup, const std::vector<std::string>& paths) {
  if (paths.empty()) return;
  notes.push_back(
      fmt::format("the change of {} also alters {}, which its trials read: that may be other data, and not "
                  "a better program (declared as inputs, such files would confound the arms)",
                  name_of(setup), fmt::join(paths, ", ")));
}

void LocalSession::examine(std::size_t cell, int build, const std::vector<trial::WarmUp>& warm_ups) {
  const std::vector<trial::ArmSetup>& setups = arms.setups(cell, build);
  references.offer(cell, warm_ups[kControl].observations);
  for (ArmIndex arm = 0; arm < warm_ups.size(); ++arm) {
    const trial::WarmUp& warm_up = warm_ups[arm];
    require_metrics(setups[arm], warm_up);
    compare_outputs(setups[arm], warm_up);
    if (const auto* hook = std::get_if<HookFailed>(&warm_up.outcome)) {
      throw Error(fmt::format("{} of {} failed: {}", hook->hook, name_of(setups[arm]), hook->detail),
                  ErrorKind::invalid);
    }
    if (!is_measured(warm_up.outcome)) {
      notes.push_back(fmt::format("the warm-up of {} failed: {}", name_of(setups[arm]),
                                  trial::with_line(describe(warm_up.outcome), warm_up.error_line)));
    }
  }
  for (const ArmIndex arm : outputs.begin(cell, warm_ups)) {
    notes.push_back(
        fmt::format("standard output of {} differs from that of {}", name_of(setups[arm]), label(kControl)));
  }
}

void LocalSession::compare_printed(const BlockOrder& order, const std::vector<trial::TrialReport>& reports) {
  for (const ArmIndex arm : outputs.look(order.cell, reports)) {
    notes.push_back(fmt::format("standard output of {} differs from that of {} since block {}, though not before",
                                name_of(arms.setups(order.cell)[arm]), label(kControl), order.number));
  }
}

void LocalSession::require_metrics(const trial::ArmSetup& setup, const trial::WarmUp& warm_up) {
  for (const trial::UnavailableMetric& unavailable : warm_up.unavailable) {
    const Metric& metric = plan.metrics[unavailable.index];
    const Absence absence = absence_of(std::get<BuiltInSource>(metric.source).name);
    const std::string where = unavailable.why.empty() ? fmt::format(" in trials as short as that of {} ({})",
                                                                    name_of(setup), format_duration(warm_up.wall))
                                                      : std::string();
    const std::string why = unavailable.why.empty() ? std::string(absence.why) : unavailable.why;
    if (metric.role == MetricRole::primary) {
      throw Error(fmt::format("metric {} cannot be measured here: {}; nothing was started; measure cpu or wall instead",
                              metric.name, why));
    }
    const std::string missing = fmt::format("guard {} cannot be measured here{}", metric.name, where);
    if (metric.when_unavailable == WhenUnavailable::observe) {
      notes.push_back(missing + ": it is only observed, as when_unavailable says");
      continue;
    }
    throw Error(fmt::format("{}: {}; nothing was started; {}, or set when_unavailable = \"observe\"", missing, why,
                            absence.instead));
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
    std::vector<IsolationChallenge> stood = lanes.runner(cell).challenge_isolation(setup);
    if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
    isolation.take(setup, name_of(setup), std::move(stood));
  }
}

void LocalSession::challenge_isolation_before(std::span<const BlockOrder> orders, const StopSignal& stop) {
  if (!plan.vigilant) return;
  for (const BlockOrder& order : orders) {
    if (isolation.is_drawn(order)) challenge_isolation(order.cell, stop);
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
  // Attempts of 0.1.0 go without. A challenge probes after its last block (`try_weakening`).
  if (!sources || plan.challenge || plan.rules == kOldestRules) return;
  const std::vector<trial::ArmSetup>& setups = arms.setups(cell);
  for (const trial::ArmSetup& setup : setups) {
    if (stop() != StopRequest::none) return;
    if (setup.arm == kControl) continue;
    const std::vector<std::string> possible = possible_harness(plan, *sources, setup);
    if (possible.empty()) continue;
    step("harness of " + name_of(setup));
    trial::TrialRunner& of_lane = lanes.runner(cell);
    const HarnessProbe probe =
        probe_harness({plan, of_lane, setups[kControl], references, workspace.root() + "/harness"}, setup, possible);
    if (stop() == StopRequest::at_once) return;  // it was broken off and shows nothing
    const HarnessFindings found = findings_of(plan, probe);
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

LocalSession::Trials LocalSession::run_both(const BlockOrder& order, RunningBlocks& block, const StopSignal& stop) {
  const std::vector<trial::ArmSetup>& setups = arms.setups(order.cell, order.number % arms.builds_per_arm());
  const nanoseconds started = host::monotonic_time();
  Trials trials{
      duet->run({&setups[order.arms[0]], &setups[order.arms[1]]}, order.padding, [&] { block.start(order.arms); }),
      std::nullopt};
  if (stop() == StopRequest::at_once) trials.dropped = {order, order.arms, host::monotonic_time() - started};
  return trials;
}

LocalSession::Trials LocalSession::run_trials(const BlockOrder& order, RunningBlocks& block, const StopSignal& stop) {
  if (duet) return run_both(order, block, stop);
  const std::vector<trial::ArmSetup>& setups = arms.setups(order.cell, order.number % arms.builds_per_arm());
  Trials trials;
  for (const ArmIndex arm : order.arms) {
    const nanoseconds started = host::monotonic_time();
    arms.put_in_place(arm);
    trials.reports.push_back(runner.run(setups[arm], order.padding, [&] { block.start({arm}); }));
    if (stop() == StopRequest::at_once) {
      trials.dropped = {order, {arm}, host::monotonic_time() - started};
      return trials;
    }
    const trial::TrialReport& report = trials.reports.back();
    block.end({report.trial});
    if (report.not_concluded && trials.reports.size() < order.arms.size()) throw not_concluded(order, report);
  }
  return trials;
}

Error LocalSession::not_concluded(const BlockOrder& order, const trial::TrialReport& report) const {
  const trial::ArmSetup& setup = arms.setups(order.cell)[report.trial.arm];
  return Error(
      fmt::format("{} of {} failed twice: {}; nothing more is run: fix the hook, and run the same command again",
                  report.not_concluded->hook, name_of(setup), report.not_concluded->detail));
}

std::optional<DroppedBlock> LocalSession::run_blocks(std::span<const BlockOrder> orders, const BlockSink& sink,
                                                     const StopSignal& stop) {
  if (!plan.groups.empty()) return run_side_by_side(orders, sink, stop);
  const BlockOrder& order = orders.front();
  RunningBlocks under_way(plan, orders, running);
  Trials trials = run_trials(order, under_way, stop);
  if (trials.dropped) {
    std::vector<Block> left = under_way.broken_off();
    if (!left.empty() && plan.rules != kOldestRules) sink(std::move(left));
    return trials.dropped;
  }
  std::optional<Error> unfinished;
  for (const trial::TrialReport& report : trials.reports) {
    if (report.not_concluded) unfinished = not_concluded(order, report);
  }
  Block block = judged(order, under_way.headers().front(), std::move(trials.reports));
  compare_with_floor(block);
  sink({std::move(block)});
  if (unfinished) throw Error(*unfinished);
  return std::nullopt;
}

Block LocalSession::judged(const BlockOrder& order, Block header, std::vector<trial::TrialReport> reports) {
  compare_printed(order, reports);
  older_files.judge(order.cell, reports);
  references.judge(order.cell, reports);
  isolation.judge(order.cell, reports);
  for (trial::TrialReport& report : reports) {
    header.trials.push_back(std::move(report.trial));
  }
  return header;
}

/// If one block is void, those beside it are, too: they are run again together, so that what runs beside a trial stays
/// the same.
std::optional<DroppedBlock> LocalSession::run_side_by_side(std::span<const BlockOrder> orders, const BlockSink& sink,
                                                           const StopSignal& stop) {
  RunningBlocks under_way(plan, orders, running);
  GroupTrials group = run_group({arms, lanes, under_way, stop}, orders);
  if (group.dropped) {
    if (std::vector<Block> left = under_way.broken_off(); !left.empty()) sink(std::move(left));
    return group.dropped;
  }
  std::optional<Error> unfinished;
  std::vector<Block> blocks;
  for (std::size_t place = 0; place < orders.size(); ++place) {
    std::vector<trial::TrialReport>& reports = group.reports[place];
    for (const trial::TrialReport& report : reports) {
      if (report.not_concluded) unfinished = not_concluded(orders[place], report);
    }
    if (reports.empty()) continue;  // no trial of it was started
    Block& block = blocks.emplace_back(under_way.headers()[place]);
    if (group.is_whole) {
      block = judged(orders[place], std::move(block), std::move(reports));
    } else {
      for (trial::TrialReport& report : reports) block.trials.push_back(std::move(report.trial));
    }
  }
  if (group.is_whole) {
    for (const Block& block : blocks) compare_with_floor(block);
  }
  void_together(blocks);
  // The attempt stays open, and what has run of this group is lost as after a kill.
  if (unfinished && !group.is_whole) throw Error(*unfinished);
  sink(std::move(blocks));
  if (unfinished) throw Error(*unfinished);
  return std::nullopt;
}

}  // namespace assay::engine
