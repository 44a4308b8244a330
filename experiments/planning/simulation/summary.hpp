#pragma once

#include <map>
#include <optional>
#include <span>

#include "core/result/verdict.hpp"
#include "experiments/planning/simulation/play.hpp"

namespace assay::planning {

/// How many attempts on one noise ended.
struct PlaySummary {
  int attempts = 0;
  std::map<Verdict, double> shares;         ///< of every verdict, also of those that never occurred
  std::map<VerdictReason, double> reasons;  ///< why attempts were inconclusive, as shares of all attempts
  double mean_blocks = 0;
  int p90_blocks = 0;
  double coverage = 0;   ///< share of attempts whose interval at the stop contains the true effect, but for rounding
  double not_worse = 0;  ///< share that showed "not worse by the margin", whatever the verdict
  /// Share that is "improved" although treatment is truly no better, or "regressed" although it is truly no worse.
  double wrong_direction = 0;
  std::optional<double> false_equivalence;  ///< empty if the true effect is below the margin
  std::optional<double> median_estimate;    ///< as in Effect; empty if no attempt had one
};

/// \param played  at least one attempt of this play.
[[nodiscard]] PlaySummary summarise(const Play& play, std::span<const decide::ComparisonOutline> played);

}  // namespace assay::planning
