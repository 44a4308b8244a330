#pragma once

#include <optional>

#include "core/plan.hpp"

namespace assay::definition {

/// What was said of the numbers of blocks, by a file or on the command line; nothing: not said.
struct BlockNumbers {
  std::optional<int> fixed;       ///< exactly so many, analysed once
  std::optional<int> first_look;  ///< min_blocks
  std::optional<int> cap;         ///< max_blocks
};

/// The protocol with these numbers, and where none is said the default of its mode: anytime evidence needs no cap; a
/// costly design has 6 trials of each arm, and a look before the last only where min_blocks asks for it.
[[nodiscard]] Protocol with_block_numbers(Protocol protocol, const BlockNumbers& numbers);

}  // namespace assay::definition
