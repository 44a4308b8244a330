#include "experiments/engine/running_block.hpp"

#include <utility>

#include "core/host/machine/clock.hpp"

namespace assay::engine {

RunningBlock::RunningBlock(const BlockOrder& order, const RunningBlockSink& sink)
    : sink_(sink),
      header_{.cell = order.cell,
              .number = order.number,
              .rerun = order.rerun,
              .started_ns = host::unix_time_ns(),
              .padding = order.padding,
              .trials = {}},
      planned_(order.arms.size()) {}

void RunningBlock::start(std::vector<ArmIndex> arms) {
  has_started_ = true;
  running_ = std::move(arms);
  tell();
}

void RunningBlock::end(const Trial& trial) {
  running_.clear();
  ended_.push_back(trial);
  // After the last one the block itself follows at once.
  if (has_started_ && ended_.size() < planned_) tell();
}

std::optional<Block> RunningBlock::broken_off() const {
  if (!has_started_) return std::nullopt;
  Block block = header_;
  block.trials = ended_;
  block.broken_off = BrokenOff{running_};
  return block;
}

void RunningBlock::tell() const {
  if (sink_) sink_(*broken_off());
}

}  // namespace assay::engine
