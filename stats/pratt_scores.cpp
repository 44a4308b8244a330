#include "stats/pratt_scores.hpp"

#include "stats/ranks.hpp"

namespace assay::stats {

PrattScores pratt_scores(std::span<const double> effects) {
  MagnitudeRanks ranks = rank_magnitudes(effects);
  PrattScores scores{.doubled = std::move(ranks.doubled), .zeros = ranks.zeros, .tied = ranks.tied};
  for (std::size_t block = 0; block < effects.size(); ++block) {
    if (effects[block] == 0) scores.doubled[block] = 0;
    if (effects[block] > 0) scores.doubled_positive += scores.doubled[block];
    if (effects[block] < 0) scores.doubled_negative += scores.doubled[block];
  }
  return scores;
}

}  // namespace assay::stats
