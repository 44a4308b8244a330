#include "experiments/attempt/experiment.hpp"

#include <algorithm>
#include <utility>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/machine/lineage.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/cluster.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/filing.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/design/packing.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/record/verification/recomputation.hpp"
#include "experiments/session/block_notes.hpp"
#include "experiments/trial/audit/audit.hpp"
#include "experiments/trial/audit/contents.hpp"
#include "experiments/trial/sources/source_arms.hpp"

namespace assay::attempt {
namespace {

/// A simulation says nothing about any machine, so its verdicts are kept apart from all others.
constexpr const char* kSimulated = "simulated";

/// The result of an attempt at this hypothesis that was recorded and never told.
std::optional<Finished> untold_result(const FrozenPlan& now, const std::vector<std::string>& received,
                                      const record::Lab& lab, const host::Journal& journal) {
  const std::optional<host::AttemptRow> row = journal.untold_of(now.hypothesis_sha256);
  if (row && std::find(received.begin(), received.end(), row->record) != received.end()) return std::nullopt;
  if (!row || formats::parse_plan(row->plan_json).environment_name != now.plan.environment_name) return std::nullopt;
  for (const record::RecordSummary& summary : record::list_records(lab)) {
    if (summary.name != row->record) continue;
    Record record = record::read_record(lab, summary);
    Outcome outcome{std::move(record.plan), std::move(record.plan_sha256), std::move(record.actor),
                    std::move(record.blocks), std::move(record.result)};
    return Finished{std::move(outcome), FiledRecord{record.number, summary.name, summary.sha256}};
  }
  return std::nullopt;  // somebody removed the record
}

/// What somebody wants to do with an attempt.
struct Wanted {
  std::string_view what;  ///< "assay run "
  const RunOptions& options;
};

/// On this host nobody else may measure meanwhile; on a cluster, whose nodes have locks of their own, nobody else may
/// coordinate the same attempt.
host::MeasuringLock take_right(const record::Lab& lab, const ExperimentFile& experiment, const FrozenPlan& plan,
                               const Wanted& wanted, Observer& observer) {
  const std::string purpose = std::string(wanted.what) + definition_of(experiment).id;
  if (!runs_on_cluster(experiment)) return take_measuring_lock(purpose, wanted.options, observer);
  const Coordinated coordinated{spools_of(lab, wanted.options.cluster), plan.hypothesis_sha256};
  return take_coordinator_lock(coordinated, purpose, wanted.options, observer);
}

Ending run_in(const record::Lab& lab, const ExperimentFile& experiment, const RunOptions& options, Observer& observer) {
  const std::string actor = record::current_actor(options.actor);
  host::Journal journal(lab.journal_path());
  journal.seal_with(value_key(lab));
  FrozenPlan now = plan_question(experiment, options);
  if (std::optional<Finished> untold = untold_result(now, options.received, lab, journal)) {
    observer.note("this result was recorded by a run that was killed before it could report it; nothing was run now");
    return *std::move(untold);
  }
  if (auto refusal = early_refusal(experiment, now, options.allowance, lab, journal)) return *std::move(refusal);
  host::refuse_recursion(now.hypothesis_sha256);
  const host::MeasuringLock lock = take_right(lab, experiment, now, {"assay run ", options}, observer);
  const std::string spools = spools_of(lab, options.cluster);
  auto started = start_or_resume(experiment, std::move(now), options, lab, journal);
  if (auto* refusal = std::get_if<Refusal>(&started)) return std::move(*refusal);
  auto& attempt = std::get<JournalledAttempt>(started);
  record::CommittedRevision began_at =
      attempt.plan.simulation ? record::CommittedRevision{} : record::committed_revision(attempt.plan.folder);
  session::SessionEnd end = measure(attempt, journal, lock, options, observer,
                                    {lab_links(lab, attempt, actor), session::WhenFutile::pauses, spools});
  std::vector<std::string>& notes = end.result.audit.notes;
  notes.insert(notes.end(), attempt.notes.begin(), attempt.notes.end());
  Outcome outcome = outcome_of(attempt, end, actor, std::move(began_at));
  if (end.interrupted) return Interrupted{std::move(outcome)};
  if (options.telling == Telling::when_confirmed) journal.await_telling(attempt.id);
  std::optional<FiledRecord> filed = file_record(lab, journal, attempt.id, host::AttemptStatus::finished, outcome);
  if (runs_on_cluster(experiment)) remove_spool(spools, outcome.plan_sha256);
  return Finished{std::move(outcome), std::move(filed)};
}

/// The result that the blocks have so far. The arms are no longer there to be audited again.
AttemptResult closed_result(const record::Lab& lab, const JournalledAttempt& attempt, const std::string& fingerprints,
                            const std::vector<Block>& blocks) {
  decide::AttemptAnalysis analysis(attempt.plan);
  for (const Block& block : blocks) analysis.add(block);
  AuditResult audit;
  audit.differs = {trial::name_of(attempt.plan.variable)};
  audit.notes = {"closed before it ended: the arms were not audited a second time"};
  audit.notes.insert(audit.notes.end(), attempt.notes.begin(), attempt.notes.end());
  audit.builds = trial::read_builds(attempt.build_logs);
  const bool looks_at_others = decide::rules_of(attempt.plan).close_questions == decide::CloseQuestions::judged;
  if (looks_at_others && !fingerprints.empty()) {
    const std::vector<trial::Fingerprint> first = trial::parse_fingerprints(fingerprints);
    audit.contents = trial::differing_contents(attempt.plan, first);
    audit.programs = trial::programs_of(first);
    audit.neighbours = neighbours_in(lab, attempt.plan, audit);
  }
  analysis.set_audit(audit);
  analysis.close_interrupted();
  for (std::string& note : session::notes_on_blocks(attempt.plan, analysis, blocks)) {
    audit.notes.push_back(std::move(note));
  }
  analysis.set_audit(audit);
  return analysis.result();
}

Ending close_in(const record::Lab& lab, const ExperimentFile& experiment, const RunOptions& options,
                Observer& observer) {
  host::Journal journal(lab.journal_path());
  // Nobody may be measuring for the attempt that is closed.
  const FrozenPlan now = plan_question(experiment, options);
  const host::MeasuringLock lock = take_right(lab, experiment, now, {"assay close ", options}, observer);
  std::optional<JournalledAttempt> open = find_open_attempt(now, lab, journal);
  if (!open) return Refusal{experiment.name, NoOpenAttempt{}};
  Outcome outcome;
  outcome.actor = record::current_actor(options.actor);
  outcome.blocks = read_blocks(journal, open->id);
  outcome.result = closed_result(lab, *open, journal.fingerprints(open->id), outcome.blocks);
  outcome.plan = std::move(open->plan);
  outcome.plan_sha256 = std::move(open->plan_sha256);
  std::optional<FiledRecord> filed = file_record(lab, journal, open->id, host::AttemptStatus::closed, outcome);
  if (runs_on_cluster(experiment)) abandon_spool(spools_of(lab, options.cluster), outcome.plan_sha256);
  return Finished{std::move(outcome), std::move(filed)};
}

using Act = Ending (*)(const record::Lab&, const ExperimentFile&, const RunOptions&, Observer&);

/// Does something in the experiment's lab; refuses without a lab, or while another measurement holds the host.
Ending act_in_lab(Act act, const ExperimentFile& experiment, const RunOptions& options, Observer& observer) {
  const std::optional<record::Lab> lab = find_lab(experiment);
  if (!lab) return Refusal{experiment.name, NoLab{experiment.folder}};
  try {
    return act(*lab, experiment, options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{experiment.name, HostBusy{busy.holder().description, busy.path()}};
  }
}

}  // namespace

std::string environment_of(const ExperimentFile& experiment, const RunOptions& options) {
  if (definition_of(experiment).simulation) return options.environment_name.value_or(kSimulated);
  if (runs_on_cluster(experiment)) return options.environment_name.value_or(cluster_environment(options.cluster));
  return environment_here(find_lab(experiment), options);
}

FrozenPlan plan_experiment(const ExperimentFile& experiment, const RunOptions& options) {
  FrozenPlan now = plan_question(experiment, options);
  design::add_groups(now.plan, host::cpus_for_trials());
  return now;
}

FrozenPlan plan_question(const ExperimentFile& experiment, const RunOptions& options) {
  design::FreezeContext context = caller_context(experiment.folder);
  context.environment_name = environment_of(experiment, options);
  context.budget = environment_budget(find_lab(experiment), context.environment_name);
  Plan plan = design::freeze(definition_of(experiment), context);
  name_attributions(plan, find_lab(experiment));
  std::string hypothesis_sha256 = host::sha256(formats::hypothesis_json(plan));
  return {std::move(plan), std::move(hypothesis_sha256)};
}

Ending run_experiment(const ExperimentFile& experiment, const RunOptions& options, Observer& observer) {
  return act_in_lab(run_in, experiment, options, observer);
}

void confirm_told(const ExperimentFile& experiment, const FiledRecord& record) {
  const std::optional<record::Lab> lab = find_lab(experiment);
  if (lab) host::Journal(lab->journal_path()).mark_told(record.name);
}

Ending close_experiment(const ExperimentFile& experiment, const RunOptions& options, Observer& observer) {
  return act_in_lab(close_in, experiment, options, observer);
}

Record read_record(const std::string& path) {
  return formats::parse_record(host::read_file(path), path);
}

AttemptResult analyse(const Record& record) {
  return record::recomputed_result(record);
}

}  // namespace assay::attempt
