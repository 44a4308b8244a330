#include "stats/sequential/sign_vectors.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "core/assert.hpp"

namespace assay::stats {
namespace {

constexpr std::size_t kBlocksPerColumn = 8;
constexpr std::size_t kBytesPerDraw = 8;
/// Keeping all of 10,000 blocks would take 25 MB for each metric that is tested.
constexpr std::size_t kMostKept = 1024 / kBlocksPerColumn;

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

std::vector<std::uint8_t> SignVectors::column_at(std::size_t index) const {
  if (!enumerated_) return drawn_column(seed_.stream(Stream::signs, 0, index), count_);
  std::vector<std::uint8_t> column(count_);
  for (std::size_t vector = 0; vector < count_; ++vector) {
    column[vector] = static_cast<std::uint8_t>(vector >> (kBlocksPerColumn * index));
  }
  return column;
}

std::vector<std::int32_t> SignVectors::score_sums(std::span<const std::int32_t> scores) {
  std::vector<std::int32_t> sums(count_, 0);
  std::vector<std::uint8_t> drawn;
  for (std::size_t first = 0; first < scores.size(); first += kBlocksPerColumn) {
    const std::size_t index = first / kBlocksPerColumn;
    if (index < kMostKept && columns_.size() == index) columns_.push_back(column_at(index));
    if (index >= kMostKept) drawn = column_at(index);
    const std::array<std::int32_t, 256> table =
        byte_sums(scores.subspan(first, std::min(kBlocksPerColumn, scores.size() - first)));
    const std::vector<std::uint8_t>& column = index < kMostKept ? columns_[index] : drawn;
    for (std::size_t vector = 0; vector < count_; ++vector) sums[vector] += table[column[vector]];
  }
  return sums;
}

}  // namespace assay::stats
