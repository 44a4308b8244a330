#include "experiments/decide/cell_blocks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"

namespace assay::experiments {

std::vector<const Trial*> trials_of(const Block& block, ArmIndex arm) {
  std::vector<const Trial*> trials;
  for (const Trial& trial : block.trials) {
    if (trial.arm == arm) trials.push_back(&trial);
  }
  ASSAY_ASSERT(!trials.empty());
  return trials;
}

bool arm_failed(const Block& block, ArmIndex arm) {
  const std::vector<const Trial*> trials = trials_of(block, arm);
  return std::any_of(trials.begin(), trials.end(), [](const Trial* trial) { return !is_measured(trial->outcome); });
}

CellBlocks::CellBlocks(const Plan& plan, std::size_t cell)
    : cell_(cell),
      arms_(arm_count(plan)),
      metrics_(plan.metrics.size()),
      rounds_(rounds_per_block(plan.protocol)),
      surroundings_failed_(arms_) {}

void CellBlocks::check(const Block& block) const {
  const auto refuse = [&](std::string_view what) {
    throw Error(fmt::format("block {} of cell {}: {}", block.number, cell_ + 1, what), ErrorKind::invalid);
  };
  std::vector<int> trials_of_arm(arms_);
  for (const Trial& trial : block.trials) {
    if (trial.arm >= arms_) refuse(fmt::format("the plan has no arm {}", trial.arm));
    ++trials_of_arm[trial.arm];
    if (is_measured(trial.outcome) && trial.values.size() != metrics_) {
      refuse(fmt::format("a trial has {} values for {} metrics", trial.values.size(), metrics_));
    }
  }
  const auto all_are = [&](auto property) { return std::all_of(trials_of_arm.begin(), trials_of_arm.end(), property); };
  if (is_void(block)) {
    if (!all_are([this](int trials) { return trials <= rounds_; })) refuse("an arm has too many trials");
    return;
  }
  if (!all_are([this](int trials) { return trials == rounds_; })) {
    refuse(
        fmt::format("it needs exactly {} of each arm", rounds_ == 1 ? "one trial" : fmt::format("{} trials", rounds_)));
  }
  const bool known = block.number <= leading_count() || waiting_.contains(block.number);
  if (block.number < 1 || known) refuse("it is there twice");
}

void CellBlocks::add(const Block& block) {
  check(block);
  trials_started_ += static_cast<int>(block.trials.size());
  if (is_void(block)) {
    ++void_count_;
    most_reruns_ = std::max(most_reruns_, ++voids_of_number_[block.number]);
    for (const Trial& trial : block.trials) {
      surroundings_failed_[trial.arm] += is_infrastructure_failure(trial.outcome) ? 1 : 0;
    }
    return;
  }
  waiting_.emplace(block.number, block);
  for (auto next = waiting_.find(leading_count() + 1); next != waiting_.end();
       next = waiting_.find(leading_count() + 1)) {
    leading_.push_back(std::move(next->second));
    waiting_.erase(next);
  }
}

}  // namespace assay::experiments
