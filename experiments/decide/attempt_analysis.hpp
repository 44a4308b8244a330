#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "experiments/decide/analysis/analysis.hpp"

namespace assay::decide {

/// More blocks are futile if the chance that they show anything is smaller than this.
inline constexpr double kFutileChance = 0.02;

/// The analysis of one attempt, fed block by block. It is a pure function of the plan, the audit and the blocks in the
/// order given: resuming and verifying feed it the journalled blocks and get the same result.
class AttemptAnalysis {
 public:
  explicit AttemptAnalysis(const Plan& plan);

  /// Takes one block in and looks if a look falls due. Void blocks are counted and otherwise ignored.
  /// \throws Error (invalid) for a block that the plan cannot have.
  void add(const Block& block) { analysis_->add(block); }

  /// Ends the attempt if the audit found a difference between the arms that must not be there.
  void set_audit(const AuditResult& audit) { analysis_->set_audit(audit); }

  /// True if nothing more needs measuring.
  [[nodiscard]] bool finished() const { return analysis_->finished(); }
  /// Blocks the cell still needs to its next look; 0 if it is decided.
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const { return analysis_->blocks_to_next_look(cell); }
  /// The arms that the blocks up to the cell's next look have, ascending; if levels race, those that are left.
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const {
    return analysis_->arms_of_next_blocks(cell);
  }
  /// Complete blocks the cell has.
  [[nodiscard]] int complete_blocks(std::size_t cell) const { return analysis_->complete_blocks(cell); }

  /// Time is up: takes one last look with all of alpha at the blocks there are, in every open cell.
  void cut_by_time() { analysis_->cut_by_time(); }
  /// A person closed the attempt: takes no look, and what is open stays inconclusive.
  void close_interrupted() { analysis_->close_interrupted(); }

  /// The chance that blocks up to the cap still show anything that the attempt waits for; empty if that cannot be told
  /// (docs/methods/futility.md). Below `kFutileChance` more blocks are futile.
  [[nodiscard]] std::optional<double> chance_left() const { return analysis_->chance_left(); }
  [[nodiscard]] bool is_futile() const;
  /// Ends the attempt: what is open stays as its last look left it. It is futile.
  void stop_as_futile() { analysis_->stop_as_futile(); }

  [[nodiscard]] Progress progress(std::size_t cell) const { return analysis_->progress(cell); }
  /// May be asked at any time; while the attempt is unfinished, it is the result so far.
  /// Cost: one p-value for each metric of each comparison.
  [[nodiscard]] AttemptResult result() const { return analysis_->result(); }
  /// One for each comparison, in the order of the result's. The plan is no race.
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const { return analysis_->outlines(); }

 private:
  std::unique_ptr<Analysis> analysis_;
};

}  // namespace assay::decide
