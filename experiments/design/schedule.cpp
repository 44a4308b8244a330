#include "experiments/design/schedule.hpp"

#include <numeric>
#include <utility>

#include "core/assert.hpp"
#include "core/engine/weight.hpp"

namespace assay::design {
namespace {

std::vector<ArmIndex> first_arms(std::size_t count) {
  std::vector<ArmIndex> arms(count);
  std::iota(arms.begin(), arms.end(), ArmIndex{0});
  return arms;
}

/// Uniform permutation (Fisher and Yates 1938; Durstenfeld 1964, CACM 7(7):420). For two arms it draws one coin.
std::vector<ArmIndex> permuted(std::vector<ArmIndex> arms, Generator generator) {
  for (std::size_t left = arms.size(); left > 1; --left) std::swap(arms[left - 1], arms[generator.below(left)]);
  return arms;
}

/// The arms in their order, then in the reverse order, and so on, so that an even drift over two rounds cancels.
std::vector<ArmIndex> in_rounds(const std::vector<ArmIndex>& arms, int rounds) {
  std::vector<ArmIndex> order;
  for (int round = 0; round < rounds; ++round) {
    if (round % 2 == 0) {
      order.insert(order.end(), arms.begin(), arms.end());
    } else {
      order.insert(order.end(), arms.rbegin(), arms.rend());
    }
  }
  return order;
}

/// The position of a trial in a costly design.
struct CostlyPosition {
  std::uint64_t stratum = 1;
  std::size_t trial = 0;  ///< in the stratum
  int trials_of_arm = 0;  ///< in the stratum
};

CostlyPosition position_of(const Plan& plan, int number) {
  auto trial = static_cast<std::size_t>(number - 1);
  CostlyPosition position;
  for (const int trials_of_arm : costly_strata(plan.protocol)) {
    const std::size_t size = arm_count(plan) * static_cast<std::size_t>(trials_of_arm);
    position.trials_of_arm = trials_of_arm;
    position.trial = trial;
    if (trial < size) return position;
    trial -= size;
    ++position.stratum;
  }
  ASSAY_ASSERT(false);
  return position;
}

/// One trial: its position in a random order of all trials of its stratum, in which every arm has equally many.
BlockOrder costly_order(const Plan& plan, BlockOrder order) {
  const CostlyPosition position = position_of(plan, order.number);
  const std::size_t arms = arm_count(plan);
  const std::vector<ArmIndex> all = permuted(first_arms(arms * static_cast<std::size_t>(position.trials_of_arm)),
                                             plan.seed.stream(Stream::order, order.cell, position.stratum));
  order.arms = {all[position.trial] % arms};
  // The same for all trials: another one for each would be one noise more.
  order.padding = drawn_padding(plan, order.cell, 1);
  return order;
}

}  // namespace

int drawn_padding(const Plan& plan, std::size_t cell, int number) {
  ASSAY_ASSERT(number >= 1);
  const auto block = static_cast<std::uint64_t>(number);
  return static_cast<int>(plan.seed.stream(Stream::padding, cell, block).below(kLargestPadding + 1));
}

BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun) {
  return block_order(plan, cell, number, rerun, first_arms(arm_count(plan)));
}

BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun, std::vector<ArmIndex> arms) {
  ASSAY_ASSERT(number >= 1);
  const auto block = static_cast<std::uint64_t>(number);
  BlockOrder order;
  order.cell = cell;
  order.number = number;
  order.rerun = rerun;
  if (is_costly(plan.protocol.design)) return costly_order(plan, std::move(order));
  order.padding = drawn_padding(plan, cell, number);
  // What runs beside a trial must not depend on its arm, so a group has one coin.
  const std::size_t coin = group_of(plan, cell).front();
  arms = permuted(std::move(arms), plan.seed.stream(Stream::order, coin, block));
  order.arms = in_rounds(arms, rounds_per_block(plan.protocol));
  return order;
}

}  // namespace assay::design
