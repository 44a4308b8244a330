#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "stats/anytime/e_process.hpp"
#include "stats/anytime/evidence_process.hpp"
#include "stats/anytime/predictable_scale.hpp"

namespace assay::test {

// The evidence of whole series, as its definition has it. AnytimeTest goes on from block to block.

/// Evidence after all the given blocks. Cost: O(n log n), and n^2 / 2 moved words.
inline stats::Evidence evidence_against(double null_effect, std::span<const double> effects) {
  return stats::evidence_after(null_effect, effects, stats::predictable_scales(effects)).evidence();
}

/// ln E after each block.
inline std::vector<double> log_evidence_path(double null_effect, std::span<const double> effects) {
  const std::vector<double> scales = stats::predictable_scales(effects);
  stats::EvidenceProcess process(null_effect);
  std::vector<double> path;
  for (std::size_t block = 0; block < effects.size(); ++block) {
    process.add(effects[block], scales[block]);
    path.push_back(process.evidence().log_total);
  }
  return path;
}

/// min(1, 1 / max E) along the path, and never 0.
inline double anytime_p_value(std::span<const double> log_evidence_path) {
  double highest = 0;
  for (const double log_evidence : log_evidence_path) highest = std::max(highest, log_evidence);
  return std::max(std::exp(-highest), std::numeric_limits<double>::min());
}

/// The confidence sequence whose two ends share one evidence at 1/alpha.
inline Interval confidence_sequence(std::span<const double> effects, double alpha) {
  const double limit = -std::log(alpha);
  return stats::confidence_sequence(effects, stats::predictable_scales(effects), {.below = limit, .above = limit});
}

}  // namespace assay::test
