#include "stats/sequential/sign_sums.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace assay::stats {
namespace {

constexpr std::size_t kGroup = 8;
constexpr std::size_t kPatterns = std::size_t{1} << kGroup;
constexpr std::size_t kGroupsPerWord = 64 / kGroup;

}  // namespace

SignSums::SignSums(std::span<const double> magnitudes)
    : words_((magnitudes.size() + 63) / 64), tables_(words_ * kGroupsPerWord * kPatterns, 0.0) {
  for (std::size_t first = 0; first < magnitudes.size(); first += kGroup) {
    const std::span<double> table = std::span(tables_).subspan(first / kGroup * kPatterns, kPatterns);
    const std::span<const double> group = magnitudes.subspan(first, std::min(kGroup, magnitudes.size() - first));
    for (const double magnitude : group) table[0] -= magnitude;
    for (std::size_t pattern = 1; pattern < kPatterns; ++pattern) {
      const auto lowest = static_cast<std::size_t>(std::countr_zero(pattern));
      const double magnitude = lowest < group.size() ? group[lowest] : 0;
      table[pattern] = table[pattern & (pattern - 1)] + 2 * magnitude;
    }
  }
}

std::size_t SignSums::words() const {
  return words_;
}

double SignSums::operator()(std::span<const std::uint64_t> signs) const {
  double sum = 0;
  const double* table = tables_.data();
  for (std::uint64_t word : signs.first(words_)) {
    double even = 0;
    double odd = 0;
    for (std::size_t group = 0; group < kGroupsPerWord; group += 2) {
      even += table[word & (kPatterns - 1)];
      odd += table[kPatterns + ((word >> kGroup) & (kPatterns - 1))];
      word >>= 2 * kGroup;
      table += 2 * kPatterns;
    }
    sum += even + odd;
  }
  return sum;
}

}  // namespace assay::stats
