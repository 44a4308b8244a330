#include <algorithm>

#include "experiments/decide/attempt_state.hpp"

namespace assay::decide {
namespace {

/// Only a claimed difference is overestimated by stopping early. At the cap nothing was stopped, and when time is up
/// there is none for fresh blocks.
bool is_early_claim(Stop stop, const StopPlace& place, int cap) {
  const bool claimed = place.verdict == Verdict::improved || place.verdict == Verdict::regressed;
  return claimed && stop == Stop::boundary && place.kind == LookKind::scheduled && place.blocks < cap;
}

}  // namespace

std::span<const Block> blocks_in(std::span<const Block> blocks, const BlockRange& range) {
  return blocks.subspan(static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.count));
}

/// Ends the looks of a comparison: fresh blocks follow where they are asked for, else it is over.
void AttemptState::stop(ComparisonState& comparison, Stop stop, const StopPlace& place) {
  if (confirmatory_blocks(plan_) > 0 && is_early_claim(stop, place, plan_.protocol.max_blocks)) {
    comparison.begin_confirmation(place.blocks);
    return;
  }
  // After a look that the clock asked for, it is the clock that ended the measuring, whatever the look showed.
  comparison.close(place.kind == LookKind::last ? Stop::time : stop, place.blocks);
}

BlockRange AttemptState::fresh_blocks(int stopped_at, int leading) const {
  return {stopped_at, std::min(confirmatory_blocks(plan_), leading - stopped_at)};
}

void AttemptState::confirm(ComparisonState& comparison) {
  const std::span<const Block> leading = cells_[comparison.place().cell].leading();
  const BlockRange fresh = fresh_blocks(*comparison.stopped_at(), static_cast<int>(leading.size()));
  comparison.confirm(blocks_in(leading, fresh));
}

/// With the fresh blocks that every cell has.
void AttemptState::confirm_suites() {
  for (SuiteState& suite : suites_) {
    if (!suite.stopped_at) continue;
    suite.primary.confirm(suite_series(suite.treatment, fresh_blocks(*suite.stopped_at, blocks_of_suite())));
  }
}

void AttemptState::confirm_where_due() {
  for (ComparisonState& comparison : comparisons_) {
    if (!comparison.confirming()) continue;
    const int end = *comparison.stopped_at() + confirmatory_blocks(plan_);
    if (leading_count(comparison) < end) continue;
    confirm(comparison);
    if (comparison.primary().unreadable()) {
      invalidate(comparison, VerdictReason::unmeasured);
      end_attempt(Stop::failed);
      return;
    }
    comparison.close(Stop::boundary, end);
  }
  if (finished()) confirm_suites();
}

}  // namespace assay::decide
