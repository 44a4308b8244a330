#pragma once

#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::decide {

/// One attempt with the plan that it followed, what it measured, and how it was judged.
struct JudgedAttempt {
  Plan plan;
  std::string plan_sha256;  ///< hash of the plan's canonical JSON
  std::vector<Block> blocks;
  AttemptResult result;
};

}  // namespace assay::decide
