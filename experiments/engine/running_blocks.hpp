#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// A block while its trials run, or several that run side by side: it knows what would be left of them if they were
/// broken off.
class RunningBlocks {
 public:
  /// \param plan, sink  must outlive it; the sink may be empty
  RunningBlocks(const Plan& plan, std::span<const BlockOrder> orders, const RunningBlockSink& sink);

  /// Trials of these arms are about to start in every block: the only one of its turn, or in a duet both.
  void start(std::vector<ArmIndex> arms);
  /// The trials of a turn have ended, or could not be started: one of each block, empty if it was neither.
  void end(const std::vector<std::optional<Trial>>& turn);

  /// The blocks without their trials.
  [[nodiscard]] const std::vector<Block>& headers() const { return headers_; }
  /// What is left of them if they are broken off now; nothing if no trial has started.
  [[nodiscard]] std::vector<Block> broken_off() const;

 private:
  void tell() const;

  const RunningBlockSink& sink_;
  std::vector<Block> headers_;
  std::size_t planned_;  ///< trials of each block
  std::size_t turns_ = 0;
  std::vector<std::vector<Trial>> ended_;  ///< by block
  std::vector<ArmIndex> running_;
  bool has_started_ = false;
};

}  // namespace assay::engine
