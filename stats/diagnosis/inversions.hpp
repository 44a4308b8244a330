#pragma once

#include <cstdint>
#include <vector>

namespace assay::stats {

/// Number of pairs in which an earlier value is greater than a later one; sorts `values`. Cost: O(n log n).
[[nodiscard]] std::int64_t sort_counting_inversions(std::vector<double>& values);

}  // namespace assay::stats
