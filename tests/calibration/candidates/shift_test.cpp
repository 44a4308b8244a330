#include "tests/calibration/candidates/shift_test.hpp"

#include <utility>

namespace assay::candidates {
namespace {

TimedBlocks without_shift(const PlayedBlocks& blocks, std::size_t count, double shift) {
  const auto end = static_cast<std::ptrdiff_t>(count);
  TimedBlocks values{.first = {blocks.values.first.begin(), blocks.values.first.begin() + end},
                     .second = {blocks.values.second.begin(), blocks.values.second.begin() + end}};
  for (std::size_t block = 0; block < count; ++block) {
    (blocks.treatment_second[block] ? values.second : values.first)[block] -= shift;
  }
  return values;
}

/// What each coin turns: a block's score, or that of two blocks which one coin orders in opposite ways.
std::vector<std::int32_t> scores_of_coins(std::vector<std::int32_t> scores, Coins coins) {
  if (coins == Coins::independent) return scores;
  std::vector<std::int32_t> of_pairs;
  for (std::size_t block = 0; block < scores.size(); ++block) {
    if (block % 2 == 0) of_pairs.push_back(scores[block]);
    if (block % 2 == 1) of_pairs.back() -= scores[block];
  }
  return of_pairs;
}

}  // namespace

ShiftTest::ShiftTest(Design design, stats::SignVectors& vectors) : design_(std::move(design)), vectors_(&vectors) {
  const auto side = [&](double level) -> std::optional<Side> {
    if (level == 0) return std::nullopt;
    return Side{level, spending_shares(design_.spending, design_.looks, level),
                stats::ConditionalBoundary({.vectors = vectors.count(), .observed_included = vectors.enumerated()})};
  };
  above_ = side(design_.levels.above);
  below_ = side(design_.levels.below);
}

bool ShiftTest::crosses(std::optional<Side>& side, const stats::RankedSums& ranked, std::int32_t observed) {
  if (!side) return false;
  if (design_.spending == Spending::peeking) {
    side->boundary =
        stats::ConditionalBoundary({.vectors = vectors_->count(), .observed_included = vectors_->enumerated()});
  }
  const std::optional<std::int32_t> critical =
      side->boundary.look(ranked, {.observed = observed, .cumulative_alpha = side->level * side->shares[looks_done_]});
  return critical && observed >= *critical;
}

ShiftTest::Crossed ShiftTest::look(const PlayedBlocks& blocks) {
  const auto count = static_cast<std::size_t>(design_.looks[looks_done_]);
  const std::vector<std::int32_t> scores =
      scores_of_coins(scores_of(design_.scores, without_shift(blocks, count, design_.shift)), blocks.coins);
  const std::size_t blocks_of_a_coin = blocks.coins == Coins::independent ? 1 : 2;
  std::int32_t negative = 0;
  std::int32_t total = 0;
  std::int32_t observed = 0;
  for (std::size_t coin = 0; coin < scores.size(); ++coin) {
    if (scores[coin] < 0) negative -= scores[coin];
    total += std::abs(scores[coin]);
    if (blocks.treatment_second[coin * blocks_of_a_coin]) observed += scores[coin];
  }
  // All scores may be negative: from the least sum there can be, as the boundary wants them.
  std::vector<std::int32_t> sums = vectors_->score_sums(scores);
  for (std::int32_t& sum : sums) sum += negative;
  const stats::RankedSums ranked = stats::rank_sums(sums);
  const Crossed crossed{.above = crosses(above_, ranked, observed + negative),
                        .below = crosses(below_, ranked, total - observed - negative)};
  ++looks_done_;
  return crossed;
}

}  // namespace assay::candidates
