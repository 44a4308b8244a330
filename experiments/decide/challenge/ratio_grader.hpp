#pragma once

#include <vector>

#include "experiments/decide/challenge/better_effects.hpp"
#include "experiments/decide/challenge/claim_grader.hpp"
#include "experiments/decide/challenge/running_bounds.hpp"

namespace assay::decide {

/// Both bounds of how many times better an arm is than control.
class ArmBounds {
 public:
  explicit ArmBounds(const BoundsDesign& design) : low_(design), high_(design) {}
  void look(const BetterEffects& effects, LookKind kind);
  /// On the log scale; above 0 is better.
  [[nodiscard]] Interval bounds() const { return {low_.bounds().low, high_.bounds().high}; }
  [[nodiscard]] double estimate() const { return low_.estimate(); }
  [[nodiscard]] double step() const { return low_.step(); }

 private:
  RunningBounds low_;   ///< of what the blocks show at least
  RunningBounds high_;  ///< of what they show at most
};

/// Grades a ratio, or "not worse by a margin": by the repeated interval of how many times better treatment is. Control
/// against itself must show nothing, and the planted change must be found before "refuted" is said, or "confirmed" of
/// "not worse".
class RatioGrader final : public ClaimGrader {
 public:
  RatioGrader(const Plan& plan, std::vector<int> looks);
  void look(std::span<const Block> blocks, const GradingLook& look) override;
  [[nodiscard]] const ChallengeResult& result() const override { return result_; }
  [[nodiscard]] std::optional<Interval> effect_bounds() const override;

 private:
  void look_at_refutation(const BetterEffects& effects, LookKind kind);
  void look_at_controls(std::span<const Block> blocks, LookKind kind);
  [[nodiscard]] Grade grade_at(Moment moment) const;
  [[nodiscard]] bool says_no_difference(Grade grade) const;
  void say(Grade grade, const BetterEffects& effects);

  const Plan& plan_;
  std::size_t metric_;
  ArmBounds claimed_;
  RunningBounds refuting_;  ///< the claimed effect at the lower error rate of "refuted"
  ArmBounds again_;
  ArmBounds planted_;
  bool looked_ = false;
  ChallengeResult result_;
};

}  // namespace assay::decide
