#include "experiments/decide/attempt_analysis.hpp"

#include "experiments/decide/challenge/challenge_analysis.hpp"
#include "experiments/decide/challenge/own_inputs_analysis.hpp"
#include "experiments/decide/comparison/cell_analysis.hpp"
#include "experiments/decide/comparison/suite_analysis.hpp"
#include "experiments/decide/race/race_analysis.hpp"

namespace assay::decide {
namespace {

std::unique_ptr<Analysis> analysis_of(const Plan& plan) {
  if (plan.challenge && cells(plan).size() > 1) return std::make_unique<OwnInputsAnalysis>(plan);
  if (plan.challenge) return std::make_unique<ChallengeAnalysis>(plan);
  if (is_race(plan)) return std::make_unique<RaceAnalysis>(plan);
  if (plan.protocol.claim == ClaimRule::suite) return std::make_unique<SuiteAnalysis>(plan);
  return std::make_unique<CellAnalysis>(plan);
}

}  // namespace

AttemptAnalysis::AttemptAnalysis(const Plan& plan) : analysis_(analysis_of(plan)) {}

bool AttemptAnalysis::is_futile() const {
  const std::optional<double> chance = chance_left();
  return chance && *chance < kFutileChance;
}

}  // namespace assay::decide
