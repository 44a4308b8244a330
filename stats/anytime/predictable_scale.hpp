#pragma once

#include <span>
#include <vector>

namespace assay::stats {

/// The scale of each effect, computed only from the effects before it. From the fifth effect on it is 1.4826 times the
/// median absolute deviation of the earlier effects; for the second to fourth it is their median magnitude; the first
/// has none (0). It is infinite if most of the earlier effects are.
/// Cost: O(log n) for each effect, and moving n / 2 words.
class PredictableScale {
 public:
  /// The scale of the next effect, from those added so far.
  [[nodiscard]] double next() const;
  void add(double effect);
  /// All effects added, ascending.
  [[nodiscard]] std::span<const double> sorted() const { return sorted_; }

 private:
  std::vector<double> sorted_;
  std::vector<double> magnitudes_;  ///< magnitudes of the first few effects, ascending
};

/// The scale of each effect in turn.
[[nodiscard]] std::vector<double> predictable_scales(std::span<const double> effects);

}  // namespace assay::stats
