#include <fmt/format.h>

#include "core/result/no_better_level.hpp"
#include "core/text/arm_command.hpp"
#include "experiments/report/command_names.hpp"
#include "experiments/report/comparison_words.hpp"
#include "experiments/report/details.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/finding_text.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/mode_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/requirement_text.hpp"
#include "experiments/report/ruling.hpp"
#include "experiments/report/search_text.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

std::string item(std::string_view name, const std::string& markdown) {
  return markdown.empty() ? "" : fmt::format("- {}: {}\n", name, markdown);
}

std::string arms_of(const Plan& plan) {
  std::string lines;
  const std::vector<Cell> all = cells(plan);
  std::size_t last_workload = all.size();
  for (const Cell& cell : all) {
    if (cell.workload == last_workload) continue;  // its states run the same commands
    last_workload = cell.workload;
    for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
      const std::string workload =
          plan.workloads.size() > 1 ? fmt::format(" of {}", markdown_text(workload_of(plan, cell).name)) : "";
      lines +=
          item(markdown_text(arm_name(named_arm(plan, arm))) + workload, markdown_code(arm_command(plan, cell, arm)));
    }
  }
  return lines;
}

/// These say what an effect may rest on beside the change.
bool belongs_to_an_entry(DiagnosticKind kind) {
  return kind == DiagnosticKind::left_running || kind == DiagnosticKind::outside_clock ||
         kind == DiagnosticKind::stopped || kind == DiagnosticKind::wall_rises ||
         kind == DiagnosticKind::first_warm_up || kind == DiagnosticKind::lost_blocks ||
         kind == DiagnosticKind::failed_concludes || kind == DiagnosticKind::unannounced ||
         kind == DiagnosticKind::fresh_start || kind == DiagnosticKind::memory_pressure ||
         kind == DiagnosticKind::confounded || kind == DiagnosticKind::work_elsewhere;
}

std::string effects_of(const Record& record) {
  std::string lines;
  TextStyle style;
  style.unicode = true;
  style.rules = record.plan.rules;
  style.is_graded = record.result.challenge.has_value();
  style.early_end = EarlyEnd::closed;
  const AttemptResult result =
      record.plan.rules > kOldestRules ? named_by_commands(record.result, record.plan) : record.result;
  for (const LevelSearch& search : result.searches) {
    const std::string cell = cell_title(search.cell);
    lines += item(cell.empty() ? "search" : "search of " + markdown_text(cell), markdown_text(search_sentence(search)));
  }
  for (const SuiteResult& suite : result.suite) {
    lines += item("suite", markdown_text(suite_sentence(suite, style)));
  }
  for (const Comparison& comparison : result.comparisons) {
    const std::string cell = cell_title(comparison.cell);
    lines += item(cell.empty() ? "result" : "result of " + markdown_text(cell),
                  markdown_text(result_sentence(result, comparison, style)));
    for (const MetricResult& guard : comparison.metrics) {
      const Metric& metric = guard.metric;
      if (guard.guard == GuardStatus::not_a_guard) continue;
      lines += "  " + item("guard " + markdown_text(metric.name), markdown_text(guard_text(metric, guard, style)));
    }
    for (const MetricResult& control : comparison.metrics) {
      const Metric& metric = control.metric;
      if (metric.role != MetricRole::control) continue;
      lines +=
          "  " + item("control " + markdown_text(metric.name), markdown_text(control_text(metric, control, style)));
    }
    for (const BudgetUse& use : comparison.budget) {
      lines += "  " + item(fmt::format("budget of {}", to_string(use.part)), markdown_text(budget_text(use)));
    }
    if (record.plan.rules > kOldestRules && supports_a_keep(result, comparison)) {
      lines += "  " + item("behind it", markdown_text(support_text(comparison)));
    }
    for (const CheckResult& check : comparison.checks) {
      lines += "  " + item("check " + markdown_text(check.name), markdown_text(check_text(check)));
    }
    for (const Diagnostic& diagnostic : comparison.diagnostics) {
      if (belongs_to_an_entry(diagnostic.kind)) {
        lines += "  " + item("note", markdown_text(diagnostic.note));
      }
    }
  }
  return lines;
}

std::string extent_of(const AttemptResult& result) {
  std::string text = fmt::format("{}, {}", units_text(result.protocol.design, result.blocks),
                                 count_text(result.trials, result.simulated ? "simulated trial" : "trial"));
  if (result.failed_control + result.failed_treatment > 0) {
    text += fmt::format("; failed: control {}, treatment {}", result.failed_control, result.failed_treatment);
  }
  if (result.void_blocks > 0) text += fmt::format("; {} run again", count_text(result.void_blocks, "block"));
  if (result.lost_blocks > 0) text += fmt::format("; {} lost", count_text(result.lost_blocks, "block"));
  return text;
}

