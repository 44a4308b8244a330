#pragma once

namespace assay::stats {

/// Where the boundary of an equivalence test comes from.
enum class EquivalenceBoundary {
  tabulated,    ///< Lan and DeMets' recursion, for noise of one size
  conditional,  ///< the sign vectors on the ranks of |d + delta| and |d - delta|, as at zero
};

}  // namespace assay::stats
