#include "experiments/report/finding_text.hpp"

#include <fmt/format.h>

namespace assay::report {
namespace {

std::string_view words_for(Nearness nearness) {
  switch (nearness) {
    case Nearness::same_content:
      return "both arms run the same files";
    case Nearness::same_levels:
      return "the levels are the same, and nearly the same command is run";
    case Nearness::other_environment:
      return "it is the same question on the same machine, under another name of the environment";
  }
  return "";
}

}  // namespace

std::string reason_text(const AttemptResult& result) {
  std::string text(to_string(result.decision_reason));
  if (result.decision_reason != DecisionReason::near) return text;
  for (const Neighbour& neighbour : result.audit.neighbours) {
    text += fmt::format("{}{}", &neighbour == &result.audit.neighbours.front() ? " " : ", ", neighbour.record);
  }
  return text;
}

std::string neighbour_text(const Neighbour& neighbour) {
  return fmt::format("{}: {}", neighbour.record, words_for(neighbour.nearness));
}

std::vector<std::string> findings_text(const AuditResult& audit) {
  std::vector<std::string> texts;
  for (const std::string& file : audit.changed_harness) {
    texts.push_back(fmt::format("the change alters what checks it: {}", file));
  }
  for (const Neighbour& neighbour : audit.neighbours) {
    texts.push_back(fmt::format("near record {}", neighbour_text(neighbour)));
  }
  return texts;
}

std::string support_text(const Comparison& comparison) {
  const MetricResult& primary = comparison.metrics.front();
  const int trials =
      primary.control.count + primary.control.failed + primary.treatment.count + primary.treatment.failed;
  std::string text;
  for (const CheckResult& check : comparison.checks) {
    const int failed = check.failed_control + check.failed_treatment;
    text += fmt::format("{} in {} of {} trials, ", check.name, trials - failed, trials);
  }
  for (const MetricResult& metric : comparison.metrics) {
    if (metric.guard == GuardStatus::passed) text += fmt::format("guard {} kept, ", metric.metric.name);
  }
  return text +
         (comparison.checks.empty() ? "nothing compares what trials print or write, no check" : "no other check");
}

bool supports_a_keep(const AttemptResult& result, const Comparison& comparison) {
  if (result.exploratory || result.challenge) return false;
  const bool is_of_kept_suite = result.decision == Decision::keep && !result.suite.empty();
  return comparison.decision == Decision::keep || is_of_kept_suite;
}

}  // namespace assay::report
