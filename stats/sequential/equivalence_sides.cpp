#include "stats/sequential/equivalence_sides.hpp"

#include <utility>

#include "stats/ranks.hpp"

namespace assay::stats {
namespace {

std::vector<double> moved(std::span<const double> effects, double by) {
  std::vector<double> others(effects.begin(), effects.end());
  for (double& effect : others) effect += by;
  return others;
}

}  // namespace

EquivalenceSides::EquivalenceSides(EquivalenceDesign design, VectorCount count)
    : design_(std::move(design)),
      shares_(cumulative_spending(design_.boundary.spending, design_.boundary.looks, 1)),
      count_(count),
      above_minus_margin_(design_.boundary, count),
      below_margin_(design_.boundary, count) {}

EquivalenceValues EquivalenceSides::look(std::span<const double> effects, SignVectors& vectors,
                                         const Occasion& occasion) {
  if (design_.from == EquivalenceBoundary::tabulated) {
    const std::int64_t value = tabulated_point(design_.boundary, occasion).critical_value;
    return {.above_minus_margin = value, .below_margin = value};
  }
  Occasion own = occasion;
  own.spending_share = occasion.scheduled ? shares_[occasion.looks_before] : 1;
  const std::size_t needed = ranks_needed(count_, design_.boundary.level * own.spending_share);
  const auto look_at = [&](SequentialSide& side, double shift, std::int64_t PrattScores::*supporting) {
    const PrattScores scores = pratt_scores(moved(effects, shift));
    const RankedSums ranked = rank_sums(vectors.score_sums(scores.doubled), needed);
    const bool plain = scores.zeros == 0 && !scores.tied;
    return side
        .look({.ranked = &ranked, .occasion = own, .plain = plain}, static_cast<std::int32_t>(scores.*supporting))
        .critical_value;
  };
  return {.above_minus_margin = look_at(above_minus_margin_, design_.margin, &PrattScores::doubled_positive),
          .below_margin = look_at(below_margin_, -design_.margin, &PrattScores::doubled_negative)};
}

}  // namespace assay::stats
