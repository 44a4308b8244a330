#include <fmt/format.h>

#include "experiments/report/exports/workflow_command.hpp"
#include "experiments/report/gate/gate_text.hpp"
#include "experiments/report/gate/gate_words.hpp"

namespace assay::report {
namespace {

AnnotationLevel level_of(const GateReport& report, const GateFinding& finding) {
  if (fails(report.policy, finding.outcome)) return AnnotationLevel::error;
  return is_let_pass(report, finding.outcome) || !finding.note.empty() ? AnnotationLevel::warning
                                                                       : AnnotationLevel::notice;
}

}  // namespace

std::string gate_annotations(const GateReport& report) {
  std::string text;
  for (const GateFinding& finding : report.findings) {
    std::string said;
    for (const std::string& sentence : measured_sentences(finding, {})) said += sentence + '\n';
    said += basis_text(finding);
    if (!finding.note.empty()) said += '\n' + finding.note;
    text += workflow_command_text({.level = level_of(report, finding),
                                   .file = finding.file,
                                   .title = fmt::format("assay gate: {}", to_string(finding.outcome)),
                                   .message = said});
  }
  const AnnotationLevel level =
      report.policy.fails_on_changed_rules ? AnnotationLevel::error : AnnotationLevel::warning;
  for (const GateRuleChange& change : report.rule_changes) {
    text += workflow_command_text({.level = level,
                                   .file = change.path,
                                   .title = "assay gate: changed rule",
                                   .message = rule_change_text(change) + "; " + version_in_force_text(change)});
  }
  for (const GateBlindSpot& spot : report.blind_spots) {
    text += workflow_command_text({.level = AnnotationLevel::warning,
                                   .file = spot.link,
                                   .title = "assay gate: rule not looked at",
                                   .message = blind_spot_text(spot)});
  }
  return text;
}

}  // namespace assay::report
