#include "experiments/decide/race/race_analysis.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "experiments/decide/race/race_result.hpp"

namespace assay::decide {
namespace {

Plan confirmation_of(const Plan& plan) {
  // It has sign vectors of its own: past the numbers of all tests.
  constexpr std::uint64_t kConfirmation = std::numeric_limits<std::uint64_t>::max();
  Plan confirmation = plan;
  confirmation.protocol = confirming_protocol(plan);
  confirmation.seed = plan.seed.derive(Stream::signs, kConfirmation);
  return confirmation;
}

}  // namespace

RaceAnalysis::RaceAnalysis(Plan given) : plan_(std::move(given)), confirmation_plan_(confirmation_of(plan_)) {
  for (std::size_t cell = 0; cell < cells(plan_).size(); ++cell) races_.emplace_back(plan_, confirmation_plan_, cell);
}

void RaceAnalysis::add(const Block& block) {
  if (block.cell >= races_.size()) {
    throw Error("a block belongs to a cell that the plan does not have", ErrorKind::invalid);
  }
  races_[block.cell].add(block);
  const std::optional<MetricVerdict>& forced = races_[block.cell].forced();
  // What cannot be measured in one cell makes the whole attempt invalid, so the others need not be measured.
  if (forced && forced->verdict == Verdict::invalid)
    close_all({Verdict::inconclusive, VerdictReason::none}, Stop::failed);
}

void RaceAnalysis::set_audit(const AuditResult& audit) {
  audit_ = audit;
  if (audit.passed) return;
  for (LevelRace& race : races_) race.close_with({Verdict::invalid, VerdictReason::confounded}, Stop::audit);
}

void RaceAnalysis::cut_by_time() {
  for (LevelRace& race : races_) race.cut_by_time();
}

void RaceAnalysis::close_interrupted() {
  close_all({Verdict::inconclusive, VerdictReason::interrupted}, Stop::interrupted);
}

void RaceAnalysis::close_all(const MetricVerdict& verdict, Stop stop) {
  for (LevelRace& race : races_) {
    if (race.open()) race.close_with(verdict, stop);
  }
}

bool RaceAnalysis::finished() const {
  return std::none_of(races_.begin(), races_.end(), [](const LevelRace& race) { return race.open(); });
}

int RaceAnalysis::blocks_to_next_look(std::size_t cell) const {
  return races_.at(cell).blocks_to_next_look();
}

int RaceAnalysis::complete_blocks(std::size_t cell) const {
  return races_.at(cell).blocks().complete_count();
}

std::vector<ArmIndex> RaceAnalysis::arms_of_next_blocks(std::size_t cell) const {
  return races_.at(cell).arms_of_next_blocks();
}

Progress RaceAnalysis::progress(std::size_t cell) const {
  return {.blocks = complete_blocks(cell),
          .cap = plan_.protocol.max_blocks + most_fresh_blocks(plan_),
          .estimate = std::nullopt,
          .interval = std::nullopt};
}

AttemptResult RaceAnalysis::result() const {
  return race_result(*this);
}

std::vector<ComparisonOutline> RaceAnalysis::outlines() const {
  ASSAY_ASSERT(false);
  return {};
}

}  // namespace assay::decide
