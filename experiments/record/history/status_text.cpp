#include "experiments/record/history/status_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/result/decision.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/report/entries/claim_text.hpp"
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
          {"verdict", last.verdict},
          {"decision", last.decision},
          {"reason", last.reason},
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
  return {{"record_name", relaxed.record.name}, {"to", number_or_null(relaxed.content.to)},
          {"until", relaxed.content.until},     {"overdue", overdue},
          {"actor", relaxed.record.actor},      {"why", relaxed.content.reason}};
}

/// A target is missed where the last figure is on the wrong side of what is in force.
std::optional<bool> is_met(const TargetReading& reading) {
  if (!reading.figure || !reading.limit) return std::nullopt;
  return keeps(reading.status.target.bound, *reading.limit, *reading.figure);
}

json target_json(const TargetReading& reading) {
  const Target& target = reading.status.target;
  const std::optional<bool> met = is_met(reading);
  return {
      {"name", target_name(target)},
      {"bound", to_string(target.bound)},
      {"limit", target.limit},
      {"unit", target.unit},
      {"in_force", number_or_null(reading.limit)},
      {"stated_in", reading.status.stated_in},
      {"measured", number_or_null(reading.figure)},
      {"measured_in", reading.measured_in},
      {"met", met ? json(*met) : json(nullptr)},
      {"relaxed", reading.status.relaxed ? relaxation_json(*reading.status.relaxed, reading.overdue) : json(nullptr)}};
}

json question_json(const OpenQuestion& question, Date today) {
  return {{"record_name", question.record.name}, {"question", question.content.text},
          {"options", question.content.options}, {"owner", question.content.owner},
          {"due", question.content.due},         {"overdue", is_overdue(question, today)}};
}

json claim_json(const ClaimStatus& claim, const LabStatus& status) {
  return {{"record_name", claim.record.name},
          {"claim", report::claim_headline(claim.content)},
          {"actor", claim.record.actor},
          {"standing", to_string(claim.standing)},
          {"needs_attention", needs_attention(claim, status)},
          {"deadline", claim.content.deadline},
          {"overdue", is_overdue(claim, status.today)}};
}

json swapped_files_json(const std::vector<SwappedFile>& files) {
  json list = json::array();
  for (const SwappedFile& file : files) {
    list.push_back({{"file", file.file}, {"experiment", file.experiment}, {"content", file.content}});
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

json hypotheses_json(const std::vector<HypothesisHistory>& histories) {
  json list = json::array();
  for (const HypothesisHistory& history : histories) list.push_back(hypothesis_json(history));
  return list;
}

std::string hypotheses_text(std::string_view title, const std::vector<HypothesisHistory>& histories) {
  std::string text;
  for (const HypothesisHistory& history : histories) {
    const RecordSummary& last = last_word(history);
    text +=
        fmt::format("  {:04}  {} in {}{}: {} -> {} ({}), attempt {} of {}\n", last.number, printable(last.experiment),
                    printable(history.key.environment_name), last.simulated ? " (simulated)" : "", last.verdict,
                    last.decision, last.reason, history.spent, attempts_allowed(history));
    for (const std::string& record : last.near) text += fmt::format("    near: {}\n", printable(record));
    if (history.accepted_by) text += fmt::format("    accepted by: {}\n", history.accepted_by->name);
    for (const RequirementChange& change : last.changes) {
      text += fmt::format("    asks otherwise: {}\n", printable(report::change_text(change)));
    }
  }
  return text.empty() ? "" : fmt::format("\n{}\n{}", title, text);
}

std::string target_line(const TargetReading& reading) {
  const Target& target = reading.status.target;
  std::string text = fmt::format("  {}: {}", printable(target_name(target)), limit_text(target, target.limit));
  if (const std::optional<bool> met = is_met(reading)) {
    text += fmt::format("; {} in {}: {}",
                        report::quantity_text(*reading.figure, report::scale_for(*reading.figure, target.unit)),
                        reading.measured_in, *met ? "met" : "missed");
  }
  text += '\n';
  if (!reading.status.relaxed) return text;
  const OpenRelaxation& relaxed = *reading.status.relaxed;
  const std::string meanwhile = relaxed.content.to ? limit_text(target, *relaxed.content.to) : "no limit";
  return text + fmt::format("    RELAXED to {} until {}{}, by {} in {}: {}\n", meanwhile, relaxed.content.until,
                            reading.overdue ? " (OVERDUE)" : "", printable(relaxed.record.actor), relaxed.record.name,
                            printable(relaxed.content.reason));
}

std::string targets_text(const LabStatus& status) {
  std::string text;
  for (const TargetReading& reading : status.targets) text += target_line(reading);
  return text.empty() ? "" : "\ntargets\n" + text;
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

std::string claim_line(const ClaimStatus& claim, Date today) {
  const std::string& deadline = claim.content.deadline;
  return fmt::format("  {:04}  {}: {} (by {}{}{})\n", claim.record.number, to_string(claim.standing),
                     printable(report::claim_headline(claim.content)), printable(claim.record.actor),
                     deadline.empty() ? "" : ", to be confirmed by " + deadline,
                     is_overdue(claim, today) ? ", OVERDUE" : "");
}

std::string claims_text(const LabStatus& status) {
  std::string text;
  for (const ClaimStatus& claim : status.claims) text += claim_line(claim, status.today);
  return text.empty() ? "" : "\nclaims\n" + text;
}

/// "conf still holds treatment's content: assay close, given the file of example, puts the original back".
std::string swapped_file_text(const SwappedFile& file) {
  const std::string state =
      file.content.empty() ? "is not the original" : fmt::format("still holds {}'s content", file.content);
  return fmt::format("{} {}: assay close, given the file of {}, puts the original back", file.file, state,
                     file.experiment);
}

std::string open_attempts_text(const LabStatus& status) {
  std::string text;
  for (const std::string& experiment : status.open_attempts) text += fmt::format("  {}\n", printable(experiment));
  for (const RecordSummary& opening : status.openings) {
    text +=
        fmt::format("  {} in {}: attempt {} began in {} and has no record here: it counts as spent\n",
                    printable(opening.experiment), printable(opening.environment_name), opening.attempt, opening.name);
  }
  for (const SwappedFile& file : status.swapped_files)
    text += fmt::format("  {}\n", printable(swapped_file_text(file)));
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
          {"kept", hypotheses_json(select(status, is_kept))},
          {"undecided", hypotheses_json(select(status, is_undecided))},
          {"discarded", hypotheses_json(select(status, is_discarded))},
          {"dead_ends", hypotheses_json(select(status, is_dead_end))},
          {"interrupted", status.open_attempts},
          {"openings", openings_json(status.openings)},
          {"swapped_files", swapped_files_json(status.swapped_files)},
          {"targets", std::move(targets)},
          {"questions", std::move(questions)},
          {"claims", std::move(claims)},
          {"needs_attention", needs_attention(status)}};
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
         questions_text(status) + targets_text(status) + claims_text(status) + open_attempts_text(status) +
         hypotheses_text("undecided", undecided) +
         hypotheses_text("discarded, with attempts left", select(status, is_discarded)) +
         hypotheses_text("dead ends", dead_ends) + hypotheses_text("kept", kept);
}

}  // namespace assay::record
