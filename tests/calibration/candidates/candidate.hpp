#pragma once

#include <string>
#include <vector>

#include "stats/sequential/looks.hpp"
#include "tests/calibration/candidates/scores.hpp"

namespace assay::candidates {

/// How much of a level may have been used up by each look.
enum class Spending {
  logarithm,       ///< the engine's
  pocock,          ///< a ln(1 + (e - 1) t)
  square,          ///< a t^2
  obrien_fleming,  ///< 2 - 2 Phi(z(a / 2) / sqrt(t))
  peeking,         ///< all of it, at every look anew: what must not be
};

enum class Coins {
  independent,        ///< the engine's
  opposite_in_pairs,  ///< one coin orders two blocks in a row, the second the other way round
};

/// How alpha is divided between better and worse.
enum class Sides { equal, better_declared };

/// One way to test: the engine's own with one or two things changed.
struct Candidate {
  std::string name;
  Scores scores = Scores::signed_ranks;
  Spending spending = Spending::logarithm;
  stats::LookPlan looks;  ///< the cap is set by the study
  Coins coins = Coins::independent;
  Sides sides = Sides::equal;
};

/// The engine first, then all that were tried against it.
[[nodiscard]] std::vector<Candidate> all_candidates(int cap);

/// The share of a side's level that may have been used up by each look; what it is of matters to O'Brien and Fleming.
[[nodiscard]] std::vector<double> spending_shares(Spending spending, const std::vector<int>& looks, double level);

}  // namespace assay::candidates
