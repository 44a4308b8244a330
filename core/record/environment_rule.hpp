#pragma once

#include <map>
#include <string>

#include "core/budget.hpp"

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
  friend bool operator==(const EnvironmentRule&, const EnvironmentRule&) = default;
};

}  // namespace assay
