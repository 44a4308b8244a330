#include "experiments/campaign/cumulative_gain.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/attempt/comparison.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/campaign/gain_parts.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::campaign {
namespace {

/// Puts control's level into a workload's commands, as a baseline has it.
struct AsControl {
  const Variable& variable;
  Workload& workload;

  void operator()(const ArgumentLevel& level) const {
    Hooks& hooks = workload.hooks;
    for (Argv* words : {&workload.command, &hooks.setup, &hooks.prepare, &hooks.conclude, &hooks.cleanup}) {
      *words = with_argument(std::move(*words), variable.name, level.value);
    }
  }
  void operator()(const CommandLevel& level) const { workload.command = level.argv; }
  /// What a level sets is not set: the gain is that of the revisions as they are.
  void operator()(const EnvironmentLevel&) const {}
  void operator()(const SettingsLevel&) const {}
  void operator()(const SourceLevel&) const {}
  void operator()(const FileLevel&) const {}
  void operator()(const StateLevel&) const {}
};

/// The revisions, as git resolves them.
struct Revisions {
  std::string from;
  std::string to;
};

definition::Definition gain_definition(definition::Definition definition, const Revisions& revisions) {
  const Variable before = definition.variable;
  for (Workload& workload : definition.workloads) std::visit(AsControl{before, workload}, before.levels.front().value);
  Variable variable;
  variable.kind = VariableKind::revision;
  variable.levels = {{"baseline", SourceLevel{.revision = revisions.from}},
                     {"now", SourceLevel{.revision = revisions.to}}};
  variable.source = before.source.value_or(SourceBuild{});
  // The changes may well alter scripts, and what is compared is all of them together.
  variable.source->harness = std::vector<std::string>{};
  definition.variable = std::move(variable);
  definition.phase.clear();
  definition.hypothesis = fmt::format("All changes since {} together are an improvement", revisions.from);
  definition.protocol.attempts = 1;
  std::size_t cells = 0;
  for (const Workload& workload : definition.workloads) cells += workload.states.size();
  if (!definition.states_claim && cells > 1) definition.protocol.claim = ClaimRule::suite;
  return definition;
}

Revisions resolve(const attempt::ExperimentFile& experiment, const Baseline& baseline, const GainRequest& request) {
  if (baseline.revision.empty()) {
    throw Error(
        fmt::format("{} was measured outside a repository: there is no revision to go back to", request.baseline.name));
  }
  host::Launcher launcher;
  const host::Repository repository = host::find_repository(launcher, experiment.folder);
  const Revisions revisions{host::resolve_revision(launcher, repository, baseline.revision).commit,
                            host::resolve_revision(launcher, repository, request.revision).commit};
  if (revisions.from != revisions.to) return revisions;
  throw Error(fmt::format("{} is the revision of {}: nothing that was committed has changed since", request.revision,
                          request.baseline.name));
}

void require_same_place(const attempt::ExperimentFile& experiment, const Baseline& baseline,
                        const GainRequest& request) {
  const std::string& id = attempt::definition_of(experiment).id;
  if (baseline.plan.id != id) {
    throw Error(fmt::format("{} is a baseline of {}, and {} is the experiment {}", request.baseline.name,
                            baseline.plan.id, experiment.name, id));
  }
  const std::string environment = attempt::environment_here(record::Lab::find(experiment.folder), request.running);
  if (baseline.plan.environment_name == environment) return;
  throw Error(fmt::format("{} was measured in {}, and this is {}: nothing follows from one environment for another",
                          request.baseline.name, baseline.plan.environment_name, environment),
              ErrorKind::refused);
}

Gain gain_of(const record::Lab& lab, const std::vector<record::RecordSummary>& records, const GainRequest& request,
             const Revisions& revisions, const attempt::Finished& finished, attempt::Observer& observer) {
  const AttemptResult& result = finished.outcome.result;
  GainParts parts = gain_parts({lab, records}, request.baseline, revisions.to);
  for (const std::string& left_out : parts.left_out) observer.note(left_out);
  Gain gain{.baseline = request.baseline.sha256,
            .record = finished.record->sha256,
            .experiment = finished.outcome.plan.id,
            .environment_name = finished.outcome.plan.environment_name,
            .metric = result.primary.name,
            .direction = result.primary.direction,
            .from = revisions.from,
            .to = revisions.to,
            .parts = std::move(parts.held),
            .left_out = std::move(parts.left_out),
            .cells = record::gain_of_cells(result)};
  record::add_parts(lab, records, gain.parts, gain.metric, gain.cells);
  return gain;
}

}  // namespace

GainEnding measure_gain(const attempt::ExperimentFile& experiment, const GainRequest& request,
                        attempt::Observer& observer) {
  const std::optional<record::Lab> lab = record::Lab::find(experiment.folder);
  if (!lab) return Refusal{experiment.name, NoLab{experiment.folder}};
  const FiledBaseline stored = stored_baseline(*lab, request.baseline);
  const auto& baseline = std::get<Baseline>(stored.entry.content);
  require_same_place(experiment, baseline, request);
  const Revisions revisions = resolve(experiment, baseline, request);
  attempt::Ending ending =
      attempt::run_comparison({.definition = gain_definition(attempt::definition_of(experiment), revisions),
                               .folder = experiment.folder,
                               .keep = attempt::Keep::record},
                              request.running, observer);
  if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
  if (auto* interrupted = std::get_if<attempt::Interrupted>(&ending)) return std::move(*interrupted);
  auto& finished = std::get<attempt::Finished>(ending);
  if (!finished.record) throw Error("it ended before its first block: nothing was measured", ErrorKind::invalid);
  MeasuredGain measured;
  measured.entry = record::file_entry(*lab, request.running.actor, [&](const auto& records) {
    return gain_of(*lab, records, request, revisions, finished, observer);
  });
  measured.sha256 = host::sha256(formats::entry_json(measured.entry));
  measured.outcome = std::move(finished.outcome);
  return measured;
}

}  // namespace assay::campaign
