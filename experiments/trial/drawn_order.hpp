#pragma once

#include <cstddef>
#include <vector>

#include "core/variable.hpp"

namespace assay::trial {

/// All arms, in an order that is drawn anew each time: so no time stamp, inode or port tells control from a treatment
/// because its folder was made first.
[[nodiscard]] std::vector<ArmIndex> drawn_order(std::size_t arms);

}  // namespace assay::trial
