#include "experiments/decide/race/level_race.hpp"

#include <algorithm>
#include <numeric>

#include "core/assert.hpp"

namespace assay::decide {
namespace {

/// The confirmation compares two levels in each cell, whatever the race did, so only the cells share alpha.
TestCounts counts_of_confirmation(const Plan& plan) {
  TestCounts counts = test_counts(plan);
  counts.comparisons = static_cast<int>(compared_cells(plan).size());
  counts.guards /= counts.treatments;
  counts.treatments = 1;
  return counts;
}

bool any_measured(std::span<const Block> blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
    return std::any_of(block.trials.begin(), block.trials.end(),
                       [](const Trial& trial) { return is_measured(trial.outcome); });
  });
}

}  // namespace

LevelRace::LevelRace(const Plan& plan, const Plan& confirmation_plan, std::size_t cell)
    : plan_(&plan),
      confirmation_plan_(&confirmation_plan),
      cell_(cell),
      blocks_(plan, cell),
      pairs_(plan, cell, test_counts(plan)),
      looks_(plan.protocol),
      arms_(arm_count(plan)),
      exits_(arm_count(plan)) {
  std::iota(arms_.begin(), arms_.end(), kControl);
}

void LevelRace::add(const Block& block) {
  blocks_.add(block);
  if (over_) return;
  if (!is_void(block)) {
    if (looks_.none_taken() && blocks_.leading_count() >= looks_.next()) choose_looks();
    while (!stop_ && blocks_.leading_count() >= looks_.next()) {
      const int blocks = looks_.next();
      looks_.take();
      look(blocks, LookKind::scheduled);
    }
    if (confirmation_ && !over_) look_at_confirmation();
  }
  if (!over_) check_void_blocks();
}

/// As for any comparison, but by the trials of all levels.
void LevelRace::choose_looks() {
  pairs_.choose_looks(looks_.choose_after(blocks_.leading().first(looks_.first())));
}

void LevelRace::look(int count, LookKind kind) {
  const auto blocks = blocks_.leading().first(static_cast<std::size_t>(count));
  const std::vector<ArmIndex> levels = arms_;
  pairs_.look(levels, blocks, kind);
  if (pairs_.unreadable(levels) || !any_measured(blocks)) {
    return close_with({Verdict::invalid, VerdictReason::unmeasured}, Stop::failed);
  }
  drop_beaten(blocks);
  if (arms_.size() == 1) return end_search(Stop::boundary, arms_.front());
  if (pairs_.all_equivalent(arms_)) return end_search(Stop::equivalence, arms_.front());
  if (kind == LookKind::last) return end_search(Stop::time, std::nullopt);
  if (count == plan_->protocol.max_blocks) return end_search(Stop::cap, std::nullopt);
  blocks_.expect(arms_);
}

/// Correctness first: a level that fails, or breaks a guard, is out however fast it is.
void LevelRace::drop_beaten(std::span<const Block> blocks) {
  const auto count = static_cast<int>(blocks.size());
  if (arms_.front() == kControl) {
    for (const ArmIndex level : std::vector<ArmIndex>(arms_.begin() + 1, arms_.end())) {
      const ComparisonState& comparison = pairs_.against_first(level);
      const FailureTally tally = tally_failures(blocks, level);
      const bool fails_alone = attempt_ending_failures(tally) && tally.both < tally.blocks;
      const bool breaks_guard = comparison.guard_failed();
      if (fails_alone) {
        drop(level, {.fate = LevelFate::broken, .beaten_by = std::nullopt, .blocks = count});
      } else if (breaks_guard) {
        drop(level, {.fate = LevelFate::guard, .beaten_by = std::nullopt, .blocks = count});
      }
    }
  }
  for (const auto& [level, winner] : pairs_.beaten(arms_)) {
    drop(level, {.fate = LevelFate::worse, .beaten_by = winner, .blocks = count});
  }
}

