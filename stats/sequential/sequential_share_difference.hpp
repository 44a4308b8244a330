#pragma once

#include <span>

#include "core/interval.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// One look at a yes or no per trial: how many blocks so far are worse only in treatment, and only in control.
struct DiscordantLook {
  int blocks = 0;
  int treatment_worse = 0;
  int control_worse = 0;
  double spending_share = 0;  ///< share of a level that may have been used up by now
};

/// A limit that a difference of shares is to be shown below.
struct DifferenceLimit {
  double limit = 0;  ///< from -1 to 1
  double level = 0;  ///< error probability over all looks
};

/// Whether the last look shows that the difference of the shares, P(only treatment is worse) - P(only control is
/// worse), is below `claim.limit`, at an error of `claim.level` over all looks.
///
/// A group-sequential test on the walk of the counts' difference, which each block moves by 1, -1 or 0. The smallest
/// values cross at each look as far as their probability at the limit, without an earlier crossing, fits into the
/// level; what discreteness leaves is available to the next look. The share of discordant blocks is the likeliest one
/// at the limit, given the counts (restricted maximum likelihood, as in score tests). So the error is not guaranteed
/// for every share of discordant blocks (docs/methods/proportions.md). For a limit of 0 the exact test of the signs is
/// to be used. \param looks  in order, blocks and spending ascending. Cost: O(blocks^1.5).
[[nodiscard]] bool difference_shown_below(std::span<const DiscordantLook> looks, const DifferenceLimit& claim);

/// The differences that the last look does not exclude, each side at its own level. It contains the observed
/// difference. Cost: about 60 times that of `difference_shown_below`.
[[nodiscard]] Interval share_difference_interval(std::span<const DiscordantLook> looks, const SideLevels& levels);

}  // namespace assay::stats
