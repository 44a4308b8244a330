#include "stats/anytime/e_process.hpp"

#include <cstddef>
#include <limits>

#include "stats/anytime/evidence_process.hpp"
#include "stats/bisection.hpp"
#include "stats/interval.hpp"

namespace assay::stats {
namespace {

/// An effect beyond this counts as far away as that of a failed trial.
constexpr double kFurthest = std::numeric_limits<double>::max();

}  // namespace

Interval confidence_sequence(std::span<const double> effects, std::span<const double> scales,
                             const EvidenceLimits& limits, IntervalScope scope) {
  const bool together = limits.sides == EvidenceSides::together;
  // True if the evidence reaches its limit after the last block, or after any block.
  const auto reached = [&](double null_effect, const auto& reaches) {
    EvidenceProcess process(null_effect);
    for (std::size_t block = 0; block < effects.size(); ++block) {
      process.add(effects[block], scales[block]);
      if (scope == IntervalScope::all_looks && reaches(process)) return true;
    }
    return reaches(process);
  };
  const auto lies_below = [&](double null_effect) {
    return reached(null_effect, [&](const EvidenceProcess& process) {
      return (together ? process.log_part_below() : process.log_one_sided_below()) >= limits.below;
    });
  };
  // The effects are mirrored, so that the search for the smallest finds the largest.
  const auto lies_above = [&](double mirrored) {
    return reached(-mirrored, [&](const EvidenceProcess& process) {
      return (together ? process.log_part_above() : process.log_one_sided_above()) >= limits.above;
    });
  };
  Interval interval = kUnbounded;
  if (lies_below(kFurthest)) interval.high = smallest_where(-kFurthest, kFurthest, lies_below);
  if (lies_above(kFurthest)) interval.low = -smallest_where(-kFurthest, kFurthest, lies_above);
  return interval;
}

}  // namespace assay::stats
