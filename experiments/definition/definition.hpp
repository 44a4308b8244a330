#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/budget.hpp"
#include "core/check.hpp"
#include "core/metric.hpp"
#include "core/plan.hpp"
#include "core/seed.hpp"
#include "core/target.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"
#include "core/workload.hpp"

namespace assay::definition {

/// What an experiment file says, checked; nothing in it depends on the machine or the moment.
struct Definition {
  std::string id;
  std::string hypothesis;
  std::vector<std::string> assumptions;
  std::string phase = {};  ///< of a baseline, that the idea is to shorten; empty: none is named
  Variable variable;
  std::vector<Workload> workloads;
  std::vector<State> states;
  std::vector<Metric> metrics;
  std::vector<Check> checks;
  std::vector<Plant> plants = {};
  std::vector<Target> targets;
  Budget budget = {};  ///< what one trial may take of its node
  Protocol protocol;
  bool vigilant = false;         ///< trials after the last block look for programs that notice measuring
  bool states_claim = false;     ///< the file says what several cells claim together
  std::string engine = "local";  ///< the name of the engine that runs the blocks; not used if there is a simulation
  std::optional<Seed> seed;      ///< nothing: "auto", drawn when the plan is frozen
  std::optional<Simulation> simulation;
  friend bool operator==(const Definition&, const Definition&) = default;
};

/// In bytes: no experiment needs more.
inline constexpr std::size_t kLargestFile = 1 << 20;

/// Where a definition's text came from, for messages.
struct SourceText {
  std::string name;  ///< as the user gave it
  std::string text;
};

/// Reads TOML, or JSON where the name ends in ".json" or the text starts with "{", and refuses what
/// `check_definition` refuses, and arms that are the same: in a file that is a mistake.
/// \throws Error with file, line and column (JSON: line for syntax, JSON pointer for the rest), the accepted values
/// and, for a misspelt key, the nearest; several mistakes are told at once, each on a line.
[[nodiscard]] Definition parse_definition(const SourceText& source);

/// What the shape of a file cannot say: names are unique and refer to something, exactly one metric is primary, margins
/// are there where they must be, numbers lie in their ranges. Control against itself is allowed. \throws Error
void check_definition(const Definition& definition);

}  // namespace assay::definition
