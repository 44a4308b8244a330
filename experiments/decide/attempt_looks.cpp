#include <algorithm>

#include "experiments/decide/attempt_state.hpp"
#include "experiments/decide/reach_rule.hpp"

namespace assay::experiments {
namespace {

/// After a look that the clock asked for, it is the clock that ended the measuring, whatever the look showed.
Stop shown_stop(Stop stop, LookKind kind) {
  return kind == LookKind::last ? Stop::time : stop;
}

/// What makes a comparison invalid whatever its figures say.
std::optional<VerdictReason> flaw_of(const Plan& plan, const ComparisonState& comparison,
                                     std::span<const Block> blocks) {
  if (comparison.primary().unreadable()) return VerdictReason::unmeasured;
  if (!variable_acted(plan, comparison.place().treatment, blocks)) return VerdictReason::did_not_act;
  return std::nullopt;
}

}  // namespace

void AttemptState::look_where_due(std::size_t cell) {
  if (suites_.empty()) {
    while (cell_is_open(cell) && cells_[cell].leading_count() >= looks_[looks_done_[cell]]) {
      look_at_cell(cell, looks_[looks_done_[cell]++], LookKind::scheduled);
    }
    return;
  }
  while (!finished() && blocks_of_suite() >= looks_[looks_done_[cell]]) {
    const int blocks = looks_[looks_done_[cell]];
    for (std::size_t& done : looks_done_) ++done;
    look_at_suite(blocks, LookKind::scheduled);
  }
}

void AttemptState::look_at_cell(std::size_t cell, int blocks, LookKind kind) {
  const auto leading = cells_[cell].leading().first(static_cast<std::size_t>(blocks));
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell != cell || !comparison.open()) continue;
    comparison.look(leading, kind);
    if (const std::optional<VerdictReason> flaw = flaw_of(plan_, comparison, leading)) {
      invalidate(comparison, *flaw);
      end_attempt(Stop::failed);
      return;
    }
    if (const std::optional<Stop> stop = comparison.wants_to_stop()) {
      comparison.close(shown_stop(*stop, kind), blocks);
    }
  }
}

void AttemptState::look_at_suite(int blocks, LookKind kind) {
  for (ComparisonState& comparison : comparisons_) {
    if (!comparison.open()) continue;
    const CellBlocks& cell = cells_[comparison.place().cell];
    const auto leading = cell.leading().first(static_cast<std::size_t>(blocks));
    comparison.look(leading, kind);
    if (const std::optional<VerdictReason> flaw = flaw_of(plan_, comparison, leading)) {
      invalidate(comparison, *flaw);
      end_attempt(Stop::failed);
      return;
    }
  }
  for (SuiteState& suite : suites_) judge(suite, blocks, kind);
}

/// Looks at the average over cells, and closes all of its comparisons together.
void AttemptState::judge(SuiteState& suite, int blocks, LookKind kind) {
  std::vector<ComparisonState*> parts;
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().treatment == suite.treatment && comparison.open()) parts.push_back(&comparison);
  }
  if (parts.empty()) return;
  suite.primary.look(suite_series(suite.treatment, blocks), kind);
  const bool guards_settled =
      std::all_of(parts.begin(), parts.end(), [](const ComparisonState* part) { return part->guards_settled(); });
  const std::optional<Stop> stop =
      stop_after({.verdict = verdict_at(*suite.primary.last_look(), suite.primary.margin()).verdict,
                  .not_worse = suite.primary.not_worse(),
                  .guards_settled = guards_settled,
                  .last_look = kind == LookKind::last || blocks == looks_.back()},
                 plan_.protocol.goal);
  if (!stop) return;
  for (ComparisonState* part : parts) part->close(shown_stop(*stop, kind), blocks);
}

int AttemptState::blocks_of_suite() const {
  int fewest = looks_.back();
  for (const ComparisonState& comparison : comparisons_) fewest = std::min(fewest, leading_count(comparison));
  return fewest;
}

PairedSeries AttemptState::suite_series(ArmIndex treatment, int blocks) const {
  const std::size_t metric = primary_metric(plan_);
  std::vector<PairedSeries> cells;
  for (const ComparisonState& comparison : comparisons_) {
    if (comparison.place().treatment != treatment) continue;
    const auto leading = cells_[comparison.place().cell].leading().first(static_cast<std::size_t>(blocks));
    cells.push_back(paired_series(plan_, {metric, treatment}, leading));
  }
  return average_series(plan_.metrics[metric], cells);
}

void AttemptState::cut_by_time() {
  if (suites_.empty()) {
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      const int blocks = cells_[cell].leading_count();
      if (blocks > 0 && cell_is_open(cell)) look_at_cell(cell, blocks, LookKind::last);
    }
  } else if (!finished() && blocks_of_suite() > 0) {
    look_at_suite(blocks_of_suite(), LookKind::last);
  }
  end_attempt(Stop::time);
}

}  // namespace assay::experiments
