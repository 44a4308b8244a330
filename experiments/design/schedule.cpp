#include "experiments/design/schedule.hpp"

#include <numeric>
#include <utility>

#include "core/assert.hpp"

namespace assay::experiments {
namespace {

/// Uniform permutation (Fisher and Yates 1938; Durstenfeld 1964, CACM 7(7):420). For two arms it draws one coin.
std::vector<ArmIndex> permuted_arms(std::size_t count, Generator generator) {
  std::vector<ArmIndex> arms(count);
  std::iota(arms.begin(), arms.end(), ArmIndex{0});
  for (std::size_t left = count; left > 1; --left) std::swap(arms[left - 1], arms[generator.below(left)]);
  return arms;
}

/// The arms in their order, then in the reverse order, and so on: what drifts evenly over two rounds cancels.
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

}  // namespace

BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun) {
  ASSAY_ASSERT(number >= 1);
  const auto block = static_cast<std::uint64_t>(number);
  BlockOrder order;
  order.cell = cell;
  order.number = number;
  order.rerun = rerun;
  order.padding = static_cast<int>(plan.seed.stream(Stream::padding, cell, block).below(kLargestPadding + 1));
  const std::vector<ArmIndex> arms = permuted_arms(arm_count(plan), plan.seed.stream(Stream::order, cell, block));
  order.arms = in_rounds(arms, rounds_per_block(plan.protocol));
  return order;
}

}  // namespace assay::experiments
