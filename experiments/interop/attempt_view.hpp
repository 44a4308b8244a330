#pragma once

#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"

namespace assay::interop {

/// What an export is made of: one attempt, wherever it is kept. It must outlive the view.
struct AttemptView {
  const Plan& plan;
  const std::vector<Block>& blocks;
  const AttemptResult& result;
};

}  // namespace assay::interop
