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
  bool scheduled = true;      ///< else the one last look with all of alpha
  double spending_share = 0;  ///< of a level that may have been used up by now
};

/// The tabulated boundary of the design that this occasion calls for.
[[nodiscard]] BoundaryPoint tabulated_point(const BoundaryDesign& design, const Occasion& occasion);

/// What all sides share of one look.
struct SharedLook {
  const RankedSums* ranked = nullptr;
  Occasion occasion;
  bool plain = true;  ///< no effect is 0 and no two magnitudes are equal
};

/// One side at one look.
struct SideOutcome {
  bool crossed = false;             ///< the boundary at zero, at this very look
  std::int64_t critical_value = 0;  ///< of the untied signed-rank test, for every shift but 0; may exceed n (n + 1) / 2
};

/// One side of the sequential test: its exact boundary at zero, and what follows for other shifts and the p-value.
class SequentialSide {
 public:
  SequentialSide(BoundaryDesign design, VectorCount count);

  /// \param observed  doubled sum of the observed scores that speak for this side's claim.
  SideOutcome look(const SharedLook& shared, std::int32_t observed);

  /// The smallest level at which, and at every larger one, the looks so far cross; see sequential_p_value.hpp.
  /// \param looks  the shared part of every look so far, in order.
  [[nodiscard]] std::optional<double> smallest_crossed_level(std::span<const SharedLook> looks) const;

 private:
  BoundaryDesign design_;
  VectorCount count_;
  ConditionalBoundary boundary_;
  std::vector<std::int32_t> observed_;  ///< at each look so far
};

}  // namespace assay::stats
