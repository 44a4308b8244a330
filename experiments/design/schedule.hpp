#pragma once

#include <cstddef>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::design {

/// The order of one block, which follows only from the seed: a fair coin for two arms, a uniform permutation for more.
/// If an arm has several trials in the block, the arms run in that order and its reverse in turn. In a costly design a
/// block of the schedule is one trial. A rerun has the coin and the padding of its first start. Cells that run side by
/// side have the coin of the first of them, and each has its own padding.
[[nodiscard]] BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun = 0);
/// The same for only those arms that are still in a race: a uniform permutation of them. \param arms  ascending.
[[nodiscard]] BlockOrder block_order(const Plan& plan, std::size_t cell, int number, int rerun,
                                     std::vector<ArmIndex> arms);

/// The padding of the environment of this block, as `block_order` draws it unless the design is costly.
[[nodiscard]] int drawn_padding(const Plan& plan, std::size_t cell, int number);

/// The padding of the environment is drawn from 0 .. this many bytes; it is the same for every arm of a block.
inline constexpr int kLargestPadding = 4096;

}  // namespace assay::design
