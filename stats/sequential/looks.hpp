#pragma once

#include <vector>

namespace assay::stats {

/// How far apart the looks lie.
enum class LookSpacing {
  geometric,    ///< each look has `growth` times as many blocks as the one before
  every_block,  ///< after every block, for trials that cost far more than a look
};

/// When to look, fixed before the first trial.
struct LookPlan {
  int first = 6;         ///< blocks; fewer blocks can show nothing at the usual levels
  int cap = 200;         ///< blocks at the last look
  double growth = 1.25;  ///< geometric only; above 1
  LookSpacing spacing = LookSpacing::geometric;
  friend bool operator==(const LookPlan&, const LookPlan&) = default;
};

/// Numbers of complete blocks at which to look, ascending; the last is the cap.
///
/// Geometric looks start at `first`; each next one is v <- max(growth v, last + 1), rounded. A look is dropped if fewer
/// than 15 % more blocks remain before the cap. If `first` is at or above the cap, there is only one look, at the cap.
/// Default plan: 6 8 9 12 15 18 23 29 36 45 56 70 87 109 136 171 200.
/// \throws Error if `first` or `cap` is below 1 or `growth` is not above 1.
[[nodiscard]] std::vector<int> look_schedule(const LookPlan& plan);

}  // namespace assay::stats
