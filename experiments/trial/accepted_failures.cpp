#include "experiments/trial/accepted_failures.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/arm_command.hpp"

namespace assay::trial {
namespace {

/// The measured trials of one arm of one cell, and those of them that exited with an accepted code other than 0.
struct AcceptedFailures {
  int trials = 0;
  int failed = 0;
  std::set<int> codes = {};
};
using FailuresOfArms = std::vector<AcceptedFailures>;

std::map<std::size_t, FailuresOfArms> accepted_failures(const Plan& plan, const std::vector<Block>& blocks) {
  std::map<std::size_t, FailuresOfArms> cells;
  for (const Block& block : blocks) {
    FailuresOfArms& arms = cells.try_emplace(block.cell, arm_count(plan)).first->second;
    for (const Trial& trial : block.trials) {
      if (!is_measured(trial.outcome)) continue;
      AcceptedFailures& arm = arms.at(trial.arm);
      ++arm.trials;
      if (trial.exit_code.value_or(0) == 0) continue;
      ++arm.failed;
      arm.codes.insert(*trial.exit_code);
    }
  }
  return cells;
}

/// True if trials of some arm failed and a larger share of them than of another's.
bool is_uneven(const FailuresOfArms& arms) {
  return std::any_of(arms.begin(), arms.end(), [&arms](const AcceptedFailures& arm) {
    return arm.failed * arms.front().trials != arms.front().failed * arm.trials;
  });
}

std::string name_for_note(const Plan& plan, std::size_t cell, ArmIndex arm) {
  const std::string& label = plan.variable.levels[arm].label;
  const std::string command = arm_command(plan, cells(plan)[cell], arm);
  return arm == kControl || command.empty() ? label : fmt::format("`{}`", command);
}

std::string uneven_failures_note(const Plan& plan, std::size_t cell, const FailuresOfArms& arms) {
  std::string text;
  for (ArmIndex arm = arms.size(); arm-- > 0;) {
    const AcceptedFailures& failures = arms[arm];
    const std::string name = name_for_note(plan, cell, arm);
    if (!text.empty()) text += ", and ";
    text += failures.failed == 0 ? fmt::format("none of {}", name)
                                 : fmt::format("{} of {} trials of {} exited {}", failures.failed, failures.trials,
                                               name, fmt::join(failures.codes, " or "));
  }
  return fmt::format("{}; {} counts them as measured", text,
                     plan.exploratory ? "-i (--ignore-failure)" : "success_codes");
}

}  // namespace

std::vector<std::string> accepted_failure_notes(const Plan& plan, const std::vector<Block>& blocks) {
  std::vector<std::string> notes;
  for (const auto& [cell, arms] : accepted_failures(plan, blocks)) {
    if (is_uneven(arms)) notes.push_back(uneven_failures_note(plan, cell, arms));
  }
  return notes;
}

}  // namespace assay::trial
