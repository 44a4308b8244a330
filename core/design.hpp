#pragma once

#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// How the trials of a comparison lie in time, and with that what its unit of inference is (docs/methods/designs.md).
enum class Design {
  blocks,  ///< one trial of each arm, one after the other in random order
  abba,    ///< quads: the arms in random order, then in the reverse order; two trials of each
};

/// What several trials of one arm in a block are reduced to.
enum class InnerStatistic { median, min, mean };

/// "block", "quad".
[[nodiscard]] constexpr std::string_view unit_name(Design design) {
  return design == Design::abba ? "quad" : "block";
}

template <>
struct EnumNames<Design> {
  static constexpr std::array<std::string_view, 2> values = {"blocks", "abba"};
};

template <>
struct EnumNames<InnerStatistic> {
  static constexpr std::array<std::string_view, 3> values = {"median", "min", "mean"};
};

}  // namespace assay
