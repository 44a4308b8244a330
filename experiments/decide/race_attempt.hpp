#pragma once

#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/decide/level_race.hpp"

namespace assay::decide {

/// The analysis of an attempt whose levels race, one race in each cell; the counterpart of AttemptState.
class RaceAttempt {
 public:
  explicit RaceAttempt(Plan given);
  RaceAttempt(const RaceAttempt&) = delete;
  RaceAttempt& operator=(const RaceAttempt&) = delete;

  /// \throws Error (invalid) for a block that the plan cannot have.
  void add(const Block& block);
  void set_audit(const AuditResult& audit);
  void cut_by_time();
  void close_interrupted();

  [[nodiscard]] bool finished() const;
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const;
  [[nodiscard]] int complete_blocks(std::size_t cell) const;
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const;

  [[nodiscard]] const Plan& plan() const { return plan_; }
  /// One look at so many fresh blocks.
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