void LevelRace::drop(ArmIndex level, const LevelExit& exit) {
  exits_[level] = exit;
  arms_.erase(std::find(arms_.begin(), arms_.end(), level));
}

void LevelRace::end_search(Stop stop, std::optional<ArmIndex> best) {
  stop_ = stop;
  best_ = best;
  searched_ = blocks_.leading_count();
  if (!best || *best == kControl) {
    over_ = true;
    return;
  }
  confirmation_.emplace(*confirmation_plan_, ComparisonSettings{.cell = cell_, .treatment = *best},
                        counts_of_confirmation(*plan_));
  Protocol protocol = confirmation_plan_->protocol;
  const std::span<const Block> first = blocks_.leading().first(std::min(looks_.first(), blocks_.leading().size()));
  protocol.look_every_block = protocol.look_every_block.value_or(trial_length(first) == TrialLength::minutes);
  confirming_looks_.emplace(protocol);
  confirmation_->choose_looks(looks_of(protocol));
  arms_ = {kControl, *best};
  blocks_.expect(arms_);
}

void LevelRace::look_at_confirmation() {
  const std::span<const Block> fresh = confirming();
  if (fresh.empty()) return;
  const auto count = static_cast<int>(fresh.size());
  if (const auto reason = attempt_ending_failures(tally_failures(fresh, *best_))) {
    confirmation_->close_with({Verdict::invalid, *reason}, Stop::failed, count);
    over_ = true;
    return;
  }
  while (!over_ && count >= confirming_looks_->next()) {
    const int seen = confirming_looks_->next();
    confirming_looks_->take();
    confirmation_->look(fresh.first(static_cast<std::size_t>(seen)), LookKind::scheduled);
    const std::optional<Stop> stop = confirmation_->wants_to_stop();
    if (!stop && seen < confirmation_plan_->protocol.max_blocks) continue;
    confirmation_->close(stop.value_or(Stop::cap), seen);
    over_ = true;
  }
}

void LevelRace::cut_by_time() {
  if (over_) return;
  const bool search_was_open = !stop_;
  if (!stop_ && blocks_.leading_count() > 0) look(blocks_.leading_count(), LookKind::last);
  if (search_was_open && !forced_) stop_ = Stop::time;
  if (confirmation_ && !confirming().empty()) {
    confirmation_->look(confirming(), LookKind::last);
    confirmation_->close(Stop::time, static_cast<int>(confirming().size()));
  }
  over_ = true;
}

void LevelRace::close_with(const MetricVerdict& verdict, Stop stop) {
  forced_ = verdict;
  over_ = true;
  if (stop_) return;
  searched_ = blocks_.leading_count();
  stop_ = stop;
}

int LevelRace::blocks_to_next_look() const {
  if (over_) return 0;
  const int next = stop_ ? searched_ + confirming_looks_->next() : looks_.next();
  return std::max(0, next - blocks_.leading_count());
}

std::vector<ArmIndex> LevelRace::surviving() const {
  std::vector<ArmIndex> levels;
  for (ArmIndex level = 0; level < exits_.size(); ++level) {
    if (exits_[level].fate == LevelFate::surviving) levels.push_back(level);
  }
  return levels;
}

std::span<const Block> LevelRace::searched() const {
  return stop_ ? blocks_.leading().first(static_cast<std::size_t>(searched_)) : blocks_.leading();
}

std::span<const Block> LevelRace::confirming() const {
  return stop_ ? blocks_.leading().subspan(static_cast<std::size_t>(searched_)) : std::span<const Block>();
}

/// As in any comparison: a block that is void again and again is not going to succeed.
void LevelRace::check_void_blocks() {
  const auto arms = static_cast<double>(exits_.size());
  const double planned = arms * plan_->protocol.max_blocks + 2 * planned_fresh_blocks(*plan_);
  const std::optional<VerdictReason> flaw = flaw_of_void_blocks(blocks_, planned * rounds_per_block(plan_->protocol));
  if (flaw) close_with({Verdict::invalid, *flaw}, Stop::failed);
}

}  // namespace assay::decide
