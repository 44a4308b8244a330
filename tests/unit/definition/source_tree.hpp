#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "experiments/definition/definition.hpp"

namespace assay::test {

/// A file of the source tree, by its path from the root.
inline std::string source_file(const std::string& path) {
  std::ifstream file(std::string(ASSAY_SOURCE_FOLDER "/") + path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The smallest experiment file, with room for more at its end.
inline std::string small_experiment(const std::string& more = "") {
  return R"([experiment]
id = "poll"
hypothesis = "Polling is faster"
[variable]
kind = "env"
name = "READY_MODE"
control = "sleep"
treatment = "poll"
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[[workload]]
name = "deploy"
command = ["./deploy.sh"]
)" + more;
}

inline definition::Definition parse(const std::string& toml) {
  return definition::parse_definition({"test.toml", toml});
}

}  // namespace assay::test
