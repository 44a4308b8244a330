#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/seed.hpp"
#include "stats/sequential/sign_sums.hpp"

namespace assay::stats {

/// Sums of random subsets of the values, each subset as large as one arm and drawn without replacement. Every subset is
/// equally likely, and the draws are independent.
///
/// Cost of a draw: 0.3 us for 500 of 1000 values, where a shuffle takes 1.4 us. If clearly fewer than half are chosen,
/// a draw is a shuffle of that many steps.
class RandomDivisions {
 public:
  /// \param values  their sum is 0. \param chosen  from 1 to half of their number.
  RandomDivisions(std::span<const double> values, std::size_t chosen);

  [[nodiscard]] double draw(Generator& generator);

 private:
  double draw_by_bits(Generator& generator);
  double draw_by_shuffle(Generator& generator);

  std::span<const double> values_;
  std::size_t chosen_;
  SignSums sums_;
  std::vector<std::uint64_t> in_;
  std::vector<double> shuffled_;
};

}  // namespace assay::stats
