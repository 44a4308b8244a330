#include "experiments/engine/isolation_results.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

namespace assay::engine {
namespace {

constexpr int kStretch = 12;
/// An attempt has at least so many blocks before it can end well.
constexpr int kFirstStretch = 6;
/// The draws of stretches in the stream of orders, whose second index is a block otherwise.
constexpr std::uint64_t kPastAllBlocks = std::uint64_t{1} << 40;

}  // namespace

bool IsolationResults::is_drawn(const BlockOrder& order) const {
  const int before = order.number - 1;
  const int stretch = before / kStretch;
  Generator generator =
      plan_.seed.stream(Stream::order, order.cell, kPastAllBlocks + static_cast<std::uint64_t>(stretch));
  const std::uint64_t drawn = generator.below(stretch == 0 ? kFirstStretch : kStretch);
  return before % kStretch == static_cast<int>(drawn);
}

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
