#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/record/entry.hpp"

namespace assay::test {

/// Values with the names that the files under tests/unit/formats/golden/ give them.
template <class Value>
using Named = std::vector<std::pair<std::string, Value>>;

/// A plan with as many fields set as possible, one with as few as possible, and one for each kind of variable, each
/// form of level and each mode of the protocol.
[[nodiscard]] Named<Plan> golden_plans();
/// A block with a trial of each outcome, a full one and an empty one.
[[nodiscard]] Named<Block> golden_blocks();
/// An entry of each kind.
[[nodiscard]] Named<Entry> golden_entries();

}  // namespace assay::test
