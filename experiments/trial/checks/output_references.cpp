#include "experiments/trial/checks/output_references.hpp"

#include <variant>

#include <fmt/format.h>

namespace assay::trial {
namespace {

/// Why one observation does not hold against the reference of its kind.
struct OutputDifference {
  const Check& check;
  const Observation& reference;

  std::optional<std::string> operator()(std::monostate) const { return std::nullopt; }
  std::optional<std::string> operator()(const std::string& digest) const {
    const auto& expected = std::get<std::string>(reference);
    if (digest == expected) return std::nullopt;
    const auto& output = std::get<SameOutputCheck>(check.kind);
    return fmt::format("{} differs from control's first: SHA-256 {} against {}",
                       output.file.empty() ? "standard output" : output.file, digest.substr(0, 12),
                       expected.substr(0, 12));
  }
  std::optional<std::string> operator()(const TestInventory& inventory) const {
    return what_is_lost(std::get<TestInventory>(reference), inventory);
  }
};

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
    const OutputDifference difference{plan_.checks[check], reference->second};
    if (auto why = std::visit(difference, observations[check])) return CheckFailed{plan_.checks[check].name, *why};
  }
  return std::nullopt;
}

}  // namespace assay::trial
