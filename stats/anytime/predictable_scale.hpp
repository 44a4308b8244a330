#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// For each effect the scale known before it was seen: 1.4826 x the median absolute deviation of those before it, from
/// the fifth on; of the second to fourth the median magnitude of those before. The first has none (0). Infinite where
/// most of those before are.
/// Cost: O(log n) an effect, and the moving of n / 2 words.
class PredictableScale {
 public:
  /// Of the next effect, from those added so far.
  [[nodiscard]] double next() const;
  void add(double effect);
  /// All effects added, ascending.
  [[nodiscard]] std::span<const double> sorted() const { return sorted_; }

 private:
  std::vector<double> sorted_;
  std::vector<double> magnitudes_;  ///< of the first few, ascending
};

/// The scale of each effect, one after the other.
[[nodiscard]] std::vector<double> predictable_scales(std::span<const double> effects);

}  // namespace assay::stats
