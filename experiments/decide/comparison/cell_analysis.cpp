#include "experiments/decide/comparison/cell_analysis.hpp"

#include "experiments/decide/comparison/attempt_result.hpp"

namespace assay::decide {

CellAnalysis::CellAnalysis(const Plan& plan)
    : ComparisonAnalysis(plan, StopsBy::its_own), looks_(cells().size(), Looks(plan.protocol)) {}

AttemptResult CellAnalysis::result() const {
  return attempt_result(*this, {});
}

void CellAnalysis::look_where_due(std::size_t cell) {
  Looks& looks = looks_[cell];
  const CellBlocks& blocks = cells()[cell];
  if (looks.none_taken() && blocks.leading_count() >= looks.next()) choose_looks(cell);
  while (cell_is_measuring(cell) && blocks.leading_count() >= looks.next()) {
    const int next = looks.next();
    looks.take();
    look_at_cell(cell, next, LookKind::scheduled);
  }
}

/// Before the first look, which all choices have at the same number of blocks.
void CellAnalysis::choose_looks(std::size_t cell) {
  const std::vector<int>& looks = looks_[cell].choose_after(cells()[cell].leading().first(looks_[cell].first()));
  for (ComparisonState& comparison : comparisons()) {
    if (comparison.cell() == cell) comparison.choose_looks(looks);
  }
}

void CellAnalysis::look_at_cell(std::size_t cell, int blocks, LookKind kind) {
  for (ComparisonState& comparison : comparisons()) {
    if (comparison.cell() != cell || !comparison.measuring()) continue;
    if (!look_at(comparison, blocks, kind)) return;
    const std::optional<Stop> wanted = comparison.wants_to_stop();
    if (wanted && waits_for_other_order(comparison, blocks, kind)) continue;
    if (wanted) {
      stop(comparison, *wanted, {blocks, kind, comparison.primary().claim()});
    }
  }
}

void CellAnalysis::look_last() {
  for (std::size_t cell = 0; cell < cells().size(); ++cell) {
    const int blocks = cells()[cell].leading_count();
    if (blocks > 0 && cell_is_measuring(cell)) look_at_cell(cell, blocks, LookKind::last);
  }
}

}  // namespace assay::decide
