#include "experiments/record/status/lab_status.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/block.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/journal/journal.hpp"
#include "core/record/entry.hpp"
#include "core/result/decision.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

std::vector<std::string> open_attempts_in(const host::Journal& journal) {
  std::vector<std::string> names;
  for (const host::AttemptRow& row : journal.attempts()) {
    const bool is_open = row.status == host::AttemptStatus::open && !row.exploratory;
    if (is_open && !journal.blocks(row.id).empty()) names.push_back(formats::parse_plan(row.plan_json).id);
  }
  return names;
}

/// Few plans are those of challenges, so their text is looked at before it is read.
bool may_be_open_challenge(const host::AttemptRow& row) {
  return row.exploratory && row.status == host::AttemptStatus::open &&
         row.plan_json.find("\"challenge\":") != std::string::npos;
}

std::vector<OpenChallenge> open_challenges_in(const host::Journal& journal, const std::vector<RecordSummary>& records) {
  std::vector<OpenChallenge> open;
  for (const host::AttemptRow& row : journal.attempts()) {
    if (!may_be_open_challenge(row)) continue;
    const Plan plan = formats::parse_plan(row.plan_json);
    const RecordSummary* const of = plan.challenge ? record_with(records, plan.challenge->claim) : nullptr;
    if (of == nullptr) continue;
    OpenChallenge challenge{.of = *of, .blocks = 0, .cap = plan.protocol.max_blocks};
    for (const std::string& text : journal.blocks(row.id)) {
      const Block block = formats::parse_block(text);
      challenge.blocks += block.cell == 0 && !is_void(block) ? 1 : 0;
    }
    if (challenge.blocks > 0) open.push_back(std::move(challenge));
  }
  return open;
}

std::vector<RecordSummary> openings_in(const std::vector<HypothesisHistory>& hypotheses) {
  std::vector<RecordSummary> openings;
  for (const HypothesisHistory& history : hypotheses) {
    openings.insert(openings.end(), history.openings.begin(), history.openings.end());
  }
  return openings;
}

/// True unless it is a lab of somebody else's, or on a disk that is only read.
bool can_open_journal(const Lab& lab) {
  return host::is_writable(lab.journal_path());
}

/// The journal belongs to this machine: a clone of the lab has none.
void read_journal(const Lab& lab, LabStatus& status) {
  status.openings = openings_in(status.hypotheses);
  if (!std::filesystem::exists(lab.journal_path())) return;
  if (!can_open_journal(lab)) {
    status.is_journal_closed = true;
    return;
  }
  const host::Journal journal(lab.journal_path());
  status.open_attempts = open_attempts_in(journal);
  status.open_challenges = open_challenges_in(journal, status.records);
  for (const host::AttemptRow& row : journal.attempts()) {
    std::erase_if(status.openings, [&row](const RecordSummary& one) { return one.plan_sha256 == row.plan_sha256; });
  }
  status.swapped_files = swapped_files(journal);
}

std::vector<RecordSummary> newest_gates(const std::vector<RecordSummary>& records) {
  std::map<std::string, RecordSummary> newest;
  for (const RecordSummary& record : records) {
    if (record.kind == RecordKind::gate) newest.insert_or_assign(record.environment_name, record);
  }
  std::vector<RecordSummary> gates;
  for (auto& [environment, record] : newest) gates.push_back(std::move(record));
  return gates;
}

int count_verified(const Lab& lab, const std::vector<RecordSummary>& records, const VerifiedRules& rules) {
  const std::vector<ClaimStatus> claims = judged_claims(lab, records, rules);
  return static_cast<int>(std::count_if(claims.begin(), claims.end(), [](const ClaimStatus& claim) {
    return claim.withdrawn_in.empty() && claim.standing == ClaimStanding::verified;
  }));
}

}  // namespace

std::vector<std::string> open_experiments(const Lab& lab) {
  if (!std::filesystem::exists(lab.journal_path()) || !can_open_journal(lab)) return {};
  return open_attempts_in(host::Journal(lab.journal_path()));
}

LabStatus read_status(const Lab& lab, Date today, const VerifiedRules& verified) {
  LabStatus status;
  status.root = lab.root();
  status.today = today;
  status.records = list_records(lab);
  status.hypotheses = hypotheses_in(status.records);
  status.changes = kept_changes(lab, status.records);
  std::erase_if(status.records, [](const RecordSummary& record) { return is_bookkeeping(record); });
  read_journal(lab, status);
  status.targets = read_targets(lab, status.records, today);
  status.questions = open_questions(lab, status.records);
  status.gates = newest_gates(status.records);
  if (is_pipeline(status.records)) status.pipeline = pipeline_facts(lab, status.records);
  status.verified_lately = count_verified(lab, status.records, {.now_ns = verified.now_ns, .fresh = kFreshFor});
  status.verified = verified;
  for (ClaimStatus& claim : judged_claims(lab, status.records, verified)) {
    if (claim.withdrawn_in.empty()) status.claims.push_back(std::move(claim));
  }
  status.reviewed = judged_reviews(lab, status.records, verified);
  return status;
}

