#pragma once

#include <optional>
#include <vector>

#include "core/block.hpp"
#include "experiments/engine/engine.hpp"

namespace assay::engine {

/// A block while its trials run: it knows what would be left of it if it were broken off.
class RunningBlock {
 public:
  /// \param sink  must outlive it; may be empty
  RunningBlock(const BlockOrder& order, const RunningBlockSink& sink);

  /// Trials of these arms are about to start: the only one of its turn, or in a duet both.
  void start(std::vector<ArmIndex> arms);
  /// A trial has ended, or could not be started.
  void end(const Trial& trial);

  /// The block without its trials.
  [[nodiscard]] const Block& header() const { return header_; }
  /// What is left of it if it is broken off now; empty if no trial of it has started.
  [[nodiscard]] std::optional<Block> broken_off() const;

 private:
  void tell() const;

  const RunningBlockSink& sink_;
  Block header_;
  std::size_t planned_;
  std::vector<Trial> ended_;
  std::vector<ArmIndex> running_;
  bool has_started_ = false;
};

}  // namespace assay::engine
