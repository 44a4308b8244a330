#include "stats/reference/mann_whitney_distribution.hpp"

#include "core/assert.hpp"

namespace assay::stats {
namespace {

/// Number of arrangements for each value of U, by the recurrence of Mann and Whitney on the largest value: either it
/// belongs to treatment and exceeds all controls, or it belongs to control and exceeds nothing.
std::vector<double> arrangements(std::size_t treatments, std::size_t controls) {
  const std::size_t values = treatments * controls + 1;
  std::vector<std::vector<double>> ways(treatments + 1, std::vector<double>(values, 0.0));
  for (std::vector<double>& row : ways) row[0] = 1;
  for (std::size_t control = 1; control <= controls; ++control) {
    for (std::size_t treatment = 1; treatment <= treatments; ++treatment) {
      for (std::size_t u = control; u <= treatment * control; ++u) {
        ways[treatment][u] += ways[treatment - 1][u - control];
      }
    }
  }
  return ways[treatments];
}

}  // namespace

MannWhitneyDistribution::MannWhitneyDistribution(int treatments, int controls) {
  ASSAY_ASSERT(treatments >= 1 && controls >= 1);
  upper_tails_ = arrangements(static_cast<std::size_t>(treatments), static_cast<std::size_t>(controls));
  for (std::size_t u = upper_tails_.size() - 1; u-- > 0;) upper_tails_[u] += upper_tails_[u + 1];
  const double all = upper_tails_[0];
  for (double& tail : upper_tails_) tail /= all;
}

int MannWhitneyDistribution::maximum() const {
  return static_cast<int>(upper_tails_.size()) - 1;
}

double MannWhitneyDistribution::upper_tail(int u) const {
  if (u <= 0) return 1;
  if (u > maximum()) return 0;
  return upper_tails_[static_cast<std::size_t>(u)];
}

}  // namespace assay::stats
