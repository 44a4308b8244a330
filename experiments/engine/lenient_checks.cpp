#include "experiments/engine/lenient_checks.hpp"

#include <algorithm>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/engine/repeated_trials.hpp"
#include "experiments/trial/checks/check_proof.hpp"

namespace assay::engine {
namespace {

/// The arms broken on purpose that control's checks catch and a treatment's do not, each with how control's do.
using Lenient = std::map<std::string, std::string>;

Lenient lenient_in(const std::vector<trial::CheckProof>& proofs) {
  Lenient lenient;
  for (const trial::CheckProof& proof : proofs) {
    for (const trial::BrokenArm& broken : proof.broken) {
      if (!broken.passes_only_in) continue;
      lenient.emplace(fmt::format("an arm broken on purpose ({}: {})", proof.workload, broken.what),
                      fmt::format("check {} failed", proof.check));
    }
  }
  return lenient;
}

std::vector<std::string> weak_in(const std::vector<trial::CheckProof>& proofs) {
  std::vector<std::string> weak;
  for (const trial::CheckProof& proof : proofs) {
    if (proof.control_failure) {
      weak.push_back(fmt::format("check {} of {} cannot be proven, since it fails on control as it is: {}", proof.check,
                                 proof.workload, *proof.control_failure));
    }
    for (const trial::BrokenArm& broken : proof.broken) {
      if (broken.caught || broken.passes_only_in) continue;
      weak.push_back(fmt::format("check {} of {} lets an arm pass that was broken on purpose ({})", proof.check,
                                 proof.workload, broken.what));
    }
  }
  return weak;
}

}  // namespace

Plan two_arms(const Plan& plan) {
  Plan two = plan;
  two.challenge.reset();
  two.plants.clear();
  two.variable.levels.resize(kFirstTreatment + 1);
  return two;
}

bool checks_can_tell_arms_apart(const Plan& plan) {
  return std::any_of(plan.variable.levels.begin(), plan.variable.levels.end(), [](const Level& level) {
    return std::holds_alternative<SourceLevel>(level.value) || std::holds_alternative<EnvironmentLevel>(level.value) ||
           std::holds_alternative<SettingsLevel>(level.value);
  });
}

ProvenChecks prove_checks(const ProofContext& context) {
  ProvenChecks found;
  context.step("breaking the arms on purpose");
  const auto proofs = [&context] {
    return trial::prove_checks(context.plan, context.launcher, context.lock_path, context.step);
  };
  try {
    const std::vector<trial::CheckProof> first = proofs();
    found.weak = weak_in(first);
    Lenient lenient = lenient_in(first);
    for (int again = 1; again < kRepetitions && !lenient.empty(); ++again) {
      const Lenient once_more = lenient_in(proofs());
      std::erase_if(lenient, [&once_more](const auto& one) { return !once_more.contains(one.first); });
    }
    for (const auto& [broken, control] : lenient) {
      found.lenient.push_back({.plant = broken, .patch = "", .control = control, .treatment = "", .not_tried = ""});
    }
  } catch (const Error& error) {
    found.lenient.push_back(
        {.plant = "arms broken on purpose", .patch = "", .control = "", .treatment = "", .not_tried = error.what()});
  }
  return found;
}

}  // namespace assay::engine
