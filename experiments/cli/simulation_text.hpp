#pragma once

#include <string>
#include <variant>

#include <nlohmann/json_fwd.hpp>

#include "experiments/cli/options.hpp"
#include "experiments/cli/simulation_options.hpp"
#include "experiments/planning/simulation/claims.hpp"
#include "experiments/planning/simulation/summary.hpp"

namespace assay::cli {

/// The plan that `simulate` and `plan` play: one positive metric.
[[nodiscard]] Plan played_plan(const ProtocolOptions& options, Direction direction);

/// What was played, and what it came to.
struct Simulated {
  ChosenNoise noise;
  planning::Play play;
  /// Of the whole protocol; or of its single tests, where they were asked for.
  std::variant<planning::PlaySummary, planning::Claims> outcome;
};
/// For people.
[[nodiscard]] std::string simulation_text(const Simulated& simulated);
/// For programs: docs/formats/simulation.md.
[[nodiscard]] nlohmann::json simulation_json(const Simulated& simulated);
}  // namespace assay::cli
