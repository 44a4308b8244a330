#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/cli/options.hpp"
#include "experiments/cli/simulation_options.hpp"
#include "experiments/simulation/summary.hpp"

namespace assay::cli {

/// The plan that `simulate` and `plan` play: one positive metric.
[[nodiscard]] Plan played_plan(const ProtocolOptions& options, Direction direction);

/// What a simulation came to, for people and for programs (docs/formats/simulation.md).
[[nodiscard]] std::string simulation_text(const ChosenNoise& noise, const experiments::Play& play,
                                          const experiments::PlaySummary& summary);
[[nodiscard]] nlohmann::json simulation_json(const ChosenNoise& noise, const experiments::Play& play,
                                             const experiments::PlaySummary& summary);
/// The shares of the verdicts alone, by name.
[[nodiscard]] nlohmann::json shares_json(const experiments::PlaySummary& summary);

}  // namespace assay::cli
