#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "experiments/engine/engine.hpp"
#include "experiments/engine/lanes/side_lanes.hpp"
#include "experiments/engine/local_arms.hpp"
#include "experiments/engine/running_blocks.hpp"
#include "experiments/trial/trial_runner.hpp"

namespace assay::engine {

/// What a group is run with.
struct GroupContext {
  LocalArms& arms;
  SideLanes& lanes;
  RunningBlocks& under_way;
  const StopSignal& stop;
};

/// The trials of blocks that ran side by side.
struct GroupTrials {
  std::vector<std::vector<trial::TrialReport>> reports;  ///< by block, in the order in which they ran
  bool is_whole = true;                                  ///< false: a turn could not be started, and no other followed
  std::optional<DroppedBlock> dropped = {};              ///< if somebody asked to stop at once
};

/// Runs the trials of blocks of one group: turn by turn one arm of all of them at once. If one trial of a turn cannot
/// be prepared, none of it is started, and no further turn is. After a trial whose conclude failed twice, none is
/// either, as the reports say.
[[nodiscard]] GroupTrials run_group(const GroupContext& context, std::span<const BlockOrder> orders);

}  // namespace assay::engine
