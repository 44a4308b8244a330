#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/plan.hpp"
#include "experiments/decide/analysis/analysis.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/challenge/claim_grader.hpp"
#include "experiments/decide/levels/looks.hpp"

namespace assay::decide {

/// The analysis of an attempt that measures a claim again, in the one cell that the claim is about. It looks as the
/// plan says and stops at the first grade. Its result holds the comparison of treatment with control over the same
/// blocks, by one look at all of them, and beside it the grade.
class ChallengeAnalysis final : public Analysis {
 public:
  /// \throws Error (invalid) if the plan does not have what its claim is about.
  explicit ChallengeAnalysis(const Plan& plan);

  void add(const Block& block) override;
  void set_audit(const AuditResult& audit) override;
  void cut_by_time() override;
  void close_interrupted() override;

  [[nodiscard]] bool finished() const override { return stop_.has_value(); }
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const override;
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const override;
  [[nodiscard]] int complete_blocks(std::size_t cell) const override;

  [[nodiscard]] Progress progress(std::size_t cell) const override;
  [[nodiscard]] AttemptResult result() const override;
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const override;
  [[nodiscard]] const Plan& plan() const override { return plan_; }

 private:
  void look_where_due();
  void look_at(int blocks, const GradingLook& look);
  void end(Stop stop, GradeReason reason);
  void check_failures();
  [[nodiscard]] std::span<const Block> judged_blocks() const;
  [[nodiscard]] ChallengeResult challenge_result(const AttemptResult& compared) const;

  Plan plan_;
  CellBlocks blocks_;
  Looks looks_;
  std::unique_ptr<ClaimGrader> grader_;  ///< from the first look on
  AuditResult audit_;
  std::optional<Stop> stop_;
  GradeReason ended_by_ = GradeReason::none;  ///< what ended it before there was a grade
  int judged_ = 0;                            ///< blocks at its end
};

/// The plan of treatment against control only, judged by one look at so many blocks.
[[nodiscard]] Plan two_arm_plan(const Plan& challenge, int blocks);
/// The block with only the trials of control and treatment.
[[nodiscard]] Block two_arm_block(const Block& block);

}  // namespace assay::decide
