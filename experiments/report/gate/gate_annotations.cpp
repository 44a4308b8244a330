#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/gate/gate_text.hpp"
#include "experiments/report/gate/gate_words.hpp"

namespace assay::report {
namespace {

/// Percent-encodes the letters that end a part of a workflow command.
std::string percent_encoded(std::string_view text, std::string_view letters) {
  std::string result;
  for (const char letter : text) {
    if (letters.find(letter) == std::string_view::npos) {
      result += letter;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
  }
  return result;
}

std::string message(std::string_view text) {
  return percent_encoded(text, "%\r\n");
}

std::string property(std::string_view text) {
  return percent_encoded(text, "%\r\n:,");
}

std::string workflow_command(std::string_view level, std::string_view file, std::string_view title,
                             std::string_view text) {
  return fmt::format("::{} file={},title={}::{}\n", level, property(file), property(title), message(text));
}

std::string_view level_of(const GateReport& report, const GateFinding& finding) {
  if (fails(report.policy, finding.outcome)) return "error";
  return is_let_pass(report, finding.outcome) || !finding.note.empty() ? "warning" : "notice";
}

}  // namespace

std::string gate_annotations(const GateReport& report) {
  std::string text;
  for (const GateFinding& finding : report.findings) {
    std::string said;
    for (const std::string& sentence : measured_sentences(finding, {})) said += sentence + '\n';
    said += basis_text(finding);
    if (!finding.note.empty()) said += '\n' + finding.note;
    text += workflow_command(level_of(report, finding), finding.file,
                             fmt::format("assay gate: {}", to_string(finding.outcome)), said);
  }
  const std::string_view level = report.policy.fails_on_changed_rules ? "error" : "warning";
  for (const GateRuleChange& change : report.rule_changes) {
    text += workflow_command(level, change.path, "assay gate: changed rule",
                             rule_change_text(change) + "; the base's version was in force");
  }
  return text;
}

}  // namespace assay::report
