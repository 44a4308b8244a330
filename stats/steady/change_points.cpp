#include "stats/steady/change_points.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"
#include "stats/summary.hpp"

namespace assay::stats {
namespace {

/// Sums of squares about the mean of any stretch, from running sums. Values are first taken relative to the overall
/// mean, so that the squares that cancel are small.
class SquaresOfStretches {
 public:
  explicit SquaresOfStretches(std::span<const double> series) : sums_(1, 0.0), squares_(1, 0.0) {
    const double centre = mean(series);
    for (const double value : series) {
      const double centred = value - centre;
      sums_.push_back(sums_.back() + centred);
      squares_.push_back(squares_.back() + centred * centred);
    }
  }

  [[nodiscard]] double from_to(std::size_t first, std::size_t end) const {
    const double sum = sums_[end] - sums_[first];
    return squares_[end] - squares_[first] - sum * sum / static_cast<double>(end - first);
  }

 private:
  std::vector<double> sums_;
  std::vector<double> squares_;
};

/// A possible start of the last segment, and the cost of the best division with it.
struct Candidate {
  std::size_t start = 0;
  double cost = 0;
};

}  // namespace

std::vector<std::size_t> change_points(std::span<const double> series, double penalty) {
  ASSAY_ASSERT(penalty > 0);
  if (series.empty()) return {};
  const SquaresOfStretches squares(series);
  std::vector<double> least(series.size() + 1);
  std::vector<std::size_t> last_start(series.size() + 1);
  least[0] = -penalty;  // the first segment is no change
  std::vector<Candidate> candidates = {{}};
  for (std::size_t end = 1; end <= series.size(); ++end) {
    least[end] = std::numeric_limits<double>::infinity();
    for (Candidate& candidate : candidates) {
      candidate.cost = least[candidate.start] + squares.from_to(candidate.start, end);
      if (candidate.cost + penalty >= least[end]) continue;
      least[end] = candidate.cost + penalty;
      last_start[end] = candidate.start;
    }
    // A start that loses by more than a penalty now can never win again: whatever follows, a change here would beat it.
    const double bound = least[end];
    std::erase_if(candidates, [bound](const Candidate& candidate) { return candidate.cost > bound; });
    candidates.push_back({.start = end});
  }
  std::vector<std::size_t> changes;
  for (std::size_t start = last_start[series.size()]; start > 0; start = last_start[start]) changes.push_back(start);
  std::reverse(changes.begin(), changes.end());
  return changes;
}

}  // namespace assay::stats
