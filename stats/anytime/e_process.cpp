#include "stats/anytime/e_process.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "core/error.hpp"
#include "stats/anytime/evidence_process.hpp"
#include "stats/anytime/predictable_scale.hpp"
#include "stats/bisection.hpp"
#include "stats/interval.hpp"

namespace assay::stats {
namespace {

/// An effect beyond this counts as far away as that of a failed trial.
constexpr double kFurthest = std::numeric_limits<double>::max();

}  // namespace

Evidence evidence_against(double null_effect, std::span<const double> effects) {
  return evidence_after(null_effect, effects, predictable_scales(effects)).evidence();
}

std::vector<double> log_evidence_path(double null_effect, std::span<const double> effects) {
  const std::vector<double> scales = predictable_scales(effects);
  EvidenceProcess process(null_effect);
  std::vector<double> path;
  path.reserve(effects.size());
  for (std::size_t block = 0; block < effects.size(); ++block) {
    process.add(effects[block], scales[block]);
    path.push_back(process.evidence().log_total);
  }
  return path;
}

double anytime_p_value(std::span<const double> log_evidence_path) {
  double highest = 0;
  for (const double log_evidence : log_evidence_path) highest = std::max(highest, log_evidence);
  return std::max(std::exp(-highest), std::numeric_limits<double>::min());
}

Interval confidence_sequence(std::span<const double> effects, double alpha) {
  if (!(alpha > 0 && alpha < 1)) {
    throw Error(fmt::format("alpha {}: expected a number between 0 and 1, for example 0.05", alpha));
  }
  const std::vector<double> scales = predictable_scales(effects);
  return confidence_sequence(effects, scales,
                             {.below = -std::log(alpha), .above = -std::log(alpha), .sides = EvidenceSides::together});
}

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
