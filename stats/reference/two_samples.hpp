#pragma once

#include <span>

namespace assay::stats {

/// Unpaired values of two arms, in any order, in one unit. Named so that the arms cannot be swapped by accident.
struct TwoSamples {
  std::span<const double> treatment;
  std::span<const double> control;
};

}  // namespace assay::stats
