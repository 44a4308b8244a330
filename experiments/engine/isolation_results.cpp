#include "experiments/engine/isolation_results.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

namespace assay::engine {

bool IsolationResults::asks_for(const Workload& workload) {
  const bool is_asked = std::any_of(plan_.checks.begin(), plan_.checks.end(), [&](const Check& check) {
    return std::holds_alternative<IsolationCheck>(check.kind) && applies_to(check.workloads, workload.name);
  });
  if (!is_asked && plan_.variable.shares && unasked_.insert(workload.name).second) {
    notes_.push_back(
        fmt::format("nothing challenges the isolation of {}, so that an improvement of it stays undecided: give it a "
                    "check of kind = \"isolation\"",
                    workload.name));
  }
  return is_asked;
}

void IsolationResults::take(const trial::ArmSetup& setup, const std::string& name,
                            std::vector<IsolationChallenge> stood) {
  for (IsolationChallenge& challenge : stood) {
    if (!challenge.failure.empty()) {
      not_isolated_.emplace(std::pair(setup.cell, setup.arm), CheckFailed{challenge.check, challenge.failure});
    }
    if (!challenge.unproven.empty()) {
      notes_.push_back(
          fmt::format("check {} proves no isolation of {}: {}", challenge.check, name, challenge.unproven));
    }
    if (plan_.variable.shares && setup.arm != kControl) challenges_.push_back(std::move(challenge));
  }
}

void IsolationResults::judge(std::size_t cell, std::vector<trial::TrialReport>& reports) const {
  for (trial::TrialReport& report : reports) {
    const auto failed = not_isolated_.find({cell, report.trial.arm});
    if (failed == not_isolated_.end() || !is_measured(report.trial.outcome)) continue;
    report.trial.outcome = failed->second;
    drop_values(report.trial, plan_.metrics.size());
  }
}

}  // namespace assay::engine