bool may_be_tried_again(const HypothesisHistory& history) {
  return !history.attempts.empty() && !history.decided_by && !is_dead_end(history);
}

bool is_undecided(const HypothesisHistory& history) {
  return may_be_tried_again(history) && last_word(history).decision == Decision::undecided;
}

namespace {

/// Whether what is not decided yet is open past its day.
enum class Due { no, yes };

bool needs_attention_at(ClaimStanding standing, Due due, const LabStatus& status) {
  switch (standing) {
    case ClaimStanding::verified:
      return false;
    case ClaimStanding::unchallenged:
    case ClaimStanding::self_checked:
    case ClaimStanding::undecided:
      return status.verified.fresh.has_value() || due == Due::yes;
    case ClaimStanding::not_signed:
    case ClaimStanding::unknown_key:
    case ClaimStanding::unexamined:
    case ClaimStanding::stale:
    case ClaimStanding::exaggerated:
    case ClaimStanding::refuted:
    case ClaimStanding::disputed:
    case ClaimStanding::invalid:
      break;
  }
  return true;
}

}  // namespace

bool needs_attention(const ClaimStatus& claim, const LabStatus& status) {
  return needs_attention_at(claim.standing, is_overdue(claim, status.today) ? Due::yes : Due::no, status);
}

bool needs_attention(const ReviewedStatus& reviewed, const LabStatus& status) {
  return needs_attention_at(reviewed.standing, Due::no, status);
}

namespace {

void add_undecided(const LabStatus& status, std::vector<std::string>& reasons) {
  for (const std::string& experiment : status.open_attempts) reasons.push_back(experiment + " is interrupted");
  for (const RecordSummary& opening : status.openings) {
    reasons.push_back(fmt::format("{} began in {} and has no record here", opening.experiment, opening.name));
  }
  for (const SwappedFile& file : status.swapped_files) reasons.push_back(file.file + " is not the original");
  for (const HypothesisHistory& history : status.hypotheses) {
    if (is_undecided(history)) reasons.push_back(last_word(history).name + " is undecided");
  }
}

void add_targets_and_changes(const LabStatus& status, std::vector<std::string>& reasons) {
  for (const TargetReading& reading : status.targets) {
    const Target& target = reading.status.target;
    if (reading.status.relaxed && target.best_effort.empty()) {
      reasons.push_back(
          fmt::format("target {} is relaxed in {}", target_name(target), reading.status.relaxed->record.name));
    }
  }
  for (const KeptChange& change : status.changes) {
    if (change.standing == ChangeStanding::must_be_reverted) {
      reasons.push_back(change.attempt.name + " must be reverted");
    }
  }
  if (!status.pipeline) return;
  for (const MilestoneStatus& milestone : status.pipeline->milestones) {
    if (milestone.broken.empty()) continue;
    reasons.push_back(fmt::format("milestone {} holds no longer", milestone.content.milestone.name));
  }
}

void add_questions_and_claims(const LabStatus& status, std::vector<std::string>& reasons) {
  for (const OpenQuestion& question : status.questions) {
    if (is_overdue(question, status.today)) reasons.push_back(question.record.name + " is open past its day");
  }
  for (const ClaimStatus& claim : status.claims) {
    if (!needs_attention(claim, status)) continue;
    reasons.push_back(fmt::format("{} is {}{}", claim.record.name, standing_text(claim),
                                  is_overdue(claim, status.today) ? ", past its day" : ""));
  }
  for (const ReviewedStatus& reviewed : status.reviewed) {
    if (!needs_attention(reviewed, status)) continue;
    reasons.push_back(fmt::format("{} is {}", reviewed.text, standing_text(reviewed.standing, reviewed.passed_over)));
  }
}

}  // namespace

std::vector<std::string> attention_reasons(const LabStatus& status) {
  std::vector<std::string> reasons;
  add_undecided(status, reasons);
  add_targets_and_changes(status, reasons);
  add_questions_and_claims(status, reasons);
  return reasons;
}

int missed_targets(const LabStatus& status) {
  const auto missed = std::count_if(status.targets.begin(), status.targets.end(), [](const TargetReading& reading) {
    return reading.status.target.best_effort.empty() && standing_of(reading) == decide::LimitStanding::missed;
  });
  return static_cast<int>(missed);
}

bool needs_attention(const LabStatus& status) {
  return !attention_reasons(status).empty();
}

}  // namespace assay::record
