#pragma once

#include <cstddef>

namespace assay {

/// Which arm: its place among the variable's levels. 0 is control; the others are treatments.
using ArmIndex = std::size_t;
inline constexpr ArmIndex kControl = 0;

}  // namespace assay
