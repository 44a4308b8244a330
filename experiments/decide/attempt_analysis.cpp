#include "experiments/decide/attempt_analysis.hpp"

#include "experiments/decide/attempt_result.hpp"
#include "experiments/decide/attempt_state.hpp"
#include "experiments/decide/comparison_result.hpp"

namespace assay::experiments {

struct AttemptAnalysis::State : AttemptState {
  using AttemptState::AttemptState;
};

AttemptAnalysis::AttemptAnalysis(const Plan& plan) : state_(std::make_unique<State>(plan)) {}
AttemptAnalysis::~AttemptAnalysis() = default;
AttemptAnalysis::AttemptAnalysis(AttemptAnalysis&&) noexcept = default;
AttemptAnalysis& AttemptAnalysis::operator=(AttemptAnalysis&&) noexcept = default;

void AttemptAnalysis::add(const Block& block) {
  state_->add(block);
}

void AttemptAnalysis::set_audit(const AuditResult& audit) {
  state_->set_audit(audit);
}

bool AttemptAnalysis::finished() const {
  return state_->finished();
}

int AttemptAnalysis::blocks_to_next_look(std::size_t cell) const {
  return state_->blocks_to_next_look(cell);
}

int AttemptAnalysis::complete_blocks(std::size_t cell) const {
  return state_->cells().at(cell).complete_count();
}

void AttemptAnalysis::cut_by_time() {
  state_->cut_by_time();
}

void AttemptAnalysis::close_interrupted() {
  state_->close_interrupted();
}

Progress AttemptAnalysis::progress(std::size_t cell) const {
  Progress progress;
  progress.blocks = complete_blocks(cell);
  progress.cap = state_->plan().protocol.max_blocks;
  const ComparisonState* shown = nullptr;
  for (const ComparisonState& comparison : state_->comparisons()) {
    if (comparison.place().cell != cell) continue;
    if (shown == nullptr || (!shown->open() && comparison.open())) shown = &comparison;
  }
  if (shown == nullptr) return progress;
  if (shown->confirming()) progress.cap = *shown->stopped_at() + state_->plan().protocol.confirm;
  progress.estimate = shown->primary().estimate();
  progress.interval = shown->primary().interval();
  return progress;
}

AttemptResult AttemptAnalysis::result() const {
  return attempt_result(*state_);
}

std::vector<ComparisonOutline> AttemptAnalysis::outlines() const {
  std::vector<ComparisonOutline> outlines;
  for (const ComparisonState& comparison : state_->comparisons()) {
    outlines.push_back(comparison_outline(*state_, comparison));
  }
  return outlines;
}

}  // namespace assay::experiments
