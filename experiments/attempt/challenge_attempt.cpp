#include "experiments/attempt/challenge_attempt.hpp"

#include <filesystem>
#include <utility>

#include "core/assert.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/attempt/filing.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/actor.hpp"

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

Ending run_in(const record::Lab& lab, FrozenPlan plan, const RunOptions& options, Observer& observer) {
  const std::string actor = record::current_actor(options.actor);
  host::Journal journal(lab.journal_path());
  const host::MeasuringLock lock = take_measuring_lock("assay challenge " + plan.plan.id, options, observer);
  std::optional<JournalledAttempt> open = find_open(journal, plan.plan);
  JournalledAttempt attempt = open ? *std::move(open) : open_attempt(journal, std::move(plan));
  attempt.build_logs = lab.build_logs_folder(attempt.plan_sha256);
  session::SessionEnd end = measure(attempt, journal, lock, options, observer);
  Outcome outcome{std::move(attempt.plan), std::move(attempt.plan_sha256), actor, std::move(end.blocks),
                  std::move(end.result)};
  if (end.interrupted) return Interrupted{std::move(outcome)};
  std::optional<FiledRecord> filed = file_record(lab, journal, attempt.id, host::AttemptStatus::finished, outcome);
  return Finished{std::move(outcome), std::move(filed)};
}

}  // namespace

std::optional<Plan> open_challenge(const record::Lab& lab, const std::string& claim_sha256) {
  if (!std::filesystem::exists(lab.journal_path())) return std::nullopt;
  const host::Journal journal(lab.journal_path());
  for (const host::AttemptRow& row : journal.attempts()) {
    if (!may_be_challenge(row) || journal.blocks(row.id).empty()) continue;
    Plan plan = formats::parse_plan(row.plan_json);
    if (!plan.challenge || plan.challenge->claim != claim_sha256) continue;
    const design::KeptValues values{.journalled = journal.kept_values(row.id), .caller = host::caller_environment()};
    const design::ValueHashes hashes{
        .sha256 = [](std::string_view text) { return host::sha256(text); },
        .hmac = [key = value_key(lab)](std::string_view text) { return host::hmac_sha256(key, text); }};
    return design::with_values(std::move(plan), values, hashes);
  }
  return std::nullopt;
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

}  // namespace assay::attempt
