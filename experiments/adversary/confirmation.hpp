#pragma once

#include <optional>

#include "core/metric.hpp"
#include "core/seed.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::adversary {

/// What a challenge of a claimed ratio is played on.
struct ChallengePlay {
  double claimed = 0;  ///< above 1; 1 if `not_worse_percent` is claimed
  double truth = 0;    ///< above 0: how many times better treatment really is
  Direction direction = Direction::lower;
  double alpha = 0.05;  ///< two-sided, of this challenge (`challenge_alpha`)
  int cap = 60;         ///< blocks
  planning::Noise noise;
  Seed seed{0};
  /// The change that is planted in control, in percent; a block then has four trials as in a real challenge, and
  /// "refuted" waits until the planted change was found. 0: two trials a block, graded by the interval only.
  double planted_percent = 0;
  std::optional<double> not_worse_percent = std::nullopt;  ///< "not worse by this margin" is claimed instead of a ratio
};

/// How many challenges to play, on how many threads. The number of threads changes nothing.
struct ChallengeCount {
  int challenges = 200;
  int threads = 1;
};

/// How often each grade was given, and what it took.
struct GradeShares {
  double confirmed = 0;
  double exaggerated = 0;
  double refuted = 0;
  double inconclusive = 0;
  double mean_blocks = 0;
  friend bool operator==(const GradeShares&, const GradeShares&) = default;
};

/// Plays challenges on the noise: blocks in random order, looks as in `stats::look_schedule`, the repeated interval of
/// the sequential test, and `grade_ratio` at each look, until there is a grade or the cap is reached.
/// Cost: about 2 ms for each challenge of 60 blocks.
[[nodiscard]] GradeShares play_challenges(const ChallengePlay& play, const ChallengeCount& count);

/// The smallest of some caps, from the play's own cap on, at which a claim that is exactly true ("not worse": where
/// nothing changed) is confirmed in this share of challenges; std::nullopt if 500 blocks are too few.
[[nodiscard]] std::optional<int> cap_to_confirm(ChallengePlay play, double share, const ChallengeCount& count);

}  // namespace assay::adversary
