#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::adversary {

/// The foreign commands that running a plan's arms means, in their order, each with its place: "build: make",
/// "trial: ./run".
[[nodiscard]] std::vector<std::string> foreign_commands(const Plan& plan);

}  // namespace assay::adversary
