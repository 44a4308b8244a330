#pragma once

#include <span>

#include "core/seed.hpp"

namespace assay::stats {

/// Medians of bootstrap resamples of one sorted sample, without drawing the resamples.
///
/// The indices of a resample are n independent uniform variables, cut down to whole numbers. Its median is the value at
/// the middle index in order, and the order statistics of n uniform variables are ratios of gamma variables. So two
/// gamma variables replace n draws, and the medians have exactly the distribution that drawing and sorting gives.
/// Source: Devroye (1986), Non-Uniform Random Variate Generation, Springer, chapter V.3.
class ResampledMedians {
 public:
  /// \param sorted  at least 2 values, ascending; they must outlive this object.
  explicit ResampledMedians(std::span<const double> sorted) : sorted_(sorted) {}

  /// Cost: about 0.1 us, whatever the number of values.
  [[nodiscard]] double draw(Generator& generator) const;

 private:
  [[nodiscard]] double at(double share) const;

  std::span<const double> sorted_;
};

}  // namespace assay::stats
