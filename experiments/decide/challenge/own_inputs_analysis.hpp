#pragma once

#include <memory>
#include <vector>

#include "experiments/decide/challenge/challenge_analysis.hpp"

namespace assay::decide {

/// The analysis of a challenge with several cells: inputs of the challenger's own, or cold states of the claim's
/// workload. Each cell is graded by itself, with the looks and error rates that it would have alone. The first cell is
/// that of the claim, and only its grade is the claim's; it is measured after the cold states of its workload. A claim
/// of correctness is also refuted by a cold state.
class OwnInputsAnalysis final : public Analysis {
 public:
  /// \throws Error (invalid) if the plan does not have what its claim is about.
  explicit OwnInputsAnalysis(const Plan& plan);

  void add(const Block& block) override;
  void set_audit(const AuditResult& audit) override;
  void cut_by_time() override;
  void close_interrupted() override;

  [[nodiscard]] bool finished() const override;
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const override;
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const override;
  [[nodiscard]] int complete_blocks(std::size_t cell) const override;

  [[nodiscard]] Progress progress(std::size_t cell) const override;
  [[nodiscard]] AttemptResult result() const override;
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const override;
  [[nodiscard]] const Plan& plan() const override { return plan_; }

 private:
  /// Another state of the claim's workload.
  [[nodiscard]] bool is_cold_state(std::size_t cell) const;
  [[nodiscard]] bool any_cold_state_is_open() const;

  Plan plan_;
  std::vector<std::unique_ptr<ChallengeAnalysis>> cells_;
};

/// The challenge of one cell alone.
[[nodiscard]] Plan one_cell_plan(const Plan& challenge, std::size_t cell);

}  // namespace assay::decide
