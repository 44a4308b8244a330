#include "experiments/trial/checks/output_references.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assert.hpp"
#include "core/host/files/digest.hpp"
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

const std::string& digest_of_nothing() {
  static const std::string digest = host::sha256("");
  return digest;
}

bool is_empty(const Observation& observation) {
  return std::holds_alternative<std::monostate>(observation);
}

}  // namespace

OutputReferences::OutputReferences(const Plan& plan) : plan_(plan) {}

void OutputReferences::offer(std::size_t cell, const Observations& of_control) {
  for (std::size_t check = 0; check < of_control.size(); ++check) {
    if (const auto* const inventory = std::get_if<TestInventory>(&of_control[check])) {
      inventories_[{cell, check}].add(*inventory);
    } else if (const auto* const digest = std::get_if<std::string>(&of_control[check])) {
      outputs_.try_emplace({cell, check}, *digest);
      if (*digest == digest_of_nothing()) empty_.insert(check);
    }
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
      report.trial.failed_tests = failed_tests_of(cell, report.observations);
      drop_values(report.trial, plan_.metrics.size());
    }
  }
}

Observation OutputReferences::reference_of(const CellAndCheck& place) const {
  if (const auto output = outputs_.find(place); output != outputs_.end()) return output->second;
  const auto history = inventories_.find(place);
  return history == inventories_.end() ? Observation{} : Observation{history->second.required()};
}

std::optional<CheckFailed> OutputReferences::failure_of(std::size_t cell, const Observations& observations) const {
  for (std::size_t check = 0; check < observations.size(); ++check) {
    const Observation reference = reference_of({cell, check});
    if (is_empty(observations[check]) || is_empty(reference)) continue;
    const Check& failing = plan_.checks[check];
    if (auto why = difference_from(reference, observations[check], failing)) return CheckFailed{failing.name, *why};
  }
  return std::nullopt;
}

std::vector<std::string> OutputReferences::failed_tests_of(std::size_t cell, const Observations& observations) const {
  std::set<std::string> names;
  for (std::size_t check = 0; check < observations.size(); ++check) {
    const auto* const inventory = std::get_if<TestInventory>(&observations[check]);
    const Observation reference = reference_of({cell, check});
    if (inventory == nullptr || is_empty(reference)) continue;
    for (std::string& name : failed_tests(std::get<TestInventory>(reference), *inventory))
      names.insert(std::move(name));
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> OutputReferences::unstable_names(std::size_t cell, std::size_t check) const {
  const auto history = inventories_.find({cell, check});
  return history == inventories_.end() ? std::vector<std::string>{} : history->second.unstable_names();
}

std::vector<std::string> OutputReferences::take_notes() {
  std::vector<std::string> notes;
  for (const std::size_t check : std::exchange(empty_, {})) {
    if (!noted_empty_.insert(check).second) continue;
    notes.push_back(fmt::format(
        "check {}: what it compares is empty in control, so that hardly anything could fail it (assay check "
        "--prove tries that)",
        plan_.checks[check].name));
  }
  for (const auto& [place, history] : inventories_) {
    const std::vector<std::string> names = history.unstable_names();
    if (names.empty() || !noted_.insert(place).second) continue;
    const std::size_t shown = std::min<std::size_t>(names.size(), 3);
    notes.push_back(fmt::format(
        "check {}: {} test names are in only some of control's reports ({}{}), so only their number is compared; "
        "normalise takes out what changes, ignore leaves such tests out",
        plan_.checks[place.second].name, names.size(),
        fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        names.size() > shown ? ", ..." : ""));
  }
  return notes;
}

}  // namespace assay::trial
