#pragma once

#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// How the trials of a comparison lie in time, which determines its unit of inference (docs/methods/designs.md).
enum class Design {
  blocks,        ///< one trial of each arm, one after the other in random order
  abba,          ///< quads: the arms in random order, then in the reverse order; two trials of each
  costly,        ///< at most ten trials of each arm, completely randomised; no blocks
  costly_quads,  ///< the same, but each quad of two trials of each arm is randomised
  duet,          ///< both arms at once, each on a CPU of its own that the coin picks
};

/// Whether the design is a few expensive trials, analysed by the exact permutation test of docs/methods/costly.md.
[[nodiscard]] constexpr bool is_costly(Design design) {
  return design == Design::costly || design == Design::costly_quads;
}

/// The value to which several trials of one arm in a block are reduced.
enum class InnerStatistic { median, min, mean };

/// "block" or "quad". The trials of a costly design belong to no unit and are counted by arm.
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
