#include "experiments/design/schedule.hpp"

#include <numeric>
#include <utility>

#include "core/assert.hpp"

namespace assay::experiments {
namespace {

/// Uniform permutation (Fisher and Yates 1938; Durstenfeld 1964, CACM 7(7):420). For two arms it draws one coin.
std::vector<ArmIndex> permuted(std::vector<ArmIndex> arms, Generator generator) {
  for (std::size_t left = arms.size(); left > 1; --left) std::swap(arms[left - 1], arms[generator.below(left)]);
  return arms;
}

}  // namespace

BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun) {
  std::vector<ArmIndex> all(arm_count(plan));
  std::iota(all.begin(), all.end(), ArmIndex{0});
  return block_order(plan, cell, number, rerun, std::move(all));
}

BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun, std::vector<ArmIndex> arms) {
  ASSAY_ASSERT(number >= 1);
  const auto block = static_cast<std::uint64_t>(number);
  BlockOrder order;
  order.cell = cell;
  order.number = number;
  order.rerun = rerun;
  order.padding = static_cast<int>(plan.seed.stream(Stream::padding, cell, block).below(kLargestPadding + 1));
  order.arms = permuted(std::move(arms), plan.seed.stream(Stream::order, cell, block));
  return order;
}

}  // namespace assay::experiments
