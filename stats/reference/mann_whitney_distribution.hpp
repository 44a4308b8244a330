#pragma once

#include <cstddef>
#include <vector>

namespace assay::stats {

/// Up to this many values a sample the null distribution of U is enumerated, which takes 6 million additions.
inline constexpr std::size_t kExactMannWhitneySize = 50;

/// Null distribution of Mann and Whitney's U without ties.
class MannWhitneyDistribution {
 public:
  /// \param treatments, controls  1 .. kExactMannWhitneySize. Cost: O((n m)^2) additions, all of positive numbers.
  MannWhitneyDistribution(int treatments, int controls);

  /// n m.
  [[nodiscard]] int maximum() const;
  /// P(U >= u); `u` may lie outside 0 .. maximum().
  [[nodiscard]] double upper_tail(int u) const;

 private:
  std::vector<double> upper_tails_;
};

}  // namespace assay::stats
