#pragma once

#include <span>
#include <vector>

#include "core/interval.hpp"
#include "stats/sequential/running_interval.hpp"

namespace assay::stats {

/// Evidence against "the effect is `null_effect`" that may be looked at after every block, without a cap: under the
/// null hypothesis it ever reaches 1/alpha with probability at most alpha (Ville). All values are natural logarithms,
/// because the evidence itself overflows after a thousand blocks.
///
/// Null hypothesis: given the earlier blocks, each effect is as likely above as below the null effect, by the same
/// amounts (the coin that ordered the block). Effects may be infinite (a failed trial).
/// Sources: Ville (1939); Waudby-Smith and Ramdas (2024), J. Royal Statistical Society B 86(1):1-27; for the signs
/// Krichevsky and Trofimov (1981), IEEE Trans. Inf. Theory 27(2):199-207. See docs/methods/anytime.md.
struct Evidence {
  double log_clip_above = 0;  ///< ln of the bets that effects are above; clipped, scaled by the earlier blocks
  double log_clip_below = 0;
  double log_sign = 0;  ///< ln of the mixture on the number of effects above
  /// ln E, where E = (clip_above + clip_below) / 4 + sign / 2. It is compared with ln(1/alpha).
  double log_total = 0;
};

/// Evidence after all the given blocks. Cost: O(n log n), and n^2 / 2 moved words.
[[nodiscard]] Evidence evidence_against(double null_effect, std::span<const double> effects);

/// ln E after each block, for the anytime p-value min(1, 1 / max E) and for stopping.
[[nodiscard]] std::vector<double> log_evidence_path(double null_effect, std::span<const double> effects);

/// min(1, 1 / max E) along the path. It is valid at any stopping time and never 0.
[[nodiscard]] double anytime_p_value(std::span<const double> log_evidence_path);

/// Confidence sequence at the last block: an interval that contains every effect with E < 1/alpha. It is as small as
/// the parts of E that grow outwards allow (evidence_process.hpp), so that no effect beyond an end is missed. An end is
/// infinite if nothing bounds it yet.
/// Cost: O(n log n) and 128 passes over the effects.
/// \throws Error unless 0 < alpha < 1.
[[nodiscard]] Interval confidence_sequence(std::span<const double> effects, double alpha);

/// Whether both ends share one evidence, or each end has its own evidence at its own level.
enum class EvidenceSides { together, one_by_one };
/// ln of the value that the evidence must reach to reject: `below` for null effects above the data (the claim is "the
/// effect lies below"), `above` for null effects below the data.
struct EvidenceLimits {
  double below = 0;
  double above = 0;
  EvidenceSides sides = EvidenceSides::together;
};
/// The same with known scales and a limit for each side. Over all looks it is the intersection of the sequence after
/// every block, which may be empty (low > high).
[[nodiscard]] Interval confidence_sequence(std::span<const double> effects, std::span<const double> scales,
                                           const EvidenceLimits& limits,
                                           IntervalScope scope = IntervalScope::this_look);

}  // namespace assay::stats
