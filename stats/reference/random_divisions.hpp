#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/seed.hpp"
#include "stats/sequential/sign_sums.hpp"

namespace assay::stats {

/// Sums of as many values as one arm holds, drawn without replacement: every choice is equally likely, and a draw does
/// not depend on those before it.
///
/// Cost of a draw: 0.3 us for 500 of 1000, where a shuffle takes 1.4; of clearly less than half a shuffle of as many
/// steps.
class RandomDivisions {
 public:
  /// \param values  with a sum of 0. \param chosen  1 .. half of them.
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
