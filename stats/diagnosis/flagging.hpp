#pragma once

#include <cstddef>

namespace assay::stats {

/// The level of each diagnostic's test.
inline constexpr double kDiagnosticLevel = 0.01;
/// Nothing is flagged in fewer blocks.
inline constexpr std::size_t kFewestDiagnosedBlocks = 6;
/// The same for statistics whose null distribution is an approximation.
inline constexpr std::size_t kFewestBlocksApproximate = 10;

}  // namespace assay::stats
