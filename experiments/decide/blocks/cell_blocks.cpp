#include "experiments/decide/blocks/cell_blocks.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/engine/weight.hpp"
#include "core/error.hpp"
#include "experiments/decide/blocks/steadiness.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "stats/distributions.hpp"

namespace assay::decide {
namespace {

/// Trials started, void ones too, for each that the cap of blocks asks for.
constexpr double kTrialsPerPlannedTrial = 2.5;
/// After this many voids of one and the same block what voids it is not going to mend.
constexpr int kMostReruns = 10;
/// Two-sided, for all arms together; looked at after every void, so that it is no sharp level.
constexpr double kOneSided = 0.002;

/// Whether trials with failed hooks or state proofs are far more often of one arm.
bool failures_are_one_sided(const CellBlocks& blocks) {
  std::vector<int> failures = blocks.void_trials_by_arm();
  for (ArmIndex arm = 0; arm < failures.size(); ++arm) failures[arm] += blocks.failed_concludes()[arm];
  const auto treatments = static_cast<double>(failures.size() - 1);
  return std::any_of(failures.begin() + 1, failures.end(), [&](int of_treatment) {
    const stats::Share more{.count = std::max(of_treatment, failures.front()),
                            .trials = of_treatment + failures.front()};
    return more.trials > 0 && 2 * stats::fair_coin_upper_tail(more) <= kOneSided / treatments;
  });
}

}  // namespace

std::optional<VerdictReason> flaw_of_void_blocks(const CellBlocks& blocks, double planned_trials) {
  if (blocks.most_reruns() >= kMostReruns || failures_are_one_sided(blocks)) return VerdictReason::surroundings;
  if (blocks.trials_started() < kTrialsPerPlannedTrial * planned_trials) return std::nullopt;
  const bool most_were_broken_off = blocks.lost_count() > blocks.void_count();
  return most_were_broken_off ? VerdictReason::broken_off : VerdictReason::surroundings;
}

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
      beside_(cells_beside(plan, cell)),
      arms_(arm_count(plan)),
      metrics_(plan.metrics.size()),
      rounds_(rounds_per_block(plan.protocol)),
      costly_(is_costly(plan.protocol.design)),
      losses_count_(rules_of(plan).lost_blocks == LostBlocks::at_their_worst),
      unpaired_(arms_),
      void_trials_by_arm_(arms_),
      failed_concludes_(arms_) {
  expected_.resize(arms_);
  std::iota(expected_.begin(), expected_.end(), kControl);
}

void CellBlocks::refuse_block(const Block& block, std::string_view what) const {
  throw Error(fmt::format("block {} of cell {}: {}", block.number, cell_ + 1, what), ErrorKind::invalid);
}

void CellBlocks::check(const Block& block) const {
  const auto refuse = [&](std::string_view what) { refuse_block(block, what); };
  if (block.beside != beside_) refuse("what ran beside it is not what the plan puts there");
  std::vector<int> trials_of_arm(arms_);
  for (const Trial& trial : block.trials) {
    if (trial.arm >= arms_) refuse(fmt::format("the plan has no arm {}", trial.arm));
    ++trials_of_arm[trial.arm];
    if (is_measured(trial.outcome) && trial.values.size() != metrics_) {
      refuse(fmt::format("a trial has {} values for {} metrics", trial.values.size(), metrics_));
    }
    for (const SteadySeries& series : trial.steady) {
      if (series.metric >= trial.values.size()) refuse(fmt::format("the plan has no metric {}", series.metric));
    }
  }
  if (block.broken_off) {
    for (const ArmIndex arm : block.broken_off->running) {
      if (arm >= arms_) refuse(fmt::format("the plan has no arm {}", arm));
    }
  }
  check_trials(block, trials_of_arm);
  if (is_void(block)) return;
  const bool known = block.number <= scheduled_ || waiting_.contains(block.number);
  if (block.number < 1 || known) refuse("it is there twice");
}

void CellBlocks::check_trials(const Block& block, const std::vector<int>& trials_of_arm) const {
  const auto all_are = [&](auto property) { return std::all_of(trials_of_arm.begin(), trials_of_arm.end(), property); };
  const bool each_is_there =
      block.trials.size() == expected_.size() * static_cast<std::size_t>(rounds_) &&
      std::all_of(expected_.begin(), expected_.end(), [&](ArmIndex arm) { return trials_of_arm[arm] == rounds_; });
  if (costly_) {
    const bool is_right = block.broken_off ? block.trials.empty() : block.trials.size() == 1;
    if (!is_right) refuse_block(block, "it needs exactly one trial");
  } else if (is_void(block)) {
    if (!all_are([this](int trials) { return trials <= rounds_; })) refuse_block(block, "an arm has too many trials");
  } else if (!each_is_there) {
    const std::string trials = rounds_ == 1 ? "one trial" : fmt::format("{} trials", rounds_);
    refuse_block(block, fmt::format("it needs exactly {} of each arm", trials));
  }
}

int CellBlocks::complete_count() const {
  if (costly_) return leading_count();
  return static_cast<int>(leading_.size() + waiting_.size());
}

/// Takes the next block of the schedule in.
void CellBlocks::lead(Block block) {
  ++scheduled_;
  any_failed_ |= std::any_of(block.trials.begin(), block.trials.end(),
                             [](const Trial& trial) { return !is_measured(trial.outcome); });
  if (!costly_) {
    leading_.push_back(with_common_steady_start(std::move(block)));
    return;
  }
  Block pair = block;  // its time and padding are those of the trial that completes it
  unpaired_[block.trials.front().arm].push_back(std::move(block));
  const bool all_there =
      std::none_of(unpaired_.begin(), unpaired_.end(), [](const auto& of_arm) { return of_arm.empty(); });
  if (!all_there) return;
  pair.number = leading_count() + 1;
  pair.losses = 0;
  pair.trials.clear();
  for (std::deque<Block>& of_arm : unpaired_) {
    pair.losses += of_arm.front().losses;
    pair.trials.push_back(std::move(of_arm.front().trials.front()));
    of_arm.pop_front();
  }
  leading_.push_back(std::move(pair));
}

void CellBlocks::count_trials(const Block& block) {
  trials_started_ += static_cast<int>(block.trials.size());
  if (block.broken_off) trials_started_ += static_cast<int>(block.broken_off->running.size());
  for (const Trial& trial : block.trials) failed_concludes_[trial.arm] += trial.outside.failed_concludes > 0 ? 1 : 0;
}

/// What was broken off says nothing about hooks.
void CellBlocks::add_void(const Block& block) {
  if (losses_count_ && is_lost(block)) {
    ++lost_count_;
    ++losses_of_number_[block.number];
  }
  if (block.broken_off) return;
  ++void_count_;
  most_reruns_ = std::max(most_reruns_, ++voids_of_number_[block.number]);
  for (const Trial& trial : block.trials) {
    void_trials_by_arm_[trial.arm] += is_infrastructure_failure(trial.outcome) ? 1 : 0;
  }
}

void CellBlocks::add(const Block& block) {
  check(block);
  count_trials(block);
  if (is_void(block)) return add_void(block);
  const auto losses = losses_of_number_.find(block.number);
  waiting_.emplace(block.number, block).first->second.losses = losses == losses_of_number_.end() ? 0 : losses->second;
  for (auto next = waiting_.find(scheduled_ + 1); next != waiting_.end(); next = waiting_.find(scheduled_ + 1)) {
    Block led = std::move(next->second);
    waiting_.erase(next);
    lead(std::move(led));
  }
}

}  // namespace assay::decide
