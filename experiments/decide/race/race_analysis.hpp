#pragma once

#include <vector>

#include "core/plan.hpp"
#include "experiments/decide/analysis/analysis.hpp"
#include "experiments/decide/race/level_race.hpp"

namespace assay::decide {

/// The analysis of an attempt whose levels race, one race in each cell.
class RaceAnalysis final : public Analysis {
 public:
  explicit RaceAnalysis(Plan given);

  void add(const Block& block) override;
  void set_audit(const AuditResult& audit) override;
  void cut_by_time() override;
  void close_interrupted() override;

  [[nodiscard]] bool finished() const override;
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const override;
  [[nodiscard]] int complete_blocks(std::size_t cell) const override;
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const override;
  /// Without an estimate: no level is the one that the others are compared with.
  [[nodiscard]] Progress progress(std::size_t cell) const override;
  [[nodiscard]] AttemptResult result() const override;
  /// A race has none: nobody judges thousands of them.
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const override;

  [[nodiscard]] const Plan& plan() const override { return plan_; }
  /// The plan of the confirmation: one look at a fixed number of fresh blocks.
  [[nodiscard]] const Plan& confirmation_plan() const { return confirmation_plan_; }
  [[nodiscard]] const AuditResult& audit() const { return audit_; }
  /// One for each cell.
  [[nodiscard]] const std::vector<LevelRace>& races() const { return races_; }

 private:
  void close_all(const MetricVerdict& verdict, Stop stop);

  Plan plan_;
  Plan confirmation_plan_;
  AuditResult audit_;
  std::vector<LevelRace> races_;
};

}  // namespace assay::decide
