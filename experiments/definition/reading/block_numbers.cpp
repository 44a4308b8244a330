#include "experiments/definition/reading/block_numbers.hpp"

#include <algorithm>

namespace assay::definition {
namespace {

/// 5 of each arm already give an exact test at 1 %; 6 can be laid in quads, too.
constexpr int kCostlyTrials = 6;

}  // namespace

Protocol with_block_numbers(Protocol protocol, const BlockNumbers& numbers) {
  if (is_costly(protocol.design)) {
    protocol.max_blocks = numbers.fixed.value_or(numbers.cap.value_or(kCostlyTrials));
    const bool one_look = numbers.fixed || !numbers.first_look;
    if (one_look && !looks_anytime(protocol)) protocol.looks = LookMode::once;
    protocol.min_blocks = numbers.first_look.value_or(protocol.max_blocks);
    return protocol;
  }
  if (looks_anytime(protocol)) protocol.max_blocks = kNoCap;
  if (numbers.first_look) protocol.min_blocks = *numbers.first_look;
  if (numbers.cap) protocol.max_blocks = *numbers.cap;
  if (numbers.fixed) {
    protocol.looks = LookMode::once;
    protocol.max_blocks = *numbers.fixed;
    protocol.min_blocks = std::min(protocol.min_blocks, protocol.max_blocks);
  }
  return protocol;
}

}  // namespace assay::definition
