#include "experiments/trial/checks/output_references.hpp"

#include <variant>

#include "core/assert.hpp"
#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {
namespace {

/// Why an observation of a check does not match control's; empty if it does.
std::optional<std::string> difference_from(const Observation& reference, const Observation& observation,
                                           const Check& check) {
  const CheckRule rule = rule_of(check);
  const auto* const compared = std::get_if<ComparedWithControl>(&rule.judgement);
  ASSAY_ASSERT(compared != nullptr);  // no other check observes anything
  return compared->difference(reference, observation);
}

bool is_empty(const Observation& observation) {
  return std::holds_alternative<std::monostate>(observation);
}

}  // namespace

OutputReferences::OutputReferences(const Plan& plan) : plan_(plan) {}

void OutputReferences::offer(std::size_t cell, const Observations& of_control) {
  for (std::size_t check = 0; check < of_control.size(); ++check) {
    if (!is_empty(of_control[check])) references_.try_emplace({cell, check}, of_control[check]);
  }
}

void OutputReferences::judge(std::size_t cell, std::vector<TrialReport>& reports) {
  for (const TrialReport& report : reports) {
    if (report.trial.arm == kControl && is_measured(report.trial.outcome)) offer(cell, report.observations);
  }
  for (TrialReport& report : reports) {
    if (!is_measured(report.trial.outcome)) continue;
    if (std::optional<CheckFailed> failed = failure_of(cell, report.observations)) {
      report.trial.outcome = std::move(*failed);
      drop_values(report.trial, plan_.metrics.size());
    }
  }
}

std::optional<CheckFailed> OutputReferences::failure_of(std::size_t cell, const Observations& observations) const {
  for (std::size_t check = 0; check < observations.size(); ++check) {
    const auto reference = references_.find({cell, check});
    if (is_empty(observations[check]) || reference == references_.end()) continue;
    const Check& failing = plan_.checks[check];
    if (auto why = difference_from(reference->second, observations[check], failing)) {
      return CheckFailed{failing.name, *why};
    }
  }
  return std::nullopt;
}

}  // namespace assay::trial
