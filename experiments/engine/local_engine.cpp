#include "experiments/engine/local_engine.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/engine/lanes/order_groups.hpp"
#include "experiments/engine/local_session.hpp"
#include "experiments/engine/machine_node.hpp"
#include "experiments/engine/vigilance.hpp"
#include "experiments/engine/weakening_trials.hpp"

namespace assay::engine {

LocalEngine::LocalEngine(EngineOptions options) : session_(std::make_unique<LocalSession>(std::move(options))) {}
LocalEngine::~LocalEngine() = default;

std::vector<host::Launcher*> LocalEngine::launchers() {
  std::vector<host::Launcher*> all = session_->lanes.launchers();
  if (session_->duet) all.push_back(&session_->duet->second_launcher());
  return all;
}

void LocalEngine::build(const StopSignal& stop) {
  if (!has_source(session_->plan.variable)) return;
  const auto stopped = [&stop] { return stop() != StopRequest::none; };
  const std::optional<trial::SourceArms>& sources = session_->arms.sources();
  try {
    session_->arms.build(session_->step, stopped);
  } catch (const Error&) {
    if (!sources) throw;
    for (const std::string& line : sources->last_lines()) session_->notes.push_back("the build printed: " + line);
    throw;
  }
  if (stopped()) return;
  session_->reach.emplace(session_->plan, *sources, session_->workspace.root());
  for (const std::string& note : sources->notes()) session_->notes.push_back(note);
}

std::vector<Build> LocalEngine::builds() {
  return session_->arms.builds();
}

std::vector<trial::Fingerprint> LocalEngine::fingerprints() {
  return session_->arms.fingerprints();
}

std::vector<std::string> LocalEngine::take_intruders() {
  std::vector<std::string> found = session_->lanes.changed_surroundings();
  found.insert(found.end(), session_->harness.intruders.begin(), session_->harness.intruders.end());
  if (!session_->reach) return found;
  for (std::string& missing : session_->reach->missing(fingerprints())) found.push_back(std::move(missing));
  session_->reach->start();
  return found;
}

void LocalEngine::prepare(const StopSignal& stop) {
  session_->break_arms();
  if (stop() != StopRequest::none) return;
  if (session_->reach) session_->reach->start();
  session_->set_up_arms(stop);
  for (std::size_t cell = 0; cell < session_->arms.cell_count(); ++cell) {
    session_->warm_up_cell(cell, stop);
    session_->challenge_isolation(cell, stop);
    session_->probe_harness_of(cell, stop);
  }
}

void LocalEngine::follow_running(RunningBlockSink sink) {
  session_->running = std::move(sink);
}

std::optional<DroppedBlock> LocalEngine::run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                             const StopSignal& stop) {
  while (!orders.empty()) {
    if (stop() != StopRequest::none) return std::nullopt;
    const std::span<const BlockOrder> group = take_group(session_->plan, orders);
    session_->challenge_isolation_before(group, stop);
    if (stop() != StopRequest::none) return std::nullopt;
    if (std::optional<DroppedBlock> dropped = session_->run_blocks(group, sink, stop)) return dropped;
  }
  return std::nullopt;
}

VigilantRuns LocalEngine::run_unannounced(const StopSignal& stop) {
  LocalSession& session = *session_;
  session.step("unannounced trials");
  UnannouncedTrialRunner runner(session.plan, session.launcher, session.arms, session.workspace.resources().lock_path);
  VigilantRuns all;
  for (std::size_t cell = 0; cell < session.arms.cell_count(); ++cell) {
    session.challenge_isolation(cell, stop);
    VigilantRuns runs = runner.run_cell(cell, stop);
    if (stop() != StopRequest::none) return {};
    std::move(runs.unannounced.begin(), runs.unannounced.end(), std::back_inserter(all.unannounced));
    std::move(runs.fresh_starts.begin(), runs.fresh_starts.end(), std::back_inserter(all.fresh_starts));
  }
  return all;
}

std::vector<TriedPlant> LocalEngine::try_plants(const StopSignal& stop) {
  return try_weakening(*session_, stop);
}

std::vector<std::string> LocalEngine::changed_harness() {
  const std::vector<std::string>& changed = session_->harness.changed;
  const std::set<std::string> sorted(changed.begin(), changed.end());
  return {sorted.begin(), sorted.end()};
}

std::vector<WarmUps> LocalEngine::warm_ups() {
  return session_->warm_up_times;
}

std::vector<HookRun> LocalEngine::hook_runs() {
  return session_->hook_runs;
}

std::vector<IsolationChallenge> LocalEngine::challenges() {
  return session_->isolation.challenges();
}

std::optional<ClusterNode> LocalEngine::runner() {
  return node_of(host::read_machine());
}

std::vector<std::string> LocalEngine::notes_on_layout() {
  const std::optional<trial::SourceArms>& sources = session_->arms.sources();
  return session_->reach && sources ? sources->notes_on_layout() : std::vector<std::string>{};
}

std::vector<std::string> LocalEngine::take_notes() {
  session_->note_what_is_not_hidden();
  std::vector<std::string> notes = std::exchange(session_->notes, {});
  for (std::string& note : session_->lanes.take_notes()) notes.push_back(std::move(note));
  for (std::string& note : session_->references.take_notes()) notes.push_back(std::move(note));
  if (!session_->duet) return notes;
  for (std::string& note : session_->duet->take_notes()) notes.push_back(std::move(note));
  return notes;
}

void LocalEngine::finish() noexcept {
  for (const trial::ArmSetup* setup : std::exchange(session_->set_up, {})) {
    try {
      const trial::SpentMeter meter(session_->lanes.launcher(setup->cell));
      const auto failure = session_->lanes.runner(setup->cell).clean_up(*setup);
      session_->note_hook(ArmHook::cleanup, *setup, meter.so_far());
      if (failure) {
        session_->notes.push_back(fmt::format("cleanup of {} failed: {}", session_->name_of(*setup), *failure));
      }
    } catch (const std::exception& error) {
      session_->notes.push_back(fmt::format("cleanup of {} failed: {}", session_->name_of(*setup), error.what()));
    }
  }
  for (host::Launcher* const launcher : session_->lanes.launchers()) {
    try {
      launcher->end_descendants();
    } catch (const std::exception& error) {
      session_->notes.push_back(fmt::format("what setups left running could not be ended: {}", error.what()));
    }
  }
}

}  // namespace assay::engine
