#include "experiments/decide/cell_blocks.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"

namespace assay::experiments {
namespace {

/// Trials started, void ones too, for each that the cap of blocks asks for.
constexpr double kTrialsPerPlannedTrial = 2.5;
/// After this many voids of one and the same block its surroundings are not going to mend.
constexpr int kMostReruns = 10;

}  // namespace

bool surroundings_failed(const CellBlocks& blocks, double planned_trials) {
  return blocks.most_reruns() >= kMostReruns || blocks.trials_started() >= kTrialsPerPlannedTrial * planned_trials;
}

const Trial& trial_of(const Block& block, ArmIndex arm) {
  const auto found =
      std::find_if(block.trials.begin(), block.trials.end(), [arm](const Trial& trial) { return trial.arm == arm; });
  ASSAY_ASSERT(found != block.trials.end());
  return *found;
}

CellBlocks::CellBlocks(const Plan& plan, std::size_t cell)
    : cell_(cell), arms_(arm_count(plan)), metrics_(plan.metrics.size()), surroundings_failed_(arms_) {
  expected_.resize(arms_);
  std::iota(expected_.begin(), expected_.end(), kControl);
}

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
  if (!all_are([](int trials) { return trials <= 1; })) refuse("an arm has two trials");
  if (is_void(block)) return;
  const bool each_is_there =
      block.trials.size() == expected_.size() &&
      std::all_of(expected_.begin(), expected_.end(), [&](ArmIndex arm) { return trials_of_arm[arm] == 1; });
  if (!each_is_there) refuse("it needs exactly one trial of each arm");
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
