#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/budget.hpp"
#include "core/units.hpp"

namespace assay {

/// How machines of one environment are recognised; read from `.assay/environments.toml` (docs/formats/environments.md).
/// Patterns have `*` and `?`. An empty one, and a rule without any, asks for nothing.
struct EnvironmentRule {
  std::string name;
  std::string hostname = {};                          ///< pattern
  std::string cpu_model = {};                         ///< pattern
  std::string image = {};                             ///< pattern: what the machine's software comes from
  std::map<std::string, std::string> variables = {};  ///< environment variable -> pattern of its value
  Budget budget = {};                                 ///< of each of its machines
  std::optional<nanoseconds> job_limit = {};          ///< a session of `run` pauses after this time
  friend bool operator==(const EnvironmentRule&, const EnvironmentRule&) = default;
};

}  // namespace assay
