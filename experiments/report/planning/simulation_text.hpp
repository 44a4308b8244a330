#pragma once

#include <string>
#include <variant>

#include <nlohmann/json_fwd.hpp>

#include "experiments/interop/noise_choice.hpp"
#include "experiments/planning/simulation/claims.hpp"
#include "experiments/planning/simulation/summary.hpp"

namespace assay::report {

/// What was played, and how it ended.
struct Simulated {
  interop::ChosenNoise noise;
  planning::Play play;
  /// How the whole protocol ended, or, if that was asked for, what its single tests claimed.
  std::variant<planning::PlaySummary, planning::Claims> outcome;
};
/// For people.
[[nodiscard]] std::string simulation_text(const Simulated& simulated);
/// For programs: docs/formats/simulation.md.
[[nodiscard]] nlohmann::json simulation_json(const Simulated& simulated);

}  // namespace assay::report
