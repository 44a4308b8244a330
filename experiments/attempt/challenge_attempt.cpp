#include "experiments/attempt/challenge_attempt.hpp"

#include <filesystem>
#include <utility>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/filing.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::attempt {
namespace {

/// Few plans are those of challenges, so their text is looked at before it is read.
bool may_be_challenge(const host::AttemptRow& row) {
  return row.exploratory && row.status == host::AttemptStatus::open &&
         row.plan_json.find("\"challenge\":") != std::string::npos;
}

std::optional<JournalledAttempt> find_open(const host::Journal& journal, const Plan& plan) {
  const std::string json = formats::plan_json(plan);
  for (const host::AttemptRow& row : journal.attempts()) {
    if (!may_be_challenge(row) || row.plan_json != json) continue;
    return JournalledAttempt{.id = row.id, .plan = plan, .plan_sha256 = row.plan_sha256};
  }
  return std::nullopt;
}

/// The open challenge of this claim that has a block.
std::optional<JournalledAttempt> find_open_of(const host::Journal& journal, const std::string& claim_sha256) {
  for (const host::AttemptRow& row : journal.attempts()) {
    if (!may_be_challenge(row) || journal.blocks(row.id).empty()) continue;
    Plan plan = formats::parse_plan(row.plan_json);
    if (!plan.challenge || plan.challenge->claim != claim_sha256) continue;
    return JournalledAttempt{.id = row.id, .plan = std::move(plan), .plan_sha256 = row.plan_sha256};
  }
  return std::nullopt;
}

/// What the blocks so far show. The arms are no longer there to be audited again.
AttemptResult closed_challenge(const Plan& plan, const std::vector<Block>& blocks) {
  decide::AttemptAnalysis analysis(plan);
  for (const Block& block : blocks) analysis.add(block);
  AuditResult audit;
  audit.differs = {trial::name_of(plan.variable)};
  audit.notes = {"closed before it ended: the arms were not audited a second time"};
  analysis.set_audit(audit);
  analysis.close_interrupted();
  return analysis.result();
}

Ending close_in(const record::Lab& lab, const std::string& claim_sha256, const RunOptions& options,
                Observer& observer) {
  host::Journal journal(lab.journal_path());
  // Nobody may be measuring for the challenge that is closed.
  const host::MeasuringLock lock = take_measuring_lock("assay challenge --close", options, observer);
  std::optional<JournalledAttempt> open = find_open_of(journal, claim_sha256);
  if (!open) throw Error("no challenge of this claim is open on this machine", ErrorKind::refused);
  Outcome outcome;
  outcome.actor = record::current_actor(options.actor);
  outcome.blocks = read_blocks(journal, open->id);
  outcome.result = closed_challenge(open->plan, outcome.blocks);
  outcome.plan = std::move(open->plan);
  outcome.plan_sha256 = std::move(open->plan_sha256);
  std::optional<FiledRecord> filed = file_record(lab, journal, open->id, host::AttemptStatus::closed, outcome);
  return Finished{std::move(outcome), std::move(filed)};
}

Ending run_in(const record::Lab& lab, FrozenPlan plan, const RunOptions& options, Observer& observer) {
  const std::string actor = record::current_actor(options.actor);
  host::Journal journal(lab.journal_path());
  journal.seal_with(value_key(lab));
  const host::MeasuringLock lock = take_measuring_lock("assay challenge " + plan.plan.id, options, observer);
  std::optional<JournalledAttempt> open = find_open(journal, plan.plan);
  JournalledAttempt attempt = open ? *std::move(open) : open_attempt(journal, std::move(plan));
  attempt.build_logs = lab.build_logs_folder(attempt.plan_sha256);
  record::CommittedRevision began_at = record::committed_revision(attempt.plan.folder);
  session::SessionEnd end = measure(attempt, journal, lock, options, observer, {.hidden_folder = signing_key_folder()});
  Outcome outcome = outcome_of(attempt, end, actor, std::move(began_at));
  if (end.interrupted) return Interrupted{std::move(outcome)};
  std::optional<FiledRecord> filed = file_record(lab, journal, attempt.id, host::AttemptStatus::finished, outcome);
  return Finished{std::move(outcome), std::move(filed)};
}

}  // namespace

std::string signing_key_folder() {
  try {
    const std::filesystem::path folder = std::filesystem::path(record::default_key_path()).parent_path();
    return std::filesystem::is_directory(folder) ? folder.string() : "";
  } catch (const Error&) {  // neither $XDG_CONFIG_HOME nor $HOME is known
    return "";
  }
}

std::optional<Plan> open_challenge(const record::Lab& lab, const std::string& claim_sha256) {
  if (!std::filesystem::exists(lab.journal_path())) return std::nullopt;
  const host::Journal journal(lab.journal_path());
  std::optional<JournalledAttempt> open = find_open_of(journal, claim_sha256);
  if (!open) return std::nullopt;
  const design::KeptValues values{.journalled = journal.kept_values(open->id), .caller = host::caller_environment()};
  const design::ValueHashes hashes{
      .sha256 = [](std::string_view text) { return host::sha256(text); },
      .hmac = [key = value_key(lab)](std::string_view text) { return host::hmac_sha256(key, text); }};
  return design::with_values(std::move(open->plan), values, hashes);
}

Ending run_challenge(const record::Lab& lab, FrozenPlan plan, const RunOptions& options, Observer& observer) {
  ASSAY_ASSERT(plan.plan.challenge && plan.plan.exploratory);
  const std::string experiment = plan.plan.id;
  try {
    return run_in(lab, std::move(plan), options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{experiment, HostBusy{busy.holder().description, busy.path()}};
  }
}

Ending close_challenge(const record::Lab& lab, const std::string& claim_sha256, const RunOptions& options,
                       Observer& observer) {
  try {
    return close_in(lab, claim_sha256, options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{"the challenge", HostBusy{busy.holder().description, busy.path()}};
  }
}

}  // namespace assay::attempt
