#pragma once

#include <span>
#include <vector>

#include "core/result.hpp"

namespace assay::stats {

/// Evidence against "the effect is `null_effect`" that may be looked at after every block, with no cap: under the null
/// hypothesis it ever reaches 1/alpha with probability at most alpha (Ville). Natural logarithms throughout, since the
/// values themselves overflow after a thousand blocks.
///
/// Null hypothesis: given the blocks before, each effect is as likely above as below the null effect, by the same
/// amounts (the coin of the block's order). Effects may be infinite (a failed trial).
/// Sources: Ville (1939); Waudby-Smith and Ramdas (2024), J. Royal Statistical Society B 86(1):1-27; for the signs
/// Krichevsky and Trofimov (1981), IEEE Trans. Inf. Theory 27(2):199-207. See docs/methods/anytime.md.
struct Evidence {
  double log_clip_above = 0;  ///< ln of the bets that effects are above, clipped and scaled by the blocks before
  double log_clip_below = 0;
  double log_sign = 0;  ///< ln of the mixture on the number of effects above
  /// ln E, where E = (clip_above + clip_below) / 4 + sign / 2: what is compared with ln(1/alpha).
  double log_total = 0;
};

/// Evidence after all the blocks given. Cost: O(n log n), and n^2 / 2 moved words.
[[nodiscard]] Evidence evidence_against(double null_effect, std::span<const double> effects);

/// ln E after each block, for the anytime p-value min(1, 1 / max E) and for stopping.
[[nodiscard]] std::vector<double> log_evidence_path(double null_effect, std::span<const double> effects);

/// min(1, 1 / max E) along the path: valid at any stopping time. Never 0.
[[nodiscard]] double anytime_p_value(std::span<const double> log_evidence_path);

/// Confidence sequence at the last block: an interval that holds every effect with E < 1/alpha, as small as can be
/// found by the parts of E that grow outwards (evidence_process.hpp), so that no effect beyond an end is missed.
/// Infinite ends where nothing bounds it yet. Cost: O(n log n) and 128 passes over the effects. \throws Error unless 0
/// < alpha < 1.
[[nodiscard]] Interval confidence_sequence(std::span<const double> effects, double alpha);

/// Whether both ends share one evidence, or each has its own at a level of its own.
enum class EvidenceSides { together, one_by_one };
/// ln of what the evidence must reach to reject, for null effects above the data ("the effect lies below") and below
/// it.
struct EvidenceLimits {
  double below = 0;
  double above = 0;
  EvidenceSides sides = EvidenceSides::together;
};
/// The same with the scales known and the limits of each side stated.
[[nodiscard]] Interval confidence_sequence(std::span<const double> effects, std::span<const double> scales,
                                           const EvidenceLimits& limits);

}  // namespace assay::stats
