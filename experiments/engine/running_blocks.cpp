#include "experiments/engine/running_blocks.hpp"

#include <utility>

#include "core/engine/weight.hpp"
#include "core/host/machine/clock.hpp"

namespace assay::engine {

RunningBlocks::RunningBlocks(const Plan& plan, std::span<const BlockOrder> orders, const RunningBlockSink& sink)
    : sink_(sink), planned_(orders.front().arms.size()), ended_(orders.size()) {
  const std::int64_t now = host::unix_time_ns();
  for (const BlockOrder& order : orders) {
    headers_.push_back({.cell = order.cell,
                        .number = order.number,
                        .rerun = order.rerun,
                        .started_ns = now,
                        .padding = order.padding,
                        .trials = {},
                        .beside = cells_beside(plan, order.cell)});
  }
}

void RunningBlocks::start(std::vector<ArmIndex> arms) {
  has_started_ = true;
  running_ = std::move(arms);
  tell();
}

void RunningBlocks::end(const std::vector<std::optional<Trial>>& turn) {
  running_.clear();
  ++turns_;
  for (std::size_t block = 0; block < turn.size(); ++block) {
    if (turn[block]) ended_[block].push_back(*turn[block]);
  }
  // After the last one the blocks themselves follow at once.
  if (has_started_ && turns_ < planned_) tell();
}

std::vector<Block> RunningBlocks::broken_off() const {
  if (!has_started_) return {};
  std::vector<Block> left = headers_;
  for (std::size_t block = 0; block < left.size(); ++block) {
    left[block].trials = ended_[block];
    left[block].broken_off = BrokenOff{running_};
  }
  return left;
}

void RunningBlocks::tell() const {
  if (sink_) sink_(broken_off());
}

}  // namespace assay::engine
