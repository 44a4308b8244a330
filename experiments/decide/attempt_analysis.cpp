#include "experiments/decide/attempt_analysis.hpp"

#include <variant>

#include "core/assert.hpp"
#include "experiments/decide/attempt_result.hpp"
#include "experiments/decide/attempt_state.hpp"
#include "experiments/decide/comparison_result.hpp"
#include "experiments/decide/race_attempt.hpp"
#include "experiments/decide/race_result.hpp"

namespace assay::decide {

/// Two arms or several against one control; or levels that race.
struct AttemptAnalysis::State {
  explicit State(const Plan& plan) {
    if (is_race(plan)) {
      kind = std::make_unique<RaceAttempt>(plan);
    } else {
      kind = std::make_unique<AttemptState>(plan);
    }
  }

  std::variant<std::unique_ptr<AttemptState>, std::unique_ptr<RaceAttempt>> kind;
};

AttemptAnalysis::AttemptAnalysis(const Plan& plan) : state_(std::make_unique<State>(plan)) {}
AttemptAnalysis::~AttemptAnalysis() = default;
AttemptAnalysis::AttemptAnalysis(AttemptAnalysis&&) noexcept = default;
AttemptAnalysis& AttemptAnalysis::operator=(AttemptAnalysis&&) noexcept = default;

void AttemptAnalysis::add(const Block& block) {
  std::visit([&](auto& kind) { kind->add(block); }, state_->kind);
}

void AttemptAnalysis::set_audit(const AuditResult& audit) {
  std::visit([&](auto& kind) { kind->set_audit(audit); }, state_->kind);
}

bool AttemptAnalysis::finished() const {
  return std::visit([](const auto& kind) { return kind->finished(); }, state_->kind);
}

int AttemptAnalysis::blocks_to_next_look(std::size_t cell) const {
  return std::visit([cell](const auto& kind) { return kind->blocks_to_next_look(cell); }, state_->kind);
}

int AttemptAnalysis::complete_blocks(std::size_t cell) const {
  return std::visit([cell](const auto& kind) { return kind->complete_blocks(cell); }, state_->kind);
}

std::vector<ArmIndex> AttemptAnalysis::arms_of_next_blocks(std::size_t cell) const {
  return std::visit([cell](const auto& kind) { return kind->arms_of_next_blocks(cell); }, state_->kind);
}

void AttemptAnalysis::cut_by_time() {
  std::visit([](auto& kind) { kind->cut_by_time(); }, state_->kind);
}

void AttemptAnalysis::close_interrupted() {
  std::visit([](auto& kind) { kind->close_interrupted(); }, state_->kind);
}

Progress AttemptAnalysis::progress(std::size_t cell) const {
  Progress progress;
  progress.blocks = complete_blocks(cell);
  if (const auto* races = std::get_if<std::unique_ptr<RaceAttempt>>(&state_->kind)) {
    progress.cap = (*races)->plan().protocol.max_blocks + confirmatory_blocks((*races)->plan());
    return progress;
  }
  const AttemptState& state = *std::get<std::unique_ptr<AttemptState>>(state_->kind);
  progress.cap = state.plan().protocol.max_blocks;
  const ComparisonState* shown = nullptr;
  for (const ComparisonState& comparison : state.comparisons()) {
    if (comparison.place().cell != cell) continue;
    if (shown == nullptr || (!shown->open() && comparison.open())) shown = &comparison;
  }
  if (shown == nullptr) return progress;
  if (shown->confirming()) progress.cap = *shown->stopped_at() + confirmatory_blocks(state.plan());
  progress.estimate = shown->primary().estimate();
  progress.interval = shown->primary().interval();
  return progress;
}

AttemptResult AttemptAnalysis::result() const {
  if (const auto* races = std::get_if<std::unique_ptr<RaceAttempt>>(&state_->kind)) return race_result(**races);
  return attempt_result(*std::get<std::unique_ptr<AttemptState>>(state_->kind));
}

std::vector<ComparisonOutline> AttemptAnalysis::outlines() const {
  std::vector<ComparisonOutline> outlines;
  const auto* const attempt = std::get_if<std::unique_ptr<AttemptState>>(&state_->kind);
  ASSAY_ASSERT(attempt != nullptr);
  for (const ComparisonState& comparison : (*attempt)->comparisons()) {
    outlines.push_back(comparison_outline(**attempt, comparison));
  }
  return outlines;
}

}  // namespace assay::decide
