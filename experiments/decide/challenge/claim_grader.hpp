#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/interval.hpp"
#include "core/plan.hpp"
#include "core/result/challenge_result.hpp"
#include "experiments/decide/challenge/grading.hpp"
#include "experiments/decide/methods/metric_test_design.hpp"

namespace assay::decide {

/// The arm that the claim says is better.
inline constexpr ArmIndex kClaimedTreatment = 1;

/// One look at a challenge.
struct GradingLook {
  Moment moment = Moment::at_look;
  LookKind kind = LookKind::scheduled;
};

/// Grades one kind of claim by the figures of its blocks. What makes the comparison itself invalid is not its concern.
class ClaimGrader {
 public:
  ClaimGrader() = default;
  ClaimGrader(const ClaimGrader&) = delete;
  ClaimGrader& operator=(const ClaimGrader&) = delete;
  virtual ~ClaimGrader() = default;

  /// \param blocks  exactly those that the look asks for, complete, from 1 without a gap
  virtual void look(std::span<const Block> blocks, const GradingLook& look) = 0;
  /// What the last look has shown. Grade::inconclusive before the first one.
  [[nodiscard]] virtual const ChallengeResult& result() const = 0;
  /// The effect of treatment as `Progress` shows it, on the metric's analysis scale; empty if the claim has none.
  [[nodiscard]] virtual std::optional<Interval> effect_bounds() const { return std::nullopt; }
};

/// The grader of the plan's claim. \pre plan.challenge \param plan  must outlive it
/// \throws Error (invalid) if the plan lacks the metric or the arms that the claim is about.
[[nodiscard]] std::unique_ptr<ClaimGrader> make_claim_grader(const Plan& plan, std::vector<int> looks);

/// The error rate of this challenge: its share of the alpha of the claim's plan.
[[nodiscard]] double challenge_alpha_of(const Plan& plan);

/// Index of the metric that the claim is about. \throws Error (invalid) if the plan has no such metric.
[[nodiscard]] std::size_t claimed_metric(const Plan& plan);
/// Index of the metric with this name. \throws Error (invalid) if the plan has none.
[[nodiscard]] std::size_t metric_called(const Plan& plan, const std::string& name);

}  // namespace assay::decide
