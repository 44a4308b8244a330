#pragma once

#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// How the trials of a comparison lie in time, and with that what its unit of inference is (docs/methods/designs.md).
enum class Design {
  blocks,        ///< one trial of each arm, one after the other in random order
  abba,          ///< quads: the arms in random order, then in the reverse order; two trials of each
  costly,        ///< at most ten trials of each arm, completely randomised; no blocks
  costly_quads,  ///< the same, completely randomised in quads, of two trials of each arm
  duet,          ///< both arms at once, each on a CPU of its own, which the coin picks
};

/// A few expensive trials, analysed by the exact permutation test of docs/methods/costly.md.
[[nodiscard]] constexpr bool is_costly(Design design) {
  return design == Design::costly || design == Design::costly_quads;
}

/// What several trials of one arm in a block are reduced to.
enum class InnerStatistic { median, min, mean };

/// "block", "quad". The trials of a costly design lie in no unit; they are counted by arm.
[[nodiscard]] constexpr std::string_view unit_name(Design design) {
  return design == Design::abba ? "quad" : "block";
}

template <>
struct EnumNames<Design> {
  static constexpr std::array<std::string_view, 5> values = {"blocks", "abba", "costly", "costly-quads", "duet"};
};

template <>
struct EnumNames<InnerStatistic> {
  static constexpr std::array<std::string_view, 3> values = {"median", "min", "mean"};
};

}  // namespace assay
