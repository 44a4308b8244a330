#pragma once

#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/record/baseline_figures.hpp"
#include "core/variable.hpp"

namespace assay::decide {

/// Where the time of every arm goes, by its measured trials that kept their phases, and how much of the difference
/// between control and each other arm every phase carries. Void blocks count for nothing. docs/methods/baselines.md
/// \returns arms without phases if no trial reported a span.
[[nodiscard]] ExperimentPhases experiment_phases(const Plan& plan, const std::vector<Block>& blocks);

/// Two arms of an experiment.
struct ArmPair {
  ArmIndex before = kControl;
  ArmIndex after = 1;
};

/// How much of the difference between two arms each phase carries, from the blocks in which every trial of both was
/// measured and kept its phases. Seconds are means over those blocks, so the changes of the phases and of the rest add
/// up to that of the wall time; the interval is that of the median change of a block.
[[nodiscard]] ArmChange arm_change(const Plan& plan, const std::vector<Block>& blocks, const ArmPair& pair);

}  // namespace assay::decide
