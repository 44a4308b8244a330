#pragma once

#include <span>

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

/// Whether both ends share one evidence, or each end has its own evidence at its own level.
enum class EvidenceSides { together, one_by_one };
/// ln of the value that the evidence must reach to reject: `below` for null effects above the data (the claim is "the
/// effect lies below"), `above` for null effects below the data.
struct EvidenceLimits {
  double below = 0;
  double above = 0;
  EvidenceSides sides = EvidenceSides::together;
};
/// Confidence sequence at the last block: an interval that contains every effect whose E is below the limit of its
/// side. It is as small as the parts of E that grow outwards allow (evidence_process.hpp), so that no effect beyond an
/// end is missed. An end is infinite if nothing bounds it yet. Over all looks it is the intersection of the sequence
/// after every block, which may be empty (low > high). Cost: 128 passes over the effects. \param scales  of each
/// effect, known before it was seen (predictable_scale.hpp)
[[nodiscard]] Interval confidence_sequence(std::span<const double> effects, std::span<const double> scales,
                                           const EvidenceLimits& limits,
                                           IntervalScope scope = IntervalScope::this_look);

}  // namespace assay::stats
