#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "experiments/report/gate/gate_text.hpp"
#include "experiments/report/gate/gate_words.hpp"
#include "experiments/report/markdown.hpp"

namespace assay::report {
namespace {

std::string finding_row(const GateReport& report, const GateFinding& finding) {
  std::vector<std::string> details;
  for (const std::string& sentence : measured_sentences(finding, {})) details.push_back(markdown_text(sentence));
  details.push_back(markdown_text(basis_text(finding)));
  if (!finding.note.empty()) details.push_back(markdown_text(finding.note));
  return fmt::format("| {} | **{}**{} | {} |\n", markdown_code(finding.file), to_string(finding.outcome),
                     is_let_pass(report, finding.outcome) ? " (the policy lets it pass)" : "",
                     fmt::join(details, "<br>"));
}

/// A fence that is longer than any run of backticks in the lines.
std::string fence_for(const std::vector<std::string>& lines) {
  std::size_t longest = 2;
  for (const std::string& line : lines) {
    std::size_t run = 0;
    for (const char letter : line) {
      run = letter == '`' ? run + 1 : 0;
      longest = std::max(longest, run);
    }
  }
  return std::string(longest + 1, '`');
}

std::string rule_change(const GateRuleChange& change) {
  const std::string fence = fence_for(change.diff);
  const std::string in_force = is_base_in_force(change) ? "" : "; " + version_in_force_text(change);
  std::string text = fmt::format("\n{}\n\n{}diff\n", markdown_text(rule_change_text(change) + in_force), fence);
  for (const std::string& line : change.diff) text += printable(line) + '\n';
  if (change.lines_left_out > 0) text += fmt::format("... {} more lines\n", change.lines_left_out);
  return text + fence + '\n';
}

}  // namespace

std::string gate_markdown(const GateReport& report) {
  std::string text = fmt::format("## assay {}\n\n", gate_sentence(report));
  if (!report.findings.empty()) {
    text += "| experiment | outcome | evidence |\n|---|---|---|\n";
    for (const GateFinding& finding : report.findings) text += finding_row(report, finding);
    text += '\n';
  }
  text += markdown_text(policy_text(report)) + '\n';
  if (!report.control.empty()) text += '\n' + markdown_text(gate_control_text(report)) + '\n';
  if (!report.not_asked.empty()) {
    text += "\nNot judged, though the policy names them:";
    for (const std::string& file : report.not_asked) text += ' ' + markdown_code(file);
    text += '\n';
  }
  if (!report.blind_spots.empty()) text += "\nRules that a gate does not look at, behind links:\n\n";
  for (const GateBlindSpot& spot : report.blind_spots) text += "* " + markdown_text(blind_spot_text(spot)) + '\n';
  if (report.rule_changes.empty()) return text;
  text += "\n### The change alters what judges it\n\nThe base's versions were in force. After the merge these are:\n";
  for (const GateRuleChange& change : report.rule_changes) text += rule_change(change);
  return text;
}

}  // namespace assay::report
