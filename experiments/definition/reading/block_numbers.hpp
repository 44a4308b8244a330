#pragma once

#include <optional>
#include <string_view>

#include "core/plan.hpp"

namespace assay::definition {

/// What was said of the numbers of blocks, by a file or on the command line; nothing: not said.
struct BlockNumbers {
  std::optional<int> fixed;       ///< exactly so many, analysed once
  std::optional<int> first_look;  ///< min_blocks
  std::optional<int> cap;         ///< max_blocks
};

/// Why a number of blocks that is analysed once excludes anytime evidence, to be said by whoever reads both.
inline constexpr std::string_view kFixedAndAnytime =
    "a fixed number of blocks is analysed once, anytime evidence after every block";

/// The protocol with these numbers, and where none is said the default of its mode: anytime evidence needs no cap; a
/// costly design has 6 trials of each arm, and a look before the last only where min_blocks asks for it.
/// `numbers.fixed` and anytime evidence exclude each other.
[[nodiscard]] Protocol with_block_numbers(Protocol protocol, const BlockNumbers& numbers);

}  // namespace assay::definition
