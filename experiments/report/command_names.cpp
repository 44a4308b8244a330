#include "experiments/report/command_names.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "core/text/arm_command.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/layout.hpp"

namespace assay::report {
namespace {

/// A longer name would fill the sentence, and be cut off in tables.
constexpr int kLongestCommand = 24;

bool is_default_label(const std::string& label, ArmIndex arm, std::size_t arms) {
  if (arm == kControl) return label == "control";
  return label == (arms == 2 ? "treatment" : fmt::format("treatment {}", arm));
}

bool has_default_labels(const Plan& plan) {
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    if (!is_default_label(plan.variable.levels[arm].label, arm, arm_count(plan))) return false;
  }
  return true;
}

/// What the arms differ in, for each arm; empty for kinds of variables that have no such text.
std::vector<std::string> texts_of(const Plan& plan) {
  const VariableKind kind = plan.variable.kind;
  std::vector<std::string> texts;
  if (plan.workloads.size() != 1 || !has_default_labels(plan)) return texts;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    if (kind == VariableKind::command) texts.push_back(arm_command(plan, cells(plan).front(), arm));
    if (kind == VariableKind::revision) {
      texts.push_back(std::get<SourceLevel>(plan.variable.levels[arm].value).revision);
    }
  }
  return texts;
}

bool are_names(const std::vector<std::string>& texts) {
  const bool all_short = std::all_of(texts.begin(), texts.end(), [](const std::string& text) {
    return !text.empty() && display_width(printable(text)) <= kLongestCommand;
  });
  return all_short && std::set<std::string>(texts.begin(), texts.end()).size() == texts.size();
}

/// Backticks hold a text of several words together.
std::string in_backticks(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : fmt::format("`{}`", text);
}

}  // namespace

AttemptResult named_by_commands(AttemptResult result, const Plan& plan) {
  const std::vector<std::string> texts = texts_of(plan);
  if (texts.empty() || !are_names(texts)) return result;
  const auto rename = [&texts](NamedArm& arm) { arm.label = in_backticks(texts.at(arm.index)); };
  for (Comparison& comparison : result.comparisons) {
    rename(comparison.control);
    rename(comparison.treatment);
  }
  for (SuiteResult& suite : result.suite) {
    rename(suite.control);
    rename(suite.treatment);
  }
  return result;
}

std::string long_commands(const Plan& plan) {
  const std::vector<std::string> texts = texts_of(plan);
  const bool is_measured_here = std::none_of(texts.begin(), texts.end(), [](const auto& text) { return text.empty(); });
  if (texts.empty() || !is_measured_here || are_names(texts) || compares_with_itself(plan)) return "";
  std::string lines;
  for (ArmIndex arm = 0; arm < texts.size(); ++arm) {
    lines += fmt::format("{}: {}\n", plan.variable.levels[arm].label, printable(texts[arm]));
  }
  return lines;
}

bool compares_with_itself(const Plan& plan) {
  const std::vector<Level>& levels = plan.variable.levels;
  const bool is_measured_here = !arm_command(plan, cells(plan).front(), kControl).empty();
  return is_measured_here && std::all_of(levels.begin(), levels.end(),
                                         [&levels](const Level& level) { return level.value == levels.front().value; });
}

}  // namespace assay::report
