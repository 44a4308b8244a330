#pragma once

#include <map>
#include <optional>
#include <span>

#include "core/verdict.hpp"
#include "experiments/planning/simulation/play.hpp"

namespace assay::planning {

/// What many attempts on one noise came to.
struct PlaySummary {
  int attempts = 0;
  std::map<Verdict, double> shares;         ///< of every verdict, those that never came too
  std::map<VerdictReason, double> reasons;  ///< of the inconclusive ones, as shares of all attempts
  double mean_blocks = 0;
  int p90_blocks = 0;
  double coverage = 0;  ///< share whose interval at the stop holds the true effect
  /// Improved where treatment is truly no better, or regressed where it is truly no worse.
  double wrong_direction = 0;
  std::optional<double> false_equivalence;  ///< nothing where the effect is truly below the margin
  std::optional<double> median_estimate;    ///< as in Effect; nothing where no attempt had one
};

/// \param played  at least one attempt of that play.
[[nodiscard]] PlaySummary summarise(const Play& play, std::span<const decide::ComparisonOutline> played);

}  // namespace assay::planning
