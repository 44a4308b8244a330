#pragma once

#include "experiments/planning/simulation/play.hpp"

namespace assay::planning {

/// Of the attempts of a play that go on to their cap whatever they show, how many made each claim at some look: the
/// single tests, where no rule of the verdict masks them. Effects are oriented, above 0 is worse.
struct Claims {
  int attempts = 0;
  int below_zero = 0;
  int above_zero = 0;
  int below_kappa_margin = 0;
  int above_kappa_margin = 0;
  int equivalent = 0;
  double blocks_below_zero = 0;  ///< mean, to the first look that shows it, the cap where none does
  friend bool operator==(const Claims&, const Claims&) = default;
};

/// \param play  of a protocol in its default mode: scheduled looks of one sequential test.
[[nodiscard]] Claims count_claims(const Play& play, const PlayCount& count);

}  // namespace assay::planning
