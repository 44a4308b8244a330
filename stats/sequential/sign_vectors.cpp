#include "stats/sequential/sign_vectors.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kBlocksPerColumn = 8;
constexpr std::size_t kBytesPerDraw = 8;

/// The sum of the scores for each of the 256 sets of eight blocks.
std::array<std::int32_t, 256> byte_sums(std::span<const std::int32_t> scores) {
  std::array<std::int32_t, 256> sums{};
  for (std::size_t byte = 1; byte < sums.size(); ++byte) {
    const auto lowest = static_cast<std::size_t>(std::countr_zero(byte));
    sums[byte] = sums[byte & (byte - 1)] + (lowest < scores.size() ? scores[lowest] : 0);
  }
  return sums;
}

/// One byte for each vector and up to seven more, because whole draws are stored at once.
std::vector<std::uint8_t> drawn_column(Generator generator, std::size_t vectors) {
  std::vector<std::uint8_t> column((vectors + kBytesPerDraw - 1) / kBytesPerDraw * kBytesPerDraw);
  for (std::size_t first = 0; first < column.size(); first += kBytesPerDraw) {
    const std::uint64_t draw = generator();
    for (std::size_t byte = 0; byte < kBytesPerDraw; ++byte) {
      column[first + byte] = static_cast<std::uint8_t>(draw >> (8 * byte));
    }
  }
  return column;
}

}  // namespace

SignVectors::SignVectors(const SignVectorPlan& plan)
    : seed_(plan.seed), enumerated_(plan.length <= kLargestEnumerated) {
  ASSAY_ASSERT(plan.length > 0 && plan.drawn > 0);
  count_ = enumerated_ ? std::size_t{1} << plan.length : static_cast<std::size_t>(plan.drawn);
}

void SignVectors::add_column() {
  const std::size_t index = columns_.size();
  if (enumerated_) {
    std::vector<std::uint8_t> column(count_);
    for (std::size_t vector = 0; vector < count_; ++vector) {
      column[vector] = static_cast<std::uint8_t>(vector >> (kBlocksPerColumn * index));
    }
    columns_.push_back(std::move(column));
  } else {
    columns_.push_back(drawn_column(seed_.stream(Stream::signs, 0, index), count_));
  }
}

std::vector<std::int32_t> SignVectors::score_sums(std::span<const std::int32_t> scores) {
  std::vector<std::int32_t> sums(count_, 0);
  for (std::size_t first = 0; first < scores.size(); first += kBlocksPerColumn) {
    if (columns_.size() == first / kBlocksPerColumn) add_column();
    const std::array<std::int32_t, 256> table =
        byte_sums(scores.subspan(first, std::min(kBlocksPerColumn, scores.size() - first)));
    const std::vector<std::uint8_t>& column = columns_[first / kBlocksPerColumn];
    for (std::size_t vector = 0; vector < count_; ++vector) sums[vector] += table[column[vector]];
  }
  return sums;
}

}  // namespace assay::stats