/// Labs of 0.1.0 keep their words.
bool says_no_better_level(const Record& record) {
  return record.plan.rules > kOldestRules && found_no_better_level(record.result.verdict, record.result.searches);
}

std::string_view verdict_of(const Record& record) {
  return says_no_better_level(record) ? kNoBetterLevel : to_string(record.result.verdict);
}

/// "discard (worse)"; of a race that the first level won, only the decision: no reason speaks of that level.
std::string decision_of(const Record& record) {
  const std::string decision(to_string(record.result.decision));
  if (says_no_better_level(record)) return decision;
  return fmt::format("{} ({})", decision, markdown_text(reason_text(record.result)));
}

/// Why the verdict is no other, by rules later than those of 0.1.0; empty if `explanation` says it.
std::string later_reason(const AttemptResult& result) {
  if (result.verdict == Verdict::invalid && result.stop == Stop::audit) return "by what the audit found";
  if (result.comparisons.size() != 1) return "";
  return out_of_time_text(result.protocol, result.comparisons.front());
}

std::string ruling_of(const Record& record) {
  const AttemptResult& result = record.result;
  const std::string later = record.plan.rules > kOldestRules ? later_reason(result) : "";
  const std::string_view why = later.empty() ? explanation(result.reason) : later;
  return fmt::format("{}{}", verdict_of(record), why.empty() ? "" : fmt::format(" ({})", why));
}

/// What a claim that was measured again came to.
std::string challenge_of(const Record& record) {
  if (!record.result.challenge || !record.plan.challenge) return "";
  const ChallengeTerms& terms = *record.plan.challenge;
  const GradedClaim graded{terms.metric, terms.effect, *record.result.challenge};
  std::string lines = item("challenges", "record SHA-256 " + markdown_text(terms.claim));
  lines += item("claimed", markdown_text(claimed_effect_text(terms.metric, terms.effect)));
  lines += item("measured", markdown_text(measured_text(graded)));
  lines += item("controls", markdown_text(controls_text(graded, terms.planted_percent)));
  lines += item("grade", markdown_text(grade_text(graded)));
  for (const OwnInputGrade& own : record.result.own_inputs) {
    lines += item(markdown_text(own_input_title(own, "challenger's input")),
                  markdown_text(own_input_text({terms.metric, terms.effect, own.result})));
  }
  return lines;
}

std::string audit_of(const AuditResult& audit) {
  std::string lines;
  for (const std::string& finding : findings_text(audit)) lines += item("audit", markdown_text(finding));
  for (const std::string& intruder : audit.intruders) lines += item("audit", markdown_text(intruder));
  for (const std::string& note : audit.notes) lines += item("note", markdown_text(note));
  return lines;
}

}  // namespace

std::string decision_entry(const Record& record, const EntryStanding& standing) {
  const Plan& plan = record.plan;
  const AttemptResult& result = record.result;
  const Metric& primary = plan.metrics.at(primary_metric(plan));
  std::string text = result.challenge ? fmt::format("## {:04} {}: claim {}\n\n", record.number, markdown_text(plan.id),
                                                    to_string(result.challenge->grade))
                                      : fmt::format("## {:04} {}: {} → {}\n\n", record.number, markdown_text(plan.id),
                                                    verdict_of(record), to_string(result.decision));
  text += challenge_of(record);
  text += item("hypothesis", markdown_text(plan.hypothesis));
  text += item("variable", markdown_text(describe(plan.variable)));
  text += arms_of(plan);
  text += effects_of(record);
  text += item("verdict", ruling_of(record));
  if (!result.challenge) text += item("decision", decision_of(record));
  if (!standing.settled_by.empty()) text += item("accepted", fmt::format("kept, by {}", standing.settled_by));
  text += item("measured again", markdown_text(standing.challenged));
  for (const RequirementChange& change : result.changes) {
    text += item("asks otherwise", markdown_text(change_text(change)));
  }
  text += item("margin", fmt::format("{} of {}", margin_text(primary), markdown_text(primary.name)));
  text += audit_of(result.audit);
  for (const std::string& mode : mode_sentences(plan.protocol)) text += item("design", mode);
  text += item("measured", extent_of(result));
  text += item("interrupted", interruptions_text(record));
  if (!result.challenge) text += item("attempt", fmt::format("{} of {}", plan.attempt, plan.protocol.attempts));
  text += item("environment", markdown_text(plan.environment_name));
  text += item("machine", markdown_text(machine_text(record.machine)));
  text += item("date", utc_text(record.created_ns));
  text += item("actor", markdown_text(record.actor));
  text += item("record", fmt::format("{}, SHA-256 {}", markdown_code(record_name(record) + ".json"), standing.sha256));
  return text;
}

}  // namespace assay::report
