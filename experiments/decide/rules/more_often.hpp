#pragma once

#include <algorithm>
#include <span>

#include "core/block.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/reference/proportion.hpp"

namespace assay::decide {

/// Two arms of which the first is asked to show something more often.
struct Frequencies {
  ArmIndex more = 1;
  ArmIndex less = kControl;
};

/// Whether trials of one arm show something in more blocks than those of the other: by a one-sided McNemar test at 1 %.
/// With fewer than 7 blocks, which cannot reach that level, whether they do in every block of the one and in none of
/// the other.
template <class Shows>
[[nodiscard]] bool is_more_often(std::span<const Block> blocks, const Frequencies& arms, Shows shows) {
  constexpr double kLevel = 0.01;
  constexpr std::size_t kBlocksThatReachLevel = 7;
  const auto any = [&shows](const Block& block, ArmIndex arm) {
    const auto trials = trials_of(block, arm);
    return std::any_of(trials.begin(), trials.end(), [&shows](const Trial* trial) { return shows(*trial); });
  };
  int only_more = 0;
  int only_less = 0;
  for (const Block& block : blocks) {
    const bool one = any(block, arms.more);
    const bool other = any(block, arms.less);
    only_more += one && !other ? 1 : 0;
    only_less += other && !one ? 1 : 0;
  }
  if (blocks.size() < kBlocksThatReachLevel) return !blocks.empty() && only_more == static_cast<int>(blocks.size());
  return stats::mcnemar_test({.only_control = only_less, .only_treatment = only_more}, stats::Alternative::greater) <
         kLevel;
}

}  // namespace assay::decide
