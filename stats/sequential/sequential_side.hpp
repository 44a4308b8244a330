#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/sequential/conditional_boundary.hpp"
#include "stats/sequential/tabulated_boundary.hpp"

namespace assay::stats {

/// When a look is taken, in terms of the design.
struct Occasion {
  std::size_t looks_before = 0;
  int blocks = 0;
  bool scheduled = true;      ///< false for the one last look with all of alpha
  double spending_share = 0;  ///< share of a level that may have been used up by now
};

/// The tabulated boundary of the design at this occasion.
[[nodiscard]] BoundaryPoint tabulated_point(const BoundaryDesign& design, const Occasion& occasion);

/// The part of a look that all sides share.
struct SharedLook {
  const RankedSums* ranked = nullptr;
  Occasion occasion;
  bool plain = true;  ///< no effect is 0 and no two magnitudes are equal
};

/// The result of one side at one look.
struct SideOutcome {
  bool crossed = false;             ///< the boundary at zero was crossed at this very look
  std::int64_t critical_value = 0;  ///< of the untied test, for every shift except 0; may exceed n (n + 1) / 2
};

/// One side of the sequential test: its exact boundary at zero, its boundary for other shifts, and its p-value.
class SequentialSide {
 public:
  SequentialSide(BoundaryDesign design, VectorCount count);

  /// \param observed  doubled sum of the observed scores that support the claim of this side.
  SideOutcome look(const SharedLook& shared, std::int32_t observed);

  /// The smallest level at which, and at every larger one, the looks so far cross; see sequential_p_value.hpp.
  /// \param looks  the shared part of every look so far, in order.
  [[nodiscard]] std::optional<double> smallest_crossed_level(std::span<const SharedLook> looks) const;

 private:
  BoundaryDesign design_;
  VectorCount count_;
  ConditionalBoundary boundary_;
  std::vector<std::int32_t> observed_;  ///< the observed sum at each look so far
};

}  // namespace assay::stats
