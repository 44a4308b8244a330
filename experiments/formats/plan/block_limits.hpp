#pragma once

namespace assay::formats {

/// The largest cap. A look draws 19,999 sign vectors, each as long as there are blocks: more is more than machines
/// should be asked for.
inline constexpr int kMostBlocks = 10000;
/// With fewer nothing can be shown at the usual levels.
inline constexpr int kFewestBlocks = 6;
/// The same for a costly design, which counts trials of each arm.
inline constexpr int kFewestCostly = 2;

}  // namespace assay::formats
