#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "stats/sequential/conditional_boundary.hpp"
#include "stats/sequential/sign_vectors.hpp"
#include "tests/calibration/candidates/candidate.hpp"

namespace assay::candidates {

/// One attempt's blocks: what ran when.
struct PlayedBlocks {
  TimedBlocks values;  ///< logarithms, turned so that more is better
  std::vector<bool> treatment_second;
  Coins coins = Coins::independent;
};

/// Levels of claiming that the effect is above, or below, the shift that is tested; 0 where that is not asked.
struct ShiftLevels {
  double above = 0;
  double below = 0;
};

/// A candidate's test of "treatment is better by exactly this shift", from look to look, exact from the coins.
class ShiftTest {
 public:
  struct Design {
    Scores scores;
    Spending spending;
    std::vector<int> looks;
    double shift;
    ShiftLevels levels;
  };
  ShiftTest(Design design, stats::SignVectors& vectors);

  struct Crossed {
    bool above = false;
    bool below = false;
  };
  /// The next look; what it crossed at this very look.
  Crossed look(const PlayedBlocks& blocks);

 private:
  /// One side's boundary and how much of its level each look may have used up.
  struct Side {
    double level;
    std::vector<double> shares;
    stats::ConditionalBoundary boundary;
  };
  bool crosses(std::optional<Side>& side, const stats::RankedSums& ranked, std::int32_t observed);

  Design design_;
  stats::SignVectors* vectors_;
  std::optional<Side> above_;
  std::optional<Side> below_;
  std::size_t looks_done_ = 0;
};

}  // namespace assay::candidates
