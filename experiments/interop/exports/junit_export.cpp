#include "experiments/interop/exports/junit_export.hpp"

#include <pugixml.hpp>
#include <sstream>

#include <fmt/format.h>

#include "core/result/told_effect.hpp"
#include "experiments/interop/exports/escapes.hpp"

namespace assay::interop {
namespace {

std::string name_of(const Comparison& comparison) {
  const std::string cell = comparison.cell.title.empty() ? comparison.cell.workload : comparison.cell.title;
  return fmt::format("{}: {}", cell, comparison.treatment.label);
}

std::string what_happened(const Comparison& comparison) {
  std::string text = fmt::format("{} ({}); {} ({})", to_string(comparison.verdict), to_string(comparison.reason),
                                 to_string(comparison.decision), to_string(comparison.decision_reason));
  const MetricResult& primary = comparison.metrics.front();
  const std::optional<Effect> effect = told_effect(comparison);
  if (effect && primary.metric.kind == MetricKind::positive) {
    text += fmt::format("; {} {:+.2f} % ({:+.2f} to {:+.2f} %)", primary.metric.name,
                        percent_of_log_ratio(effect->estimate), percent_of_log_ratio(effect->interval.low),
                        percent_of_log_ratio(effect->interval.high));
  }
  return text;
}

bool is_failure(Verdict verdict) {
  return verdict == Verdict::regressed || verdict == Verdict::invalid;
}

}  // namespace

std::string junit_text(const AttemptView& attempt) {
  pugi::xml_document document;
  pugi::xml_node suite = document.append_child("testsuites").append_child("testsuite");
  int failures = 0;
  int skipped = 0;
  for (const Comparison& comparison : attempt.result.comparisons) {
    pugi::xml_node test = suite.append_child("testcase");
    test.append_attribute("classname") = xml_text(attempt.plan.id).c_str();
    test.append_attribute("name") = xml_text(name_of(comparison)).c_str();
    const std::string message = xml_text(what_happened(comparison));
    if (is_failure(comparison.verdict)) {
      ++failures;
      test.append_child("failure").append_attribute("message") = message.c_str();
    } else if (comparison.verdict == Verdict::inconclusive) {
      ++skipped;
      test.append_child("skipped").append_attribute("message") = message.c_str();
    } else {
      test.append_child("system-out").text() = message.c_str();
    }
  }
  suite.append_attribute("name") = xml_text(attempt.plan.id).c_str();
  suite.append_attribute("tests") = static_cast<int>(attempt.result.comparisons.size());
  suite.append_attribute("failures") = failures;
  suite.append_attribute("skipped") = skipped;
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace assay::interop
