#pragma once

#include <vector>

#include "core/record/baseline.hpp"
#include "core/record/gate.hpp"
#include "core/units.hpp"

namespace assay::decide {

/// Trials of a change, and trials of its base from another time.
struct StoredPair {
  const Baseline& base;
  const Baseline& change;
};

/// What loss is not accepted, and how sure an interval is to be.
struct StoredRule {
  Percent alert;
  double alpha = 0.05;  ///< two-sided, over all cells
};

/// Compares the primary metric of the change with that of the stored baseline, cell by cell: two-sample Hodges-Lehmann
/// estimate with the Mann-Whitney interval, at alpha divided by the number of cells. A cell has passed if the whole
/// interval lies below the alert threshold. It has regressed if the estimate reaches the threshold and the interval
/// lies above half of it. Trials of the change that failed make it invalid. Nothing here knows whether the machine was
/// alike on both days. docs/methods/gate.md
[[nodiscard]] std::vector<StoredComparison> stored_comparisons(const StoredPair& pair, const StoredRule& rule);

}  // namespace assay::decide
