#pragma once

#include <functional>
#include <span>

#include "core/block.hpp"

namespace assay::experiments {

/// What a person or the clock asks of a running engine.
enum class StopRequest {
  none,
  after_block,  ///< finish the running block, start no other
  at_once,      ///< end the running trial; its block is lost
};

/// Asked between and during trials; never blocks.
using StopSignal = std::function<StopRequest()>;
/// Receives each block as it ends, void ones too.
using BlockSink = std::function<void(Block)>;

/// Runs blocks somewhere: on this host, on a cluster, or in a simulation with a known truth.
class Engine {
 public:
  Engine() = default;
  virtual ~Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Warm-ups and setups, before the first block of this process. \throws Error when an arm cannot be set up.
  virtual void prepare(const StopSignal& stop) = 0;
  /// Runs these blocks, each to its end, and hands each to `sink`. A parallel engine may end them in any order.
  /// Returns early when asked to stop.
  virtual void run(std::span<const BlockOrder> orders, const BlockSink& sink, const StopSignal& stop) = 0;
  /// Ends what `prepare` started; also after an error.
  virtual void finish() noexcept = 0;
};

}  // namespace assay::experiments
