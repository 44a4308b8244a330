#include "experiments/decide/comparison/comparison_analysis.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "experiments/decide/comparison/comparison_result.hpp"
#include "experiments/decide/comparison/futility.hpp"
#include "experiments/decide/rules/baseline_rule.hpp"
#include "experiments/decide/rules/order_rule.hpp"
#include "experiments/decide/rules/reach_rule.hpp"

namespace assay::decide {
namespace {

/// What makes a comparison invalid whatever its figures say.
std::optional<VerdictReason> flaw_of(const Plan& plan, const ComparisonState& comparison,
                                     std::span<const Block> blocks) {
  if (comparison.primary().unreadable()) return VerdictReason::unmeasured;
  if (rules_of(plan).baseline == BaselineRule::asked) {
    const Metric& primary = comparison.primary().metric();
    if (const auto reason = missing_arm(primary, comparison.treatment(), blocks)) return reason;
  }
  if (!variable_acted(plan, comparison.treatment(), blocks)) return VerdictReason::did_not_act;
  return std::nullopt;
}

/// Only a claimed difference is overestimated by stopping early. At the cap nothing was stopped, and when time is up
/// none is left for fresh blocks.
bool is_early_claim(Stop stop, const StoppingLook& look, int cap) {
  const bool claimed = look.verdict == Verdict::improved || look.verdict == Verdict::regressed;
  return claimed && stop == Stop::boundary && look.kind == LookKind::scheduled && look.blocks < cap;
}

}  // namespace

std::span<const Block> blocks_in(std::span<const Block> blocks, const BlockRange& range) {
  return blocks.subspan(static_cast<std::size_t>(range.first), static_cast<std::size_t>(range.count));
}

ComparisonAnalysis::ComparisonAnalysis(Plan given, StopsBy stops_by)
    : plan_(std::move(given)), counts_(test_counts(plan_)) {
  const bool others_may_improve = plan_.protocol.claim == ClaimRule::any && counts_.comparisons > 1;
  for (std::size_t cell = 0; cell < assay::cells(plan_).size(); ++cell) cells_.emplace_back(plan_, cell);
  for (const std::size_t cell : compared_cells(plan_)) {
    for (ArmIndex treatment = 1; treatment < arm_count(plan_); ++treatment) {
      const ComparisonSettings settings{
          .cell = cell, .treatment = treatment, .stops_by = stops_by, .others_may_improve = others_may_improve};
      comparisons_.emplace_back(plan_, settings, counts_);
    }
  }
}

void ComparisonAnalysis::add(const Block& block) {
  if (block.cell >= cells_.size()) {
    throw Error("a block belongs to a cell that the plan does not have", ErrorKind::invalid);
  }
  cells_[block.cell].add(block);
  if (!cell_is_open(block.cell)) return;
  if (!is_void(block)) {
    check_failures(block.cell);
    look_where_due(block.cell);
    if (rules_of(plan_).confirmation == Confirmation::one_interval) {
      confirm_where_due();
    } else {
      look_at_fresh_where_due();
    }
  }
  if (cell_is_open(block.cell)) check_void_blocks(block.cell);
}

void ComparisonAnalysis::set_audit(const AuditResult& audit) {
  audit_ = audit;
  if (audit.passed) return;
  for (ComparisonState& comparison : comparisons_) {
    comparison.close_with({Verdict::invalid, VerdictReason::confounded}, Stop::audit, leading_count(comparison));
  }
}

void ComparisonAnalysis::cut_by_time() {
  look_last();
  if (rules_of(plan_).confirmation == Confirmation::sequential_test) look_at_fresh_last();
  end_attempt(Stop::time);
}

void ComparisonAnalysis::close_interrupted() {
  for (ComparisonState& comparison : comparisons_) {
    if (!comparison.open()) continue;
    comparison.close_with({Verdict::inconclusive, VerdictReason::interrupted}, Stop::interrupted,
                          leading_count(comparison));
  }
}

/// At most the sum of what each open comparison may still show.
std::optional<double> ComparisonAnalysis::chance_left() const {
  double sum = 0;
  bool any_open = false;
  for (const ComparisonState& comparison : comparisons_) {
    if (!comparison.open()) continue;
    any_open = true;
    const auto seen = cells_[comparison.cell()].leading().first(static_cast<std::size_t>(comparison.looked_at()));
    const std::optional<double> chance = chance_of_more(plan_, comparison, seen);
    if (!chance) return std::nullopt;
    sum += *chance;
  }
  if (!any_open) return std::nullopt;
  return std::min(1.0, sum);
}

void ComparisonAnalysis::stop_as_futile() {
  futile_chance_ = chance_left();
  end_attempt(Stop::futile);
}

bool ComparisonAnalysis::finished() const {
  return std::none_of(comparisons_.begin(), comparisons_.end(), [](const ComparisonState& one) { return one.open(); });
}

bool ComparisonAnalysis::cell_is_open(std::size_t cell) const {
  return std::any_of(comparisons_.begin(), comparisons_.end(),
                     [cell](const ComparisonState& one) { return one.open() && one.cell() == cell; });
}

bool ComparisonAnalysis::cell_is_measuring(std::size_t cell) const {
  return std::any_of(comparisons_.begin(), comparisons_.end(),
                     [cell](const ComparisonState& one) { return one.measuring() && one.cell() == cell; });
}

int ComparisonAnalysis::leading_count(const ComparisonState& comparison) const {
  return cells_[comparison.cell()].leading_count();
}

std::span<const Block> ComparisonAnalysis::blocks_of(const ComparisonState& comparison) const {
  const int blocks = comparison.closed_at().value_or(leading_count(comparison));
  return cells_[comparison.cell()].leading().first(static_cast<std::size_t>(blocks));
}

int ComparisonAnalysis::blocks_to_next_look(std::size_t cell) const {
  if (!cell_is_open(cell)) return 0;
  int next = std::numeric_limits<int>::max();
  if (cell_is_measuring(cell)) next = next_look(cell);
  for (const ComparisonState& comparison : comparisons_) {
    if (comparison.cell() != cell || !comparison.confirming()) continue;
    next = std::min(next, comparison.next_fresh_look());
  }
  const int trials = is_costly(plan_.protocol.design) ? static_cast<int>(arm_count(plan_)) : 1;
  return std::max(0, next * trials - cells_[cell].scheduled_count());
}

std::vector<ArmIndex> ComparisonAnalysis::arms_of_next_blocks(std::size_t) const {
  std::vector<ArmIndex> arms(arm_count(plan_));
  std::iota(arms.begin(), arms.end(), kControl);
  return arms;
}

/// An open comparison of the cell is shown rather than one that is closed.
Progress ComparisonAnalysis::progress(std::size_t cell) const {
  Progress progress;
  progress.blocks = complete_blocks(cell);
  progress.cap = plan_.protocol.max_blocks;
  const ComparisonState* shown = nullptr;
  for (const ComparisonState& comparison : comparisons_) {
    if (comparison.cell() != cell) continue;
    if (shown == nullptr || (!shown->open() && comparison.open())) shown = &comparison;
  }
  if (shown == nullptr) return progress;
  const int fresh = most_fresh_blocks(plan_);
  if (shown->confirming() && fresh != kNoCap) progress.cap = *shown->stopped_at() + fresh;
  progress.estimate = shown->primary().estimate();
  progress.interval = shown->primary().interval();
  return progress;
}

std::vector<ComparisonOutline> ComparisonAnalysis::outlines() const {
  std::vector<ComparisonOutline> outlines;
  for (const ComparisonState& comparison : comparisons_) outlines.push_back(comparison_outline(*this, comparison));
  return outlines;
}

bool ComparisonAnalysis::look_at(ComparisonState& comparison, int blocks, LookKind kind) {
  const auto leading = cells_[comparison.cell()].leading().first(static_cast<std::size_t>(blocks));
  comparison.look(leading, kind);
  const std::optional<VerdictReason> flaw = flaw_of(plan_, comparison, leading);
  if (!flaw) return true;
  invalidate(comparison, *flaw);
  end_attempt(Stop::failed);
  return false;
}

bool ComparisonAnalysis::waits_for_other_order(const ComparisonState& comparison, int blocks, LookKind kind) const {
  if (kind == LookKind::last || blocks >= plan_.protocol.max_blocks) return false;
  return has_one_order(plan_, cells_[comparison.cell()].leading().first(static_cast<std::size_t>(blocks)));
}

void ComparisonAnalysis::stop(ComparisonState& comparison, Stop stop, const StoppingLook& look) {
  if (confirmatory_blocks(plan_) > 0 && is_early_claim(stop, look, plan_.protocol.max_blocks)) {
    comparison.begin_confirmation(look.blocks, length_of_trials(comparison.cell()));
    return;
  }
  // After a look that the clock asked for, it is the clock that ended the measuring, whatever the look showed.
  comparison.close(look.kind == LookKind::last ? Stop::time : stop, look.blocks);
}

BlockRange ComparisonAnalysis::fresh_blocks(int stopped_at, int leading) const {
  return {stopped_at, std::min(confirmatory_blocks(plan_), leading - stopped_at)};
}

void ComparisonAnalysis::confirm(ComparisonState& comparison) {
  const std::span<const Block> leading = cells_[comparison.cell()].leading();
  const BlockRange fresh = fresh_blocks(*comparison.stopped_at(), static_cast<int>(leading.size()));
  comparison.confirm(blocks_in(leading, fresh));
}

void ComparisonAnalysis::confirm_where_due() {
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
  if (finished()) confirm_averages();
}

TrialLength ComparisonAnalysis::length_of_trials(std::size_t cell) const {
  const std::span<const Block> leading = cells_[cell].leading();
  const auto first = static_cast<std::size_t>(looks_of(plan_.protocol).front());
  return trial_length(leading.first(std::min(first, leading.size())));
}

bool ComparisonAnalysis::look_at_fresh(ComparisonState& comparison, int until, LookKind kind) {
  const int first = *comparison.stopped_at();
  comparison.look_at_fresh(blocks_in(cells_[comparison.cell()].leading(), {first, until - first}), kind);
  if (!comparison.primary().unreadable()) return true;
  invalidate(comparison, VerdictReason::unmeasured);
  end_attempt(Stop::failed);
  return false;
}

void ComparisonAnalysis::look_at_fresh_where_due() {
  for (ComparisonState& comparison : comparisons_) {
    while (comparison.confirming() && leading_count(comparison) >= comparison.next_fresh_look()) {
      const int until = comparison.next_fresh_look();
      if (!look_at_fresh(comparison, until, LookKind::scheduled)) return;
      if (const std::optional<Stop> stop = comparison.fresh_stop()) comparison.close(*stop, until);
    }
  }
}

void ComparisonAnalysis::look_at_fresh_last() {
  for (ComparisonState& comparison : comparisons_) {
    const int until = leading_count(comparison);
    if (!comparison.confirming() || until == *comparison.stopped_at()) continue;
    if (!look_at_fresh(comparison, until, LookKind::last)) return;
  }
}

/// What is still open stays as its last look left it, or as the fresh blocks there are leave it.
void ComparisonAnalysis::end_attempt(Stop stop) {
  const bool by_one_interval = rules_of(plan_).confirmation == Confirmation::one_interval;
  if (by_one_interval) confirm_averages();
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.confirming() && by_one_interval) confirm(comparison);
    if (comparison.open()) comparison.close(stop, leading_count(comparison));
  }
}

