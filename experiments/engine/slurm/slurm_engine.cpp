#include "experiments/engine/slurm/slurm_engine.hpp"

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/served_file_system.hpp"
#include "experiments/engine/slurm/cluster_objection.hpp"
#include "experiments/engine/slurm/generation_run.hpp"
#include "experiments/engine/slurm/ghosts.hpp"
#include "experiments/engine/slurm/slurm_session.hpp"

namespace assay::engine {
namespace {

/// How long a file system that others serve may keep what a client knew of a folder.
constexpr nanoseconds kServedSettling = std::chrono::seconds(60);

const Plan& admitted(const EngineOptions& options) {
  const Plan& plan = options.plan;
  if (options.spools.empty()) throw Error("--engine slurm: only \"assay run\" measures on a cluster");
  if (const std::optional<std::string> objection = cluster_objection(plan)) {
    throw Error(fmt::format("--engine slurm: {}", *objection));
  }
  return plan;
}

EngineOptions for_arms(const EngineOptions& options) {
  return {.plan = admitted(options),
          .lock_path = options.lock_path,
          .step = options.step,
          .build_logs = options.build_logs};
}

/// Results that arrived after another one of the same block counted, or after the block was told as lost.
void note_late_results(SlurmSession& session) {
  for (const auto& [block, files] : session.spool.results()) {
    if (session.lost.contains(block)) {
      session.notes.push_back(fmt::format("a result of {} arrived after it counted as lost: it is not used", block));
    }
    if (files.size() < 2 || !session.accepted.contains(block)) continue;
    session.notes.push_back(fmt::format(
        "{} was handed in {} times: the result of generation {} counts, by a rule that sees no value (lowest "
        "generation, then name)",
        block, files.size(), session.accepted.at(block)));
  }
}

/// Ends what the queue still has of the attempt, and says so if that cannot be seen.
void end_what_is_left(SlurmSession& session) {
  std::vector<std::string> names;
  for (const Generation& generation : session.generations) names.push_back(generation.job_name);
  session.live.clear();
  if (end_ghosts(session.client, names, {}) == GhostsEnd::gone) return;
  session.notes.push_back(
      fmt::format("the cluster may still have tasks of this attempt, which do nothing any more: "
                  "scancel --name={} ends them",
                  fmt::join(names, ",")));
}

/// Nodes that are one machine, as the virtual nodes of a test are: their blocks disturb each other.
void note_shared_machines(SlurmSession& session) {
  std::map<std::string, std::vector<std::string>> by_boot;
  for (const ClusterNode& node : session.spool.nodes()) {
    if (!node.boot_id.empty()) by_boot[node.boot_id].push_back(node.name);
  }
  for (const auto& [boot, names] : by_boot) {
    if (names.size() < 2) continue;
    session.notes.push_back(fmt::format(
        "{} are one machine: blocks that ran there at the same time disturbed each other", fmt::join(names, ", ")));
  }
}

}  // namespace

SlurmEngine::SlurmEngine(EngineOptions options)
    : arms_(for_arms(options)),
      program_(options.cluster.program.empty() ? host::real_path("/proc/self/exe") : options.cluster.program),
      session_(std::make_unique<SlurmSession>(
          SlurmSession{.plan = options.plan,
                       .options = options.cluster,
                       .step = options.step,
                       .spool = Spool(spool_folder(options.spools, options.plan_sha256), options.plan_sha256),
                       .member = options.member})) {}

SlurmEngine::~SlurmEngine() = default;

void SlurmEngine::build(const StopSignal& stop) {
  arms_.build(stop);
}

std::vector<Build> SlurmEngine::builds() {
  return arms_.builds();
}

std::vector<trial::Fingerprint> SlurmEngine::fingerprints() {
  return arms_.fingerprints();
}

void SlurmEngine::prepare(const StopSignal& /*stop*/) {
  SlurmSession& session = *session_;
  session.spool.make(session.plan, program_);
  session.largest_array = session.client.largest_array();
  if (host::is_on_served_file_system(session.spool.folder())) session.loss_rule.settling = kServedSettling;
  session.generations = session.spool.generations();
  for (const Generation& generation : session.generations) session.live.insert(generation.number);
}

std::optional<DroppedBlock> SlurmEngine::run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                             const StopSignal& stop) {
  GenerationRun(*session_, orders).run(sink, stop);
  return std::nullopt;
}

std::vector<std::string> SlurmEngine::take_intruders() {
  const std::set<std::string>& found = session_->intruders;
  return {found.begin(), found.end()};
}

std::vector<ClusterNode> SlurmEngine::nodes() {
  return session_->spool.nodes();
}

std::vector<std::string> SlurmEngine::take_notes() {
  std::vector<std::string> notes = std::exchange(session_->notes, {});
  for (std::string& note : arms_.take_notes()) notes.push_back(std::move(note));
  return notes;
}

void SlurmEngine::finish() noexcept {
  try {
    if (!session_->leaves_tasks) {
      end_what_is_left(*session_);
      note_late_results(*session_);
      note_shared_machines(*session_);
    }
  } catch (const std::exception& error) {
    session_->notes.push_back(fmt::format("tasks that the cluster still has could not be ended: {}", error.what()));
  }
  arms_.finish();
}

}  // namespace assay::engine
