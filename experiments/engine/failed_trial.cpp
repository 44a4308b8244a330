#include "experiments/engine/failed_trial.hpp"

#include <variant>

namespace assay::engine {

std::optional<std::string> failed_step(const trial::TrialReport& report, std::size_t cell,
                                       const trial::OutputReferences& references) {
  if (const auto* failed = std::get_if<CheckFailed>(&report.trial.outcome)) return "check " + failed->check;
  if (const auto* failed = std::get_if<HookFailed>(&report.trial.outcome)) return failed->hook;
  if (report.not_concluded) return report.not_concluded->hook;
  if (!is_measured(report.trial.outcome)) return std::nullopt;
  const auto differs = references.failure_of(cell, report.observations);
  return differs ? std::optional("check " + differs->check) : std::nullopt;
}

}  // namespace assay::engine
