#include "stats/reference/random_divisions.hpp"

#include <algorithm>
#include <bit>

#include "core/assert.hpp"

namespace assay::stats {

RandomDivisions::RandomDivisions(std::span<const double> values, std::size_t chosen)
    : values_(values), chosen_(chosen), sums_(values), in_(sums_.words()), shuffled_(values.size()) {
  ASSAY_ASSERT(chosen >= 1 && 2 * chosen <= values.size());
}

double RandomDivisions::draw(Generator& generator) {
  // Coins leave half of the values in. Below 3/8, removing the surplus costs more than choosing directly.
  return 8 * chosen_ >= 3 * values_.size() ? draw_by_bits(generator) : draw_by_shuffle(generator);
}

/// One coin for each value makes every subset of a given size equally likely. Adding or removing one value at a time,
/// each equally likely, keeps it so.
double RandomDivisions::draw_by_bits(Generator& generator) {
  std::size_t count = 0;
  for (std::uint64_t& word : in_) word = generator();
  if (values_.size() % 64 != 0) in_.back() &= (std::uint64_t{1} << (values_.size() % 64)) - 1;
  for (const std::uint64_t word : in_) count += static_cast<std::size_t>(std::popcount(word));
  while (count != chosen_) {
    const std::uint64_t index = generator.below(values_.size());
    const std::uint64_t bit = std::uint64_t{1} << (index % 64);
    std::uint64_t& word = in_[index / 64];
    const bool too_many = count > chosen_;
    if (((word & bit) != 0) != too_many) continue;
    word ^= bit;
    count = too_many ? count - 1 : count + 1;
  }
  // Because all values sum to 0, the sum of those in minus the sum of those out is twice the sum of those in.
  return sums_(in_) / 2;
}

/// The first steps of a Fisher-Yates shuffle, which always starts from the same order.
double RandomDivisions::draw_by_shuffle(Generator& generator) {
  std::ranges::copy(values_, shuffled_.begin());
  double sum = 0;
  for (std::size_t step = 0; step < chosen_; ++step) {
    const std::size_t other = step + generator.below(values_.size() - step);
    sum += shuffled_[other];
    shuffled_[other] = shuffled_[step];
  }
  return sum;
}

}  // namespace assay::stats
