#pragma once

#include <vector>

#include "core/seed.hpp"
#include "stats/diagnosis/diagnostics.hpp"

namespace assay::test {

/// Blocks of a positive metric, on the logarithmic scale, that a test bends as it needs.
struct SimulatedBlocks {
  std::vector<double> control;
  std::vector<double> treatment;
  std::vector<int> treatment_position;
  std::vector<double> effects;  ///< filled by `series`

  /// treatment - control, block by block; spans into this object. The margin is 3 %.
  [[nodiscard]] stats::BlockSeries series();
};

/// White noise: values of 100 with a standard deviation of 3 %, orders by a fair coin, no effect.
[[nodiscard]] SimulatedBlocks white_noise(std::size_t blocks, Seed seed);

/// The diagnostic of that kind.
[[nodiscard]] const Diagnostic& find(const stats::Diagnosis& diagnosis, DiagnosticKind kind);

}  // namespace assay::test
