#pragma once

#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// A protocol to be played on noise in place of a machine.
struct Play {
  /// As `value_plan` makes it, with a cap and one trial of each arm in a block; its seed is that of the whole
  /// simulation.
  Plan plan;
  Noise noise;       ///< of one arm
  Percent shift{0};  ///< change of treatment against control: the truth
};

/// How many attempts, on how many threads.
struct PlayCount {
  int attempts = 1000;
  int threads = 1;
};

/// Plays the attempt of that number: draws its noise and coins, and feeds the blocks one by one to the analysis that
/// `assay run` uses, until it has finished.
[[nodiscard]] decide::ComparisonOutline play_attempt(const Play& play, int number);

/// Attempts 0 .. count - 1, each with streams of its own: the same whatever the number of threads.
[[nodiscard]] std::vector<decide::ComparisonOutline> play_attempts(const Play& play, const PlayCount& count);

/// The blocks up to the cap, and those that would confirm a stop there, as the attempt of that number draws them.
struct DrawnBlocks {
  std::vector<BlockOrder> orders;
  std::vector<design::ValuePair> pairs;
};
[[nodiscard]] DrawnBlocks draw_blocks(const Play& play, int number);

}  // namespace assay::planning
