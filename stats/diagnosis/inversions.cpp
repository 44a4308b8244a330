#include "stats/diagnosis/inversions.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

namespace assay::stats {
namespace {

/// Merges the two sorted halves of `from` into `to`; every value taken from the right one jumps over what is left of
/// the left one.
std::int64_t merge_counting(std::span<const double> from, std::size_t half, std::span<double> to) {
  std::int64_t inversions = 0;
  std::size_t left = 0;
  std::size_t right = half;
  for (double& slot : to) {
    if (right == from.size() || (left < half && from[left] <= from[right])) {
      slot = from[left++];
    } else {
      slot = from[right++];
      inversions += static_cast<std::int64_t>(half - left);
    }
  }
  return inversions;
}

}  // namespace

std::int64_t sort_counting_inversions(std::vector<double>& values) {
  std::vector<double> merged(values.size());
  std::int64_t inversions = 0;
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
      const std::size_t length = std::min(2 * width, values.size() - begin);
      inversions += merge_counting(std::span(values).subspan(begin, length), std::min(width, length),
                                   std::span(merged).subspan(begin, length));
    }
    values.swap(merged);
  }
  return inversions;
}

}  // namespace assay::stats
