#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result/parity.hpp"

namespace assay::decide {

/// The fewest blocks from which a side says anything: fewer cannot show a difference at 5 % in their own environment.
inline constexpr int kFewestParityBlocks = 6;

/// The effects of one environment's blocks, treatment - control on the analysis scale.
struct SideEffects {
  std::string environment_name;
  std::vector<double> effects;
};

/// What is asked of the interaction.
struct InteractionRule {
  double margin = 0;    ///< on the analysis scale
  double alpha = 0.05;  ///< two-sided, over all pairs
};

/// Tests every pair of environments: the two-sample Hodges-Lehmann estimate of the difference of block effects, its
/// Mann-Whitney interval at alpha divided by the number of pairs, and p adjusted by Holm. A pair agrees if its interval
/// lies within the margin on both sides of 0; else it differs if p is at most alpha; else it cannot be told, and the
/// missing blocks are estimated from the spreads. docs/methods/parity.md
/// \returns the pairs in the order of the sides: 1 and 2, 1 and 3, 2 and 3, ...
[[nodiscard]] std::vector<ParityPair> interactions(std::span<const SideEffects> sides, const InteractionRule& rule);

}  // namespace assay::decide
