#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>

namespace assay::stats {

/// The position of a double in the ascending order of all doubles, so that neighbours differ by 1. `value` must not be
/// NaN.
[[nodiscard]] constexpr std::int64_t position_of(double value) {
  const auto bits = std::bit_cast<std::int64_t>(value);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

/// The double at a position: the inverse of `position_of`.
[[nodiscard]] constexpr double double_at(std::int64_t position) {
  return std::bit_cast<double>(position >= 0 ? position : std::numeric_limits<std::int64_t>::min() - position);
}

/// The smallest double from `low` to `high` for which `holds` is true. `holds` must be false up to some point and true
/// from there on, and true at `high`.
///
/// This gives exact order statistics of sets too large to store, from a function that counts the elements up to x.
/// Cost: at most 64 calls, for any ends, including infinite ones.
template <class Predicate>
[[nodiscard]] double smallest_where(double low, double high, Predicate holds) {
  std::int64_t first = position_of(low);
  std::int64_t last = position_of(high);
  while (first < last) {
    const std::int64_t middle = std::midpoint(first, last);
    if (holds(double_at(middle))) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return double_at(last);
}

}  // namespace assay::stats
