#include <algorithm>
#include <limits>

#include "experiments/decide/attempt_state.hpp"
#include "experiments/decide/rules/reach_rule.hpp"

namespace assay::decide {
namespace {

/// What makes a comparison invalid whatever its figures say.
std::optional<VerdictReason> flaw_of(const Plan& plan, const ComparisonState& comparison,
                                     std::span<const Block> blocks) {
  if (comparison.primary().unreadable()) return VerdictReason::unmeasured;
  if (!variable_acted(plan, comparison.place().treatment, blocks)) return VerdictReason::did_not_act;
  return std::nullopt;
}

}  // namespace

void AttemptState::look_where_due(std::size_t cell) {
  const auto next = [&] { return look_after(plan_.protocol, looks_[cell], looks_done_[cell]); };
  if (suites_.empty()) {
    if (looks_done_[cell] == 0 && cells_[cell].leading_count() >= next()) choose_looks(cell);
    while (cell_is_measuring(cell) && cells_[cell].leading_count() >= next()) {
      const int blocks = next();
      ++looks_done_[cell];
      look_at_cell(cell, blocks, LookKind::scheduled);
    }
    return;
  }
  if (looks_done_[cell] == 0 && blocks_of_suite() >= next()) choose_looks_of_suite();
  while (cell_is_measuring(cell) && blocks_of_suite() >= next()) {
    const int blocks = next();
    for (std::size_t& done : looks_done_) ++done;
    look_at_suite(blocks, LookKind::scheduled);
  }
}

/// Before the first look, which all choices have at the same number of blocks.
void AttemptState::choose_looks(std::size_t cell) {
  const auto first = static_cast<std::size_t>(looks_[cell].front());
  looks_[cell] = looks_after_first(plan_.protocol, looks_[cell], cells_[cell].leading().first(first));
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell == cell) comparison.choose_looks(looks_[cell]);
  }
}

/// All cells look together, and so by the trials of all.
void AttemptState::choose_looks_of_suite() {
  std::vector<Block> blocks;
  for (const std::size_t cell : compared_cells(plan_)) {
    const auto first = cells_[cell].leading().first(static_cast<std::size_t>(looks_[cell].front()));
    blocks.insert(blocks.end(), first.begin(), first.end());
  }
  const std::vector<int> looks = looks_after_first(plan_.protocol, looks_.front(), blocks);
  looks_.assign(cells_.size(), looks);
  for (ComparisonState& comparison : comparisons_) comparison.choose_looks(looks);
  for (SuiteState& suite : suites_) suite.primary.choose_looks(looks);
}

void AttemptState::look_at_cell(std::size_t cell, int blocks, LookKind kind) {
  const auto leading = cells_[cell].leading().first(static_cast<std::size_t>(blocks));
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.place().cell != cell || !comparison.measuring()) continue;
    comparison.look(leading, kind);
    if (const std::optional<VerdictReason> flaw = flaw_of(plan_, comparison, leading)) {
      invalidate(comparison, *flaw);
      end_attempt(Stop::failed);
      return;
    }
    if (const std::optional<Stop> stop = comparison.wants_to_stop()) {
      this->stop(comparison, *stop, {blocks, kind, comparison.primary().claim()});
    }
  }
}

void AttemptState::look_at_suite(int blocks, LookKind kind) {
  for (ComparisonState& comparison : comparisons_) {
    if (!comparison.measuring()) continue;
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
    if (comparison.place().treatment == suite.treatment && comparison.measuring()) parts.push_back(&comparison);
  }
  if (parts.empty()) return;
  suite.primary.look(suite_series(suite.treatment, {0, blocks}), kind);
  const bool guards_settled =
      std::all_of(parts.begin(), parts.end(), [](const ComparisonState* part) { return part->guards_settled(); });
  const std::optional<Stop> stop =
      stop_after({.verdict = suite.primary.claim(),
                  .not_worse = suite.primary.not_worse(),
                  .guards_settled = guards_settled,
                  .last_look = kind == LookKind::last || blocks == plan_.protocol.max_blocks},
                 plan_.protocol.goal);
  if (!stop) return;
  for (ComparisonState* part : parts) this->stop(*part, *stop, {blocks, kind, suite.primary.claim()});
  if (parts.front()->confirming()) suite.stopped_at = blocks;
}

int AttemptState::blocks_of_suite() const {
  int fewest = std::numeric_limits<int>::max();
  for (const ComparisonState& comparison : comparisons_) fewest = std::min(fewest, leading_count(comparison));
  return fewest;
}

PairedSeries AttemptState::suite_series(ArmIndex treatment, const BlockRange& range) const {
  const std::size_t metric = primary_metric(plan_);
  std::vector<PairedSeries> cells;
  for (const ComparisonState& comparison : comparisons_) {
    if (comparison.place().treatment != treatment) continue;
    const auto blocks = blocks_in(cells_[comparison.place().cell].leading(), range);
    cells.push_back(paired_series(plan_, {metric, treatment}, blocks));
  }
  return average_series(plan_.metrics[metric], cells);
}

void AttemptState::cut_by_time() {
  if (suites_.empty()) {
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
      const int blocks = cells_[cell].leading_count();
      if (blocks > 0 && cell_is_measuring(cell)) look_at_cell(cell, blocks, LookKind::last);
    }
  } else if (blocks_of_suite() > 0) {
    look_at_suite(blocks_of_suite(), LookKind::last);
  }
  end_attempt(Stop::time);
}

}  // namespace assay::decide
