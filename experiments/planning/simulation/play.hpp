#pragma once

#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::planning {

/// Whether an attempt stops if more blocks are futile, as `assay compare` does.
enum class WhenFutile { goes_on, stops };

/// A protocol that is played on noise instead of on a machine.
struct Play {
  /// Made by `value_plan`, with a cap and one trial of each arm in a block. Its seed is the seed of the simulation.
  Plan plan;
  Noise noise;       ///< of one arm
  Percent shift{0};  ///< the true change of treatment against control
  WhenFutile when_futile = WhenFutile::goes_on;
};

/// How many attempts to play, on how many threads.
struct PlayCount {
  int attempts = 1000;
  int threads = 1;
};

/// Plays the attempt with that number: draws its noise and its coins, and gives the blocks one by one to the analysis
/// that `assay run` uses, until the analysis has finished.
[[nodiscard]] decide::ComparisonOutline play_attempt(const Play& play, int number);

/// Plays the attempts 0 .. count - 1. Each has random streams of its own, so that the number of threads changes
/// nothing.
[[nodiscard]] std::vector<decide::ComparisonOutline> play_attempts(const Play& play, const PlayCount& count);

/// The blocks of one attempt up to the cap, and those that would confirm a stop there.
struct DrawnBlocks {
  std::vector<BlockOrder> orders;
  std::vector<design::ValuePair> pairs;
};
[[nodiscard]] DrawnBlocks draw_blocks(const Play& play, int number);

}  // namespace assay::planning
