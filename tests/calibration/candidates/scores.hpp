#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::candidates {

/// What a block's values count for in the sum whose signs the coins turn.
enum class Scores {
  signed_ranks,        ///< the engine's: ranks of the magnitudes
  normal,              ///< normal quantiles of these ranks (van der Waerden)
  logarithmic,         ///< logarithms of these ranks
  plain,               ///< the effect itself
  winsorised,          ///< the effect, cut at 1.5 standard deviations as the median magnitude tells them
  hyperbolic,          ///< tanh of the effect over that deviation
  pooled_ranks,        ///< difference of the two trials' ranks among the trials of all blocks
  pooled_normal,       ///< difference of the normal quantiles of these
  order_adjusted,      ///< ranks after taking off the median difference of second and first trials
  neighbour_adjusted,  ///< ranks after regression on the trial before the block and the one after it
  locally_scaled,      ///< ranks of the effect over the median magnitude of the ten blocks around it
};

/// Logarithms of the values of some blocks in the order in which they ran, whatever the arm.
struct TimedBlocks {
  std::vector<double> first;
  std::vector<double> second;
};

/// The score of each block, second trial against first. It is made from values in the order of time alone: under "no
/// effect" these are the same however the coins fall, so that any such score keeps the exact test exact.
[[nodiscard]] std::vector<std::int32_t> scores_of(Scores kind, const TimedBlocks& blocks);

}  // namespace assay::candidates

namespace assay {

template <>
struct EnumNames<candidates::Scores> {
  static constexpr std::array<std::string_view, 11> values = {
      "signed ranks",       "normal scores",           "logarithms of ranks", "plain effects",
      "winsorised effects", "tanh of effects",         "pooled ranks",        "pooled normal",
      "order effect off",   "regressed on neighbours", "locally scaled"};
};

}  // namespace assay
