#include "experiments/attempt/lab_links.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/machine.hpp"
#include "core/record/entry.hpp"
#include "core/text/utf8.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/record/documents/attribution_sections.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/neighbours.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::attempt {
namespace {

/// An attempt that is taken up again before its first block has its opening already.
void write_opening(const record::Lab& lab, const JournalledAttempt& attempt, const std::string& actor,
                   const AuditResult& audit) {
  if (record::find_opening(record::list_records(lab), attempt.plan_sha256) != nullptr) return;
  record::file_bookkeeping(lab, actor, [&](const auto&) {
    return Opening{.hypothesis_sha256 = host::sha256(formats::hypothesis_json(attempt.plan)),
                   .plan_sha256 = attempt.plan_sha256,
                   .plan = attempt.plan,
                   .machine = host::read_machine(),
                   .contents = audit.contents,
                   .programs = audit.programs};
  });
}

std::string attribution_named(const std::string& name, const std::optional<record::Lab>& lab) {
  if (!lab) throw Error("no lab here holds such a record; make one with: assay init");
  const record::RecordSummary summary = record::find_summary(*lab, name);
  if (record::attribution_section(*lab, summary)) return summary.sha256;
  throw Error(fmt::format("{} says nothing about phases: name a baseline or an attempt whose trials report spans",
                          summary.name));
}

}  // namespace

void name_attributions(Plan& plan, const std::optional<record::Lab>& lab) {
  for (Target& target : plan.targets) {
    if (target.attribution.empty()) continue;
    try {
      target.attribution = attribution_named(target.attribution, lab);
    } catch (const Error& error) {
      throw error.within(
          fmt::format("target {}: attribution = {}", target_name(target), in_quotes(target.attribution)));
    }
  }
}

LabLinks lab_links(const record::Lab& lab, const JournalledAttempt& attempt, const std::string& actor) {
  if (decide::rules_of(attempt.plan).close_questions == decide::CloseQuestions::passed_over) return {};
  return {.open = [&lab, &attempt, actor](const AuditResult& audit) { write_opening(lab, attempt, actor, audit); },
          .neighbours = [&lab, &attempt](const AuditResult& audit) { return neighbours_in(lab, attempt.plan, audit); }};
}

std::vector<Neighbour> neighbours_in(const record::Lab& lab, const Plan& plan, const AuditResult& audit) {
  const record::HypothesisKey key{host::sha256(formats::hypothesis_json(plan)), plan.environment_name};
  record::AskedQuestion question = record::asked_question(plan, key, record::identity_of(host::read_machine()));
  question.contents = audit.contents;
  question.programs = audit.programs;
  return record::neighbours_of(question, record::list_records(lab));
}

std::vector<Neighbour> planned_neighbours(const FrozenPlan& plan, const std::vector<record::RecordSummary>& records) {
  const record::HypothesisKey key{plan.hypothesis_sha256, plan.plan.environment_name};
  return record::neighbours_of(record::asked_question(plan.plan, key, record::identity_of(host::read_machine())),
                               records);
}

void close_opening(const record::Lab& lab, const std::string& plan_sha256, const std::optional<std::string>& actor) {
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  const record::RecordSummary* const opening = record::find_opening(records, plan_sha256);
  if (opening == nullptr) return;
  record::file_bookkeeping(lab, actor, [&](const auto&) {
    return Closing{.opening = opening->sha256,
                   .experiment = opening->experiment,
                   .hypothesis_sha256 = opening->hypothesis_sha256,
                   .environment_name = opening->environment_name};
  });
}

}  // namespace assay::attempt
