#include <fmt/format.h>

#include "core/text/date.hpp"
#include "experiments/record/documents/pipeline_sections.hpp"
#include "experiments/record/documents/section_words.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/record/status/pipeline_steps.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/markdown.hpp"

namespace assay::record {
namespace {

/// "## DONE 2030-01-31 (record 0061): fast-deploy", and what holds no longer.
std::string milestone_text(const MilestoneStatus& status) {
  const Milestone& milestone = status.content.milestone;
  std::string text = fmt::format("## DONE {} (record {:04}): {}\n\n", format_date(date_of(status.record.created_ns)),
                                 status.record.number, report::markdown_text(milestone.name));
  for (const BrokenCriterion& broken : status.broken) {
    text += report::markdown_text(broken_text(broken)) + "\n\n";
  }
  for (const Criterion& criterion : milestone.criteria) {
    text += bullet_line(fmt::format("{}: {}", criterion.name, report::criterion_text(criterion)));
  }
  return text + '\n';
}

std::string steps_table(const PipelineFacts& facts) {
  std::string rows;
  for (const PipelineStep& step : pipeline_steps(facts)) {
    rows += fmt::format("| {} | {} |\n", step.name, report::markdown_text(step.state));
  }
  return "| step | state |\n|---|---|\n" + rows + "\n";
}

}  // namespace

std::string status_section(const PipelineFacts& facts) {
  std::string text;
  for (const MilestoneStatus& milestone : facts.milestones) text += milestone_text(milestone);
  text += "## Status\n\n" + steps_table(facts);
  std::string targets;
  for (const TargetReading& reading : facts.targets) {
    targets += bullet_line(target_sentence(reading));
    if (!reading.status.relaxed) continue;
    targets += "  " + bullet_line(relaxation_sentence(*reading.status.relaxed, reading.status.target));
  }
  std::string changes;
  for (const KeptChange& change : facts.changes) {
    changes += bullet_line(
        fmt::format("{} in {}: {}", change.attempt.name, change.attempt.environment_name, change_sentence(change)));
  }
  std::string claims;
  for (const ClaimStatus& claim : facts.claims) {
    claims += bullet_line(fmt::format("{} {}{}: {} (by {})", claim.record.name, to_string(claim.standing),
                                      self_check_text(claim), claim.text, claim.record.actor));
  }
  std::string questions;
  for (const OpenQuestion& question : facts.questions) {
    questions +=
        bullet_line(fmt::format("{}: {} ({}{})", question.record.name, question.content.text, question.content.owner,
                                question.content.due.empty() ? "" : ", due " + question.content.due));
  }
  return text + list_section("Targets", targets, "None are stated.") +
         list_section("Kept changes", changes, "Nothing was kept yet.") + list_section("Claims", claims, "None.") +
         list_section("To be decided", questions, "Nothing.");
}

}  // namespace assay::record
