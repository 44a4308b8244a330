#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "core/metric.hpp"
#include "core/plan.hpp"
#include "core/seed.hpp"
#include "core/state.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"
#include "core/workload.hpp"

namespace assay::experiments {

/// An effect that the hypothesis promises: "20 % less time" is 1 - T/C, "20 % faster" is C/T - 1.
struct Expectation {
  std::string text;
  double ratio = 1;  ///< treatment to control
  friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// An absolute limit on one metric of one cell.
struct Target {
  std::string workload;
  std::string state;
  std::string metric;
  std::string statistic = "median";
  std::optional<double> at_most;  ///< in the metric's unit
  std::optional<double> at_least;
  friend bool operator==(const Target&, const Target&) = default;
};

/// What an experiment file says, checked; nothing in it depends on the machine or the moment.
struct Definition {
  std::string id;
  std::string hypothesis;
  std::vector<std::string> assumptions;
  std::optional<Expectation> expectation;
  Variable variable;
  std::vector<Workload> workloads;
  std::vector<State> states;
  std::vector<Metric> metrics;
  std::vector<Check> checks;
  Protocol protocol;
  std::optional<Seed> seed;  ///< nothing: "auto", drawn when the plan is frozen
  std::vector<Target> targets;
  std::optional<Simulation> simulation;
  friend bool operator==(const Definition&, const Definition&) = default;
};

/// Where a definition's text came from, for messages.
struct SourceText {
  std::string name;  ///< as the user gave it
  std::string text;
};

/// Reads TOML, or JSON where the name ends in ".json" or the text starts with "{".
/// \throws Error with file, line and column (JSON: line for syntax, JSON pointer for the rest), the accepted values
/// and, for a misspelt key, the nearest.
[[nodiscard]] Definition parse_definition(const SourceText& source);

/// What the schema cannot say: names are unique and refer to something, exactly one metric is primary, arms differ,
/// margins are there where they must be. \throws Error
void check_definition(const Definition& definition);

/// Splits as a POSIX shell splits words: blanks, quotes, backslashes; nothing is expanded.
/// \throws Error for an open quote, and for a bare pipe, redirection, `$`, `;` or `&`: it names -S.
[[nodiscard]] Argv split_command(std::string_view command);

}  // namespace assay::experiments
