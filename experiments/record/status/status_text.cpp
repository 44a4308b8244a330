#include "experiments/record/status/status_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "core/result/decision.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/record/status/pipeline_steps.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"

namespace assay::record {
namespace {

using nlohmann::json;
using report::count_text;

json hypothesis_json(const HypothesisHistory& history) {
  const RecordSummary& last = last_word(history);
  json changes = json::array();
  for (const RequirementChange& change : last.changes) changes.push_back(formats::tree_of(change));
  return {{"experiment", last.experiment},
          {"environment", history.key.environment_name},
          {"simulated", last.simulated},
          {"record_name", last.name},
          {"verdict", name_or_empty(last.verdict)},
          {"decision", name_or_empty(last.decision)},
          {"reason", name_or_empty(last.reason)},
          {"attempts_spent", history.spent},
          {"changes", std::move(changes)},
          {"near", last.near},
          {"accepted_by", history.accepted_by ? json(history.accepted_by->name) : json(nullptr)},
          {"attempts_left", history.decided_by ? 0 : std::max(0, attempts_allowed(history) - history.spent)}};
}

json number_or_null(const std::optional<double>& number) {
  return number ? json(*number) : json(nullptr);
}

json relaxation_json(const OpenRelaxation& relaxed, bool overdue) {
  return {{"record_name", relaxed.record.name},
          {"to", number_or_null(relaxed.content.to)},
          {"until", relaxed.content.until},
          {"overdue", overdue},
          {"actor", relaxed.record.actor},
          {"why", relaxed.content.reason},
          {"environment", relaxed.content.environment_name}};
}

/// true, false, or null if that cannot be decided.
json met_json(const std::optional<decide::LimitStanding>& standing) {
  if (!standing || *standing == decide::LimitStanding::undecided) return nullptr;
  return *standing == decide::LimitStanding::met;
}

json bounds_json(const std::optional<decide::TargetFigure>& figure) {
  if (!figure) return nullptr;
  return {{"low", number_or_null(figure->low)}, {"high", number_or_null(figure->high)}, {"trials", figure->trials}};
}

json target_json(const TargetReading& reading) {
  const Target& target = reading.status.target;
  const std::optional<decide::LimitStanding> standing = standing_of(reading);
  const std::optional<double> stage = reading.bounds ? decide::stage_met(*reading.bounds, target) : std::nullopt;
  return {
      {"name", target_name(target)},
      {"bound", to_string(target.bound)},
      {"limit", target.limit},
      {"unit", target.unit},
      {"in_force", number_or_null(reading.limit)},
      {"stated_in", reading.status.stated_in},
      {"measured", number_or_null(reading.figure)},
      {"measured_in", reading.measured_in},
      {"interval", bounds_json(reading.bounds)},
      {"environment", reading.environment_name},
      {"met", met_json(standing)},
      {"standing", standing ? json(to_string(*standing)) : json(nullptr)},
      {"stages", target.stages},
      {"stage_met", number_or_null(stage)},
      {"best_effort", target.best_effort},
      {"attribution", reading.status.attributed_to.empty() ? json(nullptr) : json(reading.status.attributed_to)},
      {"relaxed", reading.status.relaxed ? relaxation_json(*reading.status.relaxed, reading.overdue) : json(nullptr)}};
}

json question_json(const OpenQuestion& question, Date today) {
  return {{"record_name", question.record.name}, {"question", question.content.text},
          {"options", question.content.options}, {"owner", question.content.owner},
          {"due", question.content.due},         {"overdue", is_overdue(question, today)}};
}

json claim_json(const ClaimStatus& claim, const LabStatus& status) {
  return {{"record_name", claim.record.name},
          {"kind", to_string(claim.record.kind)},
          {"claim", claim.text},
          {"actor", claim.record.actor},
          {"standing", to_string(claim.standing)},
          {"passed_over", claim.passed_over},
          {"self_check", self_check_json(claim)},
          {"needs_attention", needs_attention(claim, status)},
          {"deadline", claim.content.deadline},
          {"overdue", is_overdue(claim, status.today)}};
}

json reviewed_json(const LabStatus& status) {
  json list = json::array();
  for (const ReviewedStatus& reviewed : status.reviewed) {
    list.push_back({{"subject", to_string(reviewed.thing.subject)},
                    {"text", reviewed.text},
                    {"document", reviewed.thing.document},
                    {"last", reviewed.last.name},
                    {"standing", to_string(reviewed.standing)},
                    {"passed_over", reviewed.passed_over},
                    {"needs_attention", needs_attention(reviewed, status)}});
  }
  return list;
}

json swapped_files_json(const std::vector<SwappedFile>& files) {
  json list = json::array();
  for (const SwappedFile& file : files) {
    list.push_back({{"file", file.file}, {"experiment", file.experiment}, {"content", file.content}});
  }
  return list;
}

json open_challenges_json(const std::vector<OpenChallenge>& challenges) {
  json list = json::array();
  for (const OpenChallenge& challenge : challenges) {
    list.push_back({{"of", challenge.of.name}, {"blocks", challenge.blocks}, {"cap", challenge.cap}});
  }
  return list;
}

json openings_json(const std::vector<RecordSummary>& openings) {
  json list = json::array();
  for (const RecordSummary& opening : openings) {
    list.push_back({{"record_name", opening.name},
                    {"experiment", opening.experiment},
                    {"environment", opening.environment_name},
                    {"attempt", opening.attempt}});
  }
  return list;
}

template <class Condition>
std::vector<HypothesisHistory> select(const LabStatus& status, const Condition& condition) {
  std::vector<HypothesisHistory> chosen;
  std::copy_if(status.hypotheses.begin(), status.hypotheses.end(), std::back_inserter(chosen), condition);
  return chosen;
}

bool is_discarded(const HypothesisHistory& history) {
  return may_be_tried_again(history) && !is_undecided(history);
}

const KeptChange& change_in(const LabStatus& status, const HypothesisHistory& history) {
  const auto found = std::find_if(status.changes.begin(), status.changes.end(), [&history](const KeptChange& change) {
    return change.attempt.sha256 == history.decided_by->sha256;
  });
  ASSAY_ASSERT(found != status.changes.end());
  return *found;
}

std::string hypothesis_text(const HypothesisHistory& history) {
  const RecordSummary& last = last_word(history);
  std::string text = fmt::format("  {:04}  {} in {}{}: {}, attempt {} of {}\n", last.number, printable(last.experiment),
                                 printable(history.key.environment_name), last.simulated ? " (simulated)" : "",
                                 ruling_words(last), history.spent, attempts_allowed(history));
  for (const std::string& record : last.near) text += fmt::format("    near: {}\n", printable(record));
  if (history.accepted_by) text += fmt::format("    accepted by: {}\n", history.accepted_by->name);
  for (const RequirementChange& change : last.changes) {
    text += fmt::format("    asks otherwise: {}\n", printable(report::change_text(change)));
  }
  return text;
}

std::string hypotheses_text(std::string_view title, const std::vector<HypothesisHistory>& histories) {
  std::string text;
  for (const HypothesisHistory& history : histories) text += hypothesis_text(history);
  return text.empty() ? "" : fmt::format("\n{}\n{}", title, text);
}

json kept_json(const LabStatus& status) {
  json list = json::array();
  for (const HypothesisHistory& history : select(status, is_kept)) {
    json object = hypothesis_json(history);
    const KeptChange& change = change_in(status, history);
    object["standing"] = to_string(change.standing);
    object["adopted_by"] = change.adopted_by ? json(change.adopted_by->name) : json(nullptr);
    object["because"] = change.because ? json(change.because->name) : json(nullptr);
    list.push_back(std::move(object));
  }
  return list;
}

std::string kept_text(const LabStatus& status) {
  std::string text;
  for (const HypothesisHistory& history : select(status, is_kept)) {
    const KeptChange& change = change_in(status, history);
    text +=
        hypothesis_text(history) + fmt::format("    {}{}\n", printable(change_sentence(change)), how_to_adopt(change));
  }
  return text.empty() ? "" : "\nkept\n" + text;
}

json hypotheses_json(const std::vector<HypothesisHistory>& histories) {
  json list = json::array();
  for (const HypothesisHistory& history : histories) list.push_back(hypothesis_json(history));
  return list;
}

std::string target_line(const TargetReading& reading) {
  std::string text = fmt::format("  {}\n", printable(target_sentence(reading)));
  if (!reading.status.relaxed) return text;
  return text + fmt::format("    {}{}\n",
                            printable(relaxation_sentence(*reading.status.relaxed, reading.status.target)),
                            reading.overdue ? " (OVERDUE)" : "");
}

std::string targets_text(const LabStatus& status) {
  std::string text;
  for (const TargetReading& reading : status.targets) text += target_line(reading);
  return text.empty() ? "" : "\ntargets\n" + text;
}

json steps_json(const LabStatus& status) {
  if (!status.pipeline) return nullptr;
  json steps = json::object();
  for (const PipelineStep& step : pipeline_steps(*status.pipeline)) steps[std::string(step.name)] = step.state;
  return steps;
}

json milestones_json(const LabStatus& status) {
  json list = json::array();
  if (!status.pipeline) return list;
  for (const MilestoneStatus& milestone : status.pipeline->milestones) {
    json broken = json::array();
    for (const BrokenCriterion& criterion : milestone.broken) {
      broken.push_back({{"criterion", criterion.name},
                        {"since", criterion.record ? criterion.record->name : ""},
                        {"why", criterion.why}});
    }
    list.push_back({{"name", milestone.content.milestone.name},
                    {"record_name", milestone.record.name},
                    {"done", format_date(date_of(milestone.record.created_ns))},
                    {"broken", std::move(broken)}});
  }
  return list;
}

std::string pipeline_text(const LabStatus& status) {
  constexpr int kStepWidth = 16;
  if (!status.pipeline) return "";
  std::string text = "\npipeline\n";
  for (const PipelineStep& step : pipeline_steps(*status.pipeline)) {
    text += fmt::format("  {:<{}}{}\n", step.name, kStepWidth, printable(step.state));
  }
  text += fmt::format("  {:<{}}{}\n", "in 24 h", kStepWidth, count_text(status.verified_lately, "verified claim"));
  for (const MilestoneStatus& milestone : status.pipeline->milestones) {
    text += fmt::format("  DONE {}: {} in {}\n", format_date(date_of(milestone.record.created_ns)),
                        printable(milestone.content.milestone.name), milestone.record.name);
    for (const BrokenCriterion& broken : milestone.broken) {
      text += fmt::format("    {}\n", printable(broken_text(broken)));
    }
  }
  return text;
}

std::string questions_text(const LabStatus& status) {
  std::string text;
  for (const OpenQuestion& question : status.questions) {
    text += fmt::format("  {:04}  {} ({}{}{})\n", question.record.number, printable(question.content.text),
                        printable(question.content.owner),
                        question.content.due.empty() ? "" : ", due " + question.content.due,
                        is_overdue(question, status.today) ? ", OVERDUE" : "");
  }
  return text.empty() ? "" : "\nto be decided\n" + text;
}

json gates_json(const std::vector<RecordSummary>& gates) {
  json list = json::array();
  for (const RecordSummary& gate : gates) {
    list.push_back({{"record_name", gate.name}, {"environment", gate.environment_name}, {"gate", gate.hypothesis}});
  }
  return list;
}

std::string gates_text(const LabStatus& status) {
  std::string text;
  for (const RecordSummary& gate : status.gates) {
    text += fmt::format("  {:04}  {} ({})\n", gate.number, printable(gate.hypothesis),
                        format_date(date_of(gate.created_ns)));
  }
  return text.empty() ? "" : "\nlast gates\n" + text;
}

std::string claim_line(const ClaimStatus& claim, Date today) {
  const std::string& deadline = claim.content.deadline;
  return fmt::format("  {:04}  {}: {} ({}by {}{}{})\n", claim.record.number, standing_text(claim),
                     printable(claim.text), is_attempt(claim.record) ? "stated by the record, " : "",
                     printable(claim.record.actor), deadline.empty() ? "" : ", to be confirmed by " + deadline,
                     is_overdue(claim, today) ? ", OVERDUE" : "");
}

std::string claims_text(const LabStatus& status) {
  std::string text;
  for (const ClaimStatus& claim : status.claims) text += claim_line(claim, status.today);
  return text.empty() ? "" : "\nclaims\n" + text;
}

std::string reviewed_text(const LabStatus& status) {
  std::string text;
  for (const ReviewedStatus& reviewed : status.reviewed) {
    text += fmt::format("  {:04}  {}: {} (by {})\n", reviewed.last.number,
                        standing_text(reviewed.standing, reviewed.passed_over), printable(reviewed.text),
                        printable(reviewed.last.actor));
  }
  return text.empty() ? "" : "\nchallenged\n" + text;
}

std::string open_attempts_text(const LabStatus& status) {
  std::string text;
  for (const std::string& experiment : status.open_attempts) {
    text += fmt::format("  {}: assay run goes on with it, and assay close ends it, given its file as it was then\n",
                        printable(experiment));
  }
  for (const OpenChallenge& challenge : status.open_challenges) {
    text += fmt::format("  challenge of {} after {} of {} blocks; assay challenge {} goes on with it\n",
                        challenge.of.name, challenge.blocks, challenge.cap, challenge.of.number);
  }
  for (const RecordSummary& opening : status.openings) {
    text +=
        fmt::format("  {} in {}: attempt {} began in {} and has no record here: it counts as spent\n",
                    printable(opening.experiment), printable(opening.environment_name), opening.attempt, opening.name);
  }
  for (const SwappedFile& file : status.swapped_files)
    text += fmt::format("  {}\n", printable(swapped_file_text(file)));
  if (status.is_journal_closed) text += "  not known: this user may not write the lab's journal\n";
  return text.empty() ? "" : "\ninterrupted\n" + text;
}

}  // namespace

json status_json(const LabStatus& status) {
  json targets = json::array();
  for (const TargetReading& reading : status.targets) targets.push_back(target_json(reading));
  json questions = json::array();
  for (const OpenQuestion& question : status.questions) questions.push_back(question_json(question, status.today));
  json claims = json::array();
  for (const ClaimStatus& claim : status.claims) claims.push_back(claim_json(claim, status));
  return {{"schema_version", 1},
          {"command", "status"},
          {"lab", status.root},
          {"records", status.records.size()},
          {"kept", kept_json(status)},
          {"undecided", hypotheses_json(select(status, is_undecided))},
          {"discarded", hypotheses_json(select(status, is_discarded))},
          {"dead_ends", hypotheses_json(select(status, is_dead_end))},
          {"interrupted", status.open_attempts},
          {"interrupted_challenges", open_challenges_json(status.open_challenges)},
          {"journal_closed", status.is_journal_closed},
          {"openings", openings_json(status.openings)},
          {"swapped_files", swapped_files_json(status.swapped_files)},
          {"pipeline", steps_json(status)},
          {"milestones", milestones_json(status)},
          {"verified_in_24h", status.verified_lately},
          {"targets", std::move(targets)},
          {"questions", std::move(questions)},
          {"gates", gates_json(status.gates)},
          {"claims", std::move(claims)},
          {"challenged", reviewed_json(status)},
          {"needs_attention", needs_attention(status)},
          {"attention", attention_reasons(status)}};
}

std::string status_text(const LabStatus& status) {
  const auto kept = select(status, is_kept);
  const auto undecided = select(status, is_undecided);
  const auto dead_ends = select(status, is_dead_end);
  const auto count = [](const auto& list, std::string_view what) {
    return count_text(static_cast<int>(list.size()), what);
  };
  return fmt::format("{} in {}: {} kept, {} undecided, {}\n", count(status.records, "record"), printable(status.root),
                     kept.size(), undecided.size(), count(dead_ends, "dead end")) +
         pipeline_text(status) + gates_text(status) + questions_text(status) + targets_text(status) +
         claims_text(status) + reviewed_text(status) + open_attempts_text(status) +
         hypotheses_text("undecided", undecided) +
         hypotheses_text("discarded, with attempts left", select(status, is_discarded)) +
         hypotheses_text("dead ends", dead_ends) + kept_text(status);
}

}  // namespace assay::record
