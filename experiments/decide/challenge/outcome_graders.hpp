#pragma once

#include <vector>

#include "experiments/decide/challenge/claim_grader.hpp"
#include "stats/sequential/sequential_share.hpp"

namespace assay::decide {

/// The arm whose rate of success is asked for.
struct RatedArm {
  const Plan& plan;
  const ClaimedMetric& metric;  ///< that counts operations, if it has a name
  ArmIndex arm = kClaimedTreatment;
};
/// Whether every trial of the arm succeeded, and so did all operations in it if the claim names a metric that counts
/// them. \throws Error (invalid) if the plan has no such metric.
[[nodiscard]] bool succeeded(const RatedArm& rated, const Block& block);
/// The figure of an arm's trials that a limit is about.
[[nodiscard]] double figure_of(const ArmSummary& summary, Statistic statistic);

/// Grades a rate of success by exact sequential bounds of the share of blocks in which treatment succeeds. A rate of
/// 100 % is refuted by one failure.
class RateGrader final : public ClaimGrader {
 public:
  RateGrader(const Plan& plan, std::vector<int> looks);
  void look(std::span<const Block> blocks, const GradingLook& look) override;
  [[nodiscard]] const ChallengeResult& result() const override { return result_; }

 private:
  [[nodiscard]] int failures_in(std::span<const Block> blocks) const;
  [[nodiscard]] Grade grade_of(int failures) const;

  const Plan& plan_;
  ClaimedRate claim_;
  int cap_;
  std::vector<stats::CountLook> failures_;   ///< look by look
  std::vector<stats::CountLook> successes_;  ///< look by look
  ChallengeResult result_;
};

/// Grades a limit of a figure of treatment's trials. One challenge is one session, and a limit takes six of them, so it
/// gives no grade by itself.
class LimitGrader final : public ClaimGrader {
 public:
  explicit LimitGrader(const Plan& plan);
  void look(std::span<const Block> blocks, const GradingLook& look) override;
  [[nodiscard]] const ChallengeResult& result() const override { return result_; }

 private:
  const Plan& plan_;
  std::size_t metric_;
  ChallengeResult result_;
};

/// Grades "passes every check": refuted by the first trial of treatment that fails, confirmed at the last look.
class CorrectnessGrader final : public ClaimGrader {
 public:
  CorrectnessGrader() = default;
  void look(std::span<const Block> blocks, const GradingLook& look) override;
  [[nodiscard]] const ChallengeResult& result() const override { return result_; }

 private:
  ChallengeResult result_;
};

}  // namespace assay::decide
