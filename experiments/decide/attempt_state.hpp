#pragma once

#include <optional>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"
#include "experiments/decide/cell_blocks.hpp"
#include "experiments/decide/comparison_state.hpp"
#include "experiments/decide/levels.hpp"

namespace assay::decide {

/// The average over cells for one treatment, where that is the claim.
struct SuiteState {
  ArmIndex treatment = 1;
  MetricTest primary;
  std::optional<int> stopped_at = {};  ///< blocks at a stop that fresh blocks are to confirm
};

/// Where the looks of a comparison came to their end.
struct StopPlace {
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

/// Everything that the analysis of an attempt knows while blocks come in; `attempt_result` makes the result of it.
class AttemptState {
 public:
  explicit AttemptState(Plan given);
  AttemptState(const AttemptState&) = delete;
  AttemptState& operator=(const AttemptState&) = delete;

  /// \throws Error (invalid) for a block that the plan cannot have.
  void add(const Block& block);
  void set_audit(const AuditResult& audit);
  void cut_by_time();
  void close_interrupted();

  [[nodiscard]] bool finished() const;
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const;

  [[nodiscard]] int complete_blocks(std::size_t cell) const { return cells_.at(cell).complete_count(); }
  /// All of them, always.
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const;

  [[nodiscard]] const Plan& plan() const { return plan_; }
  [[nodiscard]] const AuditResult& audit() const { return audit_; }
  [[nodiscard]] const TestCounts& counts() const { return counts_; }
  [[nodiscard]] const std::vector<CellBlocks>& cells() const { return cells_; }
  /// Cell by cell, treatment by treatment.
  [[nodiscard]] const std::vector<ComparisonState>& comparisons() const { return comparisons_; }
  /// One per treatment where the suite is the claim; none otherwise.
  [[nodiscard]] const std::vector<SuiteState>& suites() const { return suites_; }

  /// Complete blocks that a comparison rests on: at its close, or so far.
  [[nodiscard]] std::span<const Block> blocks_of(const ComparisonState& comparison) const;
  /// The primary metric of all cells for one treatment, averaged over these of their blocks.
  [[nodiscard]] PairedSeries suite_series(ArmIndex treatment, const BlockRange& range) const;
  /// Blocks that every cell has.
  [[nodiscard]] int blocks_of_suite() const;

 private:
  [[nodiscard]] bool cell_is_open(std::size_t cell) const;
  [[nodiscard]] bool cell_is_measuring(std::size_t cell) const;
  [[nodiscard]] int leading_count(const ComparisonState& comparison) const;

  void check_surroundings(std::size_t cell);
  void check_failures(std::size_t cell);
  void look_where_due(std::size_t cell);
  void choose_looks(std::size_t cell);
  void choose_looks_of_suite();
  void look_at_cell(std::size_t cell, int blocks, LookKind kind);
  void look_at_suite(int blocks, LookKind kind);
  void judge(SuiteState& suite, int blocks, LookKind kind);
  void stop(ComparisonState& comparison, Stop stop, const StopPlace& place);
  [[nodiscard]] BlockRange fresh_blocks(int stopped_at, int leading) const;
  void confirm(ComparisonState& comparison);
  void confirm_where_due();
  void confirm_suites();
  void invalidate(ComparisonState& comparison, VerdictReason reason);
  void end_attempt(Stop stop);

  Plan plan_;
  std::vector<std::vector<int>> looks_;  ///< of each cell
  TestCounts counts_;
  AuditResult audit_;
  std::vector<CellBlocks> cells_;
  std::vector<std::size_t> looks_done_;  ///< of each cell
  std::vector<ComparisonState> comparisons_;
  std::vector<SuiteState> suites_;
};

}  // namespace assay::decide
