#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/cli/plan_facts.hpp"
#include "experiments/planning/simulation/summary.hpp"

namespace assay::cli {

/// On what noise the chances of a plan are to be judged.
struct ExpectedNoise {
  planning::Noise noise;
  std::string name;                         ///< "a pilot of 10 blocks"
  std::optional<double> seconds_per_block;  ///< of one cell, where it was measured
};

/// How the plan ends where the effect, towards the better, is this large.
struct Chance {
  double effect_percent = 0;
  planning::PlaySummary summary;
};

/// What the protocol comes to, by playing it: at no effect, half the margin, the margin, and twice and three times it.
struct Chances {
  std::string noise;
  std::optional<double> seconds_per_block;
  int trials = 0;
  std::vector<Chance> of_effects;
  /// The smallest of those effects that is shown with the plan's power; nothing where none is.
  std::optional<double> detectable_percent;
};

/// Why a plan's chances cannot be simulated; empty where they can.
[[nodiscard]] std::string why_not_simulated(const Plan& plan);

/// \param plan  one that can be simulated. \param levels  of the primary metric, as the plan tests one comparison.
[[nodiscard]] Chances chances_of(const Plan& plan, const decide::TestLevels& levels, const ExpectedNoise& noise);

[[nodiscard]] std::string chances_text(const Chances& chances);
[[nodiscard]] nlohmann::json chances_json(const Chances& chances);

}  // namespace assay::cli
