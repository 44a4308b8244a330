#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::adversary {

/// Every command of a plan that is run: builds, hooks, proofs of states, trials, checks, their filters and lists. In
/// their order, each once, with its place: "build: make", "trial: ./run", "check (normalise): sed s/x/y/".
[[nodiscard]] std::vector<std::string> foreign_commands(const Plan& plan);

}  // namespace assay::adversary
