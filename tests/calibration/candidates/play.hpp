#pragma once

#include <string>
#include <vector>

#include "core/metric.hpp"
#include "core/seed.hpp"
#include "experiments/planning/simulation/noise.hpp"
#include "tests/calibration/candidates/candidate.hpp"

namespace assay::candidates {

struct NamedNoise {
  std::string name;
  planning::Noise noise;
  Direction direction = Direction::lower;
};

/// What the study asks of every candidate.
struct Question {
  double margin = 0.02;      ///< a share
  double usual_gain = 0.05;  ///< a true change for the better whose detection is counted
  double large_gain = 0.10;
  double alpha = 0.05;
  int cap = 60;
  int sign_vectors = 1999;
};

/// Verdicts at one kappa.
struct Verdicts {
  int better = 0;
  int worse = 0;
  int equivalent = 0;
  double blocks = 0;  ///< until the verdict, added up
  Verdicts& operator+=(const Verdicts& other);
};

/// What came of some attempts of one candidate on one noise; counts.
struct Tally {
  int attempts = 0;
  int differences = 0;          ///< (a): no effect, a difference claimed at some look
  int beyond_kappa_margin = 0;  ///< (b): of half the margin, more than that claimed
  int equivalent = 0;           ///< (c): of the margin, less than that claimed
  /// The whole protocol: at kappa 1/2, then at kappa 0.
  struct AtKappas {
    Verdicts half;
    Verdicts zero;
  };
  AtKappas without_effect;
  AtKappas usual_gain;
  AtKappas large_gain;
  Tally& operator+=(const Tally& other);
};

/// Plays the attempt of that number on one noise by every candidate: all see the same noise, coins and sign vectors.
[[nodiscard]] std::vector<Tally> play(const std::vector<Candidate>& candidates, const NamedNoise& noise,
                                      const Question& question, Seed seed, int number);

}  // namespace assay::candidates
