#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/plan.hpp"
#include "experiments/decide/analysis/analysis.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"

namespace assay::decide {

/// The look at which the evidence asked to stop.
struct StoppingLook {
  int blocks = 0;
  LookKind kind = LookKind::scheduled;
  Verdict verdict = Verdict::inconclusive;  ///< of the comparison, or of its suite
};

/// Some of a cell's blocks in the order of the schedule.
struct BlockRange {
  int first = 0;  ///< blocks before it
  int count = 0;
};

[[nodiscard]] std::span<const Block> blocks_in(std::span<const Block> blocks, const BlockRange& range);

/// The analysis of an attempt that compares each treatment with control in each cell. When it looks and what stops it
/// is left to those that derive from it.
class ComparisonAnalysis : public Analysis {
 public:
  void add(const Block& block) override;
  void set_audit(const AuditResult& audit) override;
  void cut_by_time() override;
  void close_interrupted() override;

  [[nodiscard]] std::optional<double> chance_left() const override;
  void stop_as_futile() override;
  [[nodiscard]] bool was_futile() const override { return futile_chance_.has_value(); }
  /// The chance that was left when it was stopped as futile.
  [[nodiscard]] std::optional<double> futile_chance() const { return futile_chance_; }

  [[nodiscard]] bool finished() const override;
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const override;
  [[nodiscard]] int complete_blocks(std::size_t cell) const override { return cells_.at(cell).complete_count(); }
  /// All of them, always.
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const override;
  [[nodiscard]] Progress progress(std::size_t cell) const override;
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const override;

  [[nodiscard]] const Plan& plan() const override { return plan_; }
  [[nodiscard]] const AuditResult& audit() const { return audit_; }
  [[nodiscard]] const std::vector<CellBlocks>& cells() const { return cells_; }
  /// Cell by cell, treatment by treatment.
  [[nodiscard]] const std::vector<ComparisonState>& comparisons() const { return comparisons_; }
  /// Complete blocks that a comparison rests on: those at its close, or all so far.
  [[nodiscard]] std::span<const Block> blocks_of(const ComparisonState& comparison) const;

 protected:
  ComparisonAnalysis(Plan given, StopsBy stops_by);

  /// Takes every look that the cell's blocks allow.
  virtual void look_where_due(std::size_t cell) = 0;
  /// One last look at the blocks there are.
  virtual void look_last() = 0;
  /// Blocks of the cell at its next look. It is measuring.
  [[nodiscard]] virtual int next_look(std::size_t cell) const = 0;
  /// Judges what is averaged over cells by the fresh blocks there are.
  virtual void confirm_averages() {}
  /// Takes every look at fresh blocks that is due, of a sequential test of them.
  virtual void look_at_fresh_where_due();
  /// One last look at the fresh blocks there are.
  virtual void look_at_fresh_last();
  /// Looks with the tests of one comparison's fresh blocks. Returns whether the attempt goes on, as `look_at`.
  [[nodiscard]] bool look_at_fresh(ComparisonState& comparison, int until, LookKind kind);

  [[nodiscard]] std::vector<ComparisonState>& comparisons() { return comparisons_; }
  [[nodiscard]] const TestCounts& counts() const { return counts_; }
  [[nodiscard]] bool cell_is_measuring(std::size_t cell) const;
  [[nodiscard]] int leading_count(const ComparisonState& comparison) const;
  /// Looks with the tests of one comparison. If that makes it invalid the attempt ends; returns whether it goes on.
  [[nodiscard]] bool look_at(ComparisonState& comparison, int blocks, LookKind kind);
  /// True if what it shows is not yet claimed, since all of its blocks had the same order and there will be others.
  [[nodiscard]] bool waits_for_other_order(const ComparisonState& comparison, int blocks, LookKind kind) const;
  /// Ends the looks of a comparison: fresh blocks follow if they are asked for, otherwise it is over.
  void stop(ComparisonState& comparison, Stop stop, const StoppingLook& look);
  [[nodiscard]] BlockRange fresh_blocks(int stopped_at, int leading) const;
  /// How long trials take in the cells of these comparisons, by their blocks before the first look.
  [[nodiscard]] TrialLength length_of_trials(std::size_t cell) const;

 private:
  [[nodiscard]] bool cell_is_open(std::size_t cell) const;
  void check_void_blocks(std::size_t cell);
  void check_failures(std::size_t cell);
  void confirm(ComparisonState& comparison);
  void confirm_where_due();
  void invalidate(ComparisonState& comparison, VerdictReason reason);
  void end_attempt(Stop stop);

  Plan plan_;
  TestCounts counts_;
  AuditResult audit_;
  std::optional<double> futile_chance_;
  std::vector<CellBlocks> cells_;
  std::vector<ComparisonState> comparisons_;
};

}  // namespace assay::decide
