#include "experiments/report/gate/gate_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "experiments/report/gate/gate_words.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

Tone tone_of_outcome(const GateReport& report, GateOutcome outcome) {
  if (fails(report.policy, outcome)) return Tone::bad;
  return is_let_pass(report, outcome) ? Tone::open : Tone::good;
}

std::string gate_finding_text(const GateReport& report, const GateFinding& finding, const TextStyle& style) {
  std::string text = fmt::format("{}: {}{}\n", printable(finding.file),
                                 toned(to_string(finding.outcome), tone_of_outcome(report, finding.outcome), style),
                                 is_let_pass(report, finding.outcome) ? " (the policy lets it pass)" : "");
  for (const std::string& sentence : measured_sentences(finding, style)) text += fmt::format("  {}\n", sentence);
  text += fmt::format("  {}\n", printable(basis_text(finding)));
  if (!finding.note.empty()) text += fmt::format("  note: {}\n", printable(finding.note));
  return text;
}

/// A bar keeps a line of a foreign file from beginning a command of a CI.
std::string diff_text(const GateRuleChange& change) {
  std::string text;
  for (const std::string& line : change.diff) text += fmt::format("  | {}\n", printable(line));
  if (change.lines_left_out > 0) text += fmt::format("  | ... {} more lines\n", change.lines_left_out);
  return text;
}

std::string changed_rule_text(const GateRuleChange& change) {
  const std::string in_force = is_base_in_force(change) ? "" : "; " + version_in_force_text(change);
  return fmt::format("  {}\n{}", printable(rule_change_text(change) + in_force), diff_text(change));
}

}  // namespace

std::string gate_sentence(const GateReport& report) {
  std::vector<std::string> parts;
  for (const std::string_view name : EnumNames<GateOutcome>::values) {
    const auto count = std::count_if(report.findings.begin(), report.findings.end(),
                                     [name](const GateFinding& finding) { return to_string(finding.outcome) == name; });
    if (count > 0) parts.push_back(fmt::format("{} {}", count, name));
  }
  if (!report.rule_changes.empty()) {
    parts.push_back(count_text(static_cast<int>(report.rule_changes.size()), "changed rule"));
  }
  return fmt::format("gate {}: {}", fails(report) ? "failed" : "passed",
                     parts.empty() ? "nothing to judge" : fmt::format("{}", fmt::join(parts, ", ")));
}

std::string gate_text(const GateReport& report, const TextStyle& style) {
  std::string text = gate_sentence(report) + "\n\n";
  for (const GateFinding& finding : report.findings) text += gate_finding_text(report, finding, style);
  text += fmt::format("\n{}\n", printable(policy_text(report)));
  if (!report.control.empty()) text += printable(gate_control_text(report)) + '\n';
  if (!report.not_asked.empty()) {
    text += fmt::format("Not judged, though the policy names them: {}\n",
                        printable(fmt::format("{}", fmt::join(report.not_asked, ", "))));
  }
  if (!report.blind_spots.empty()) text += "Rules that a gate does not look at, behind links:\n";
  for (const GateBlindSpot& spot : report.blind_spots) text += fmt::format("  {}\n", printable(blind_spot_text(spot)));
  if (report.rule_changes.empty()) return text;
  text += "The change alters what judges it. The base's versions were in force:\n";
  for (const GateRuleChange& change : report.rule_changes) text += changed_rule_text(change);
  return text;
}

}  // namespace assay::report
