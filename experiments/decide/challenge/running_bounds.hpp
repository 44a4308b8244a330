#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/interval.hpp"
#include "core/seed.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

/// Number of sign vectors of a challenge that is recorded; fewer are enough to play thousands.
inline constexpr int kRecordedSignVectors = 19999;

/// What the bounds of one effect rest on, fixed before the first look.
struct BoundsDesign {
  std::vector<int> looks;
  double alpha = 0.05;  ///< two-sided
  Seed seed{0};
  int sign_vectors = kRecordedSignVectors;
};

/// The repeated interval of an effect, narrowed from look to look: the intersection of the intervals of all looks,
/// which hold together. If they contradict each other, the interval of the present look.
class RunningBounds {
 public:
  explicit RunningBounds(BoundsDesign design);

  /// Blocks at the next look; std::nullopt after the last one.
  [[nodiscard]] std::optional<int> next_look() const { return test_.next_look(); }
  /// \param effects  at least as many as the look asks for; on a log scale, above 0 is better.
  /// \param step  how far a coarse clock may have moved them (`effect_step`)
  void look(std::span<const double> effects, double step);
  /// A last look at all effects, because time is up. No look may follow.
  void final_look(std::span<const double> effects, double step);

  /// Widened on both sides by the step at the last look.
  [[nodiscard]] Interval bounds() const { return {bounds_.low - step_, bounds_.high + step_}; }
  /// How much of the distance between an end and the estimate no further block can take away.
  [[nodiscard]] double step() const { return step_; }
  /// The Hodges-Lehmann estimate at the last look.
  [[nodiscard]] double estimate() const { return estimate_; }

 private:
  void take(const stats::Look& look, double step);

  stats::SequentialTest test_;
  Interval bounds_;  ///< not widened
  double step_ = 0;
  double estimate_ = 0;
};

}  // namespace assay::decide
