#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/sequential/equivalence_boundary.hpp"
#include "stats/sequential/sequential_side.hpp"
#include "stats/sequential/sign_vectors.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::stats {

/// Everything that fixes the two equivalence tests before the first look.
struct EquivalenceDesign {
  BoundaryDesign boundary;  ///< of each of the two tests
  double margin = 0;        ///< delta
  EquivalenceBoundary from = EquivalenceBoundary::tabulated;
};

/// The critical values of one look: of the test that the effect is above -delta, and of that it is below +delta.
struct EquivalenceValues {
  std::int64_t above_minus_margin = 0;
  std::int64_t below_margin = 0;
};

/// The two one-sided tests that together show equivalence (docs/methods/sequential-test.md).
///
/// If the effect is exactly -delta, the signs of d + delta are fair coins given their magnitudes, so the boundary that
/// the sign vectors give is exact whatever the noise does. If some magnitudes are equal, the values come from the
/// tabulated boundary, as they do for the other shifts.
/// Cost of a look if the boundary is conditional: twice that of a look at zero.
class EquivalenceSides {
 public:
  EquivalenceSides(EquivalenceDesign design, VectorCount count);

  EquivalenceValues look(std::span<const double> effects, SignVectors& vectors, const Occasion& occasion);

 private:
  EquivalenceDesign design_;
  std::vector<double> shares_;  ///< of the level that may have been used up by each look
  VectorCount count_;
  SequentialSide above_minus_margin_;
  SequentialSide below_margin_;
};

}  // namespace assay::stats
