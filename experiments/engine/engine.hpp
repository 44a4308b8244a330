#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/result.hpp"
#include "core/stop_request.hpp"
#include "experiments/trial/audit/fingerprint.hpp"

namespace assay::engine {

using assay::StopRequest;
using assay::StopSignal;
/// Receives each block as it ends, void ones too.
using BlockSink = std::function<void(Block)>;
/// Is told of each step outside the clock as it begins: "warm-up of treatment".
using StepSink = std::function<void(std::string_view)>;

/// A block that was broken off, to be started again with the same coin.
struct DroppedBlock {
  BlockOrder order;
  std::vector<ArmIndex> running;  ///< of a duet several
  nanoseconds elapsed{};          ///< how long they had been
};

/// Runs blocks somewhere: on this host, on a cluster, or in a simulation with a known truth.
class Engine {
 public:
  Engine() = default;
  virtual ~Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Makes what the arms are made of, where that is not there: clones and builds. Before everything else; returns early
  /// when asked to stop. \throws Error (invalid) when a build fails.
  virtual void build(const StopSignal& /*stop*/) {}
  /// What was built, in this session and those before.
  [[nodiscard]] virtual std::vector<Build> builds() { return {}; }
  /// What every arm of every cell is made of at this moment, cell by cell. \throws Error when a part is missing.
  [[nodiscard]] virtual std::vector<trial::Fingerprint> fingerprints() = 0;
  /// Warm-ups and setups, before the first block of this process. Returns early when asked to stop.
  /// \throws Error when an arm cannot be set up.
  virtual void prepare(const StopSignal& stop) = 0;
  /// Runs these blocks, each to its end, and hands each to `sink`. A parallel engine may end them in any order.
  /// Returns early when asked to stop; at once: with the block that is lost by it.
  virtual std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                          const StopSignal& stop) = 0;
  /// What the trials so far show to be wrong with the comparison itself: "the change did not reach what was run: ...".
  [[nodiscard]] virtual std::vector<std::string> take_intruders() { return {}; }
  /// How the arms stood the checks of isolation in this session, where the variable shares something.
  [[nodiscard]] virtual std::vector<IsolationChallenge> challenges() { return {}; }
  /// What a reader of the result should know, each once: "standard output differs between the arms".
  [[nodiscard]] virtual std::vector<std::string> take_notes() = 0;
  /// Ends what `prepare` started; also after an error.
  virtual void finish() noexcept = 0;
};

}  // namespace assay::engine