void ComparisonAnalysis::invalidate(ComparisonState& comparison, VerdictReason reason) {
  comparison.close_with({Verdict::invalid, reason}, Stop::failed, leading_count(comparison));
}

void ComparisonAnalysis::check_void_blocks(std::size_t cell) {
  const double planned = static_cast<double>(plan_.protocol.max_blocks) + planned_fresh_blocks(plan_);
  const double trials = planned * rounds_per_block(plan_.protocol) * static_cast<double>(arm_count(plan_));
  const std::optional<VerdictReason> flaw = flaw_of_void_blocks(cells_[cell], trials);
  if (!flaw) return;
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.cell() == cell && comparison.open()) invalidate(comparison, *flaw);
  }
  end_attempt(Stop::failed);
}

void ComparisonAnalysis::check_failures(std::size_t cell) {
  if (!cells_[cell].any_failed()) return;
  for (ComparisonState& comparison : comparisons_) {
    if (comparison.cell() != cell || !comparison.open()) continue;
    const FailureTally tally = tally_failures(cells_[cell].leading(), comparison.treatment());
    const std::optional<VerdictReason> reason = attempt_ending_failures(tally);
    if (!reason) continue;
    invalidate(comparison, *reason);
    end_attempt(Stop::failed);
    return;
  }
}

}  // namespace assay::decide
