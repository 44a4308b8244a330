#pragma once

#include "experiments/planning/simulation/play.hpp"

namespace assay::planning {

/// How many attempts made each claim at some look, if every attempt goes on to its cap whatever it shows. These are the
/// claims of the single tests, which no rule of the verdict masks. Effects are oriented: above 0 is worse.
struct Claims {
  int attempts = 0;
  int below_zero = 0;
  int above_zero = 0;
  int below_kappa_margin = 0;
  int above_kappa_margin = 0;
  int equivalent = 0;
  double blocks_below_zero = 0;  ///< mean number of blocks to the first look that shows it; the cap if none does
  friend bool operator==(const Claims&, const Claims&) = default;
};

/// \param play  its protocol is in the default mode: scheduled looks of one sequential test.
[[nodiscard]] Claims count_claims(const Play& play, const PlayCount& count);

}  // namespace assay::planning
