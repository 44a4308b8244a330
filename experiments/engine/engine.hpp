#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/host/process/process.hpp"
#include "core/result/result.hpp"
#include "core/stop_request.hpp"
#include "experiments/trial/audit/fingerprint.hpp"

namespace assay::engine {

using assay::StopRequest;
using assay::StopSignal;

/// Receives blocks as they end, including void ones: one, or those that ran side by side, which end together and are
/// void together; a block of them that was void before its first trial may be missing.
using BlockSink = std::function<void(std::vector<Block>)>;
/// Receives the blocks that are running, as they would be if they were broken off now: just before each turn of their
/// trials starts, and when one but the last has ended. They are one, or several that run side by side.
using RunningBlockSink = std::function<void(const std::vector<Block>&)>;
/// Receives each step outside the clock as it begins: "warm-up of treatment".
using StepSink = std::function<void(std::string_view)>;

/// A block that was broken off, with those beside it, and is to be started again in the same order.
struct DroppedBlock {
  BlockOrder order;               ///< if several ran side by side, of the first of them
  std::vector<ArmIndex> running;  ///< the arms that were broken off: one, or in a duet two
  nanoseconds elapsed{};          ///< how long they had been running
};

/// What arms did where nothing announced that they were measured.
struct VigilantRuns {
  std::vector<UnannouncedTrials> unannounced = {};  ///< one for each arm of each cell
  std::vector<WarmUps> fresh_starts = {};           ///< the first run of each arm that runs there
};

/// Runs blocks somewhere: on this host, on a cluster, or in a simulation with a known truth.
class Engine {
 public:
  Engine() = default;
  virtual ~Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Clones and builds what the arms are made of, if it is not there. To be called first. Returns early if asked to
  /// stop. \throws Error (invalid) if a build fails.
  virtual void build(const StopSignal& /*stop*/) {}
  /// What was built, in this session and those before.
  [[nodiscard]] virtual std::vector<Build> builds() { return {}; }
  /// What every arm of every cell is made of at this moment, cell by cell. \throws Error if a part is missing.
  [[nodiscard]] virtual std::vector<trial::Fingerprint> fingerprints() = 0;
  /// Runs setups and warm-ups, before the first block of this process. Returns early if asked to stop.
  /// \throws Error if an arm cannot be set up.
  virtual void prepare(const StopSignal& stop) = 0;
  /// From now on hands on the block that is running. An engine whose trials come out the same when they are run again
  /// need not do it.
  virtual void follow_running(RunningBlockSink /*sink*/) {}
  /// Runs these blocks and hands each to `sink` as it ends. Those of cells that run side by side come one after the
  /// other in `orders`, in the order of their cells, all with the same number and arms. A parallel engine may end them
  /// in any order. Returns early if asked to stop. \returns the block that was broken off, if it was asked to stop at
  /// once. If a trial of it had started, and the plan's rules ask for it, the sink has received what was left of it.
  virtual std::optional<DroppedBlock> run(std::span<const BlockOrder> orders, const BlockSink& sink,
                                          const StopSignal& stop) = 0;
  /// Runs every arm a few times, after the last block, where nothing announces that it is measured, and challenges
  /// isolation once more. \returns nothing if somebody asks to stop meanwhile, or if nothing is run.
  [[nodiscard]] virtual VigilantRuns run_unannounced(const StopSignal& /*stop*/) { return {}; }
  /// Looks whether the first treatment weakens what judges it: plants the plan's faults into control and into
  /// treatment, judges treatment by control's checks, and breaks both arms on purpose. \returns nothing if somebody
  /// asks to stop meanwhile, or if there is nothing to try.
  [[nodiscard]] virtual std::vector<TriedPlant> try_plants(const StopSignal& /*stop*/) { return {}; }
  /// What is wrong with the comparison itself according to the trials so far: "the change did not reach what was run".
  [[nodiscard]] virtual std::vector<std::string> take_intruders() { return {}; }
  /// What the setups and cleanups of this session took.
  [[nodiscard]] virtual std::vector<HookRun> hook_runs() { return {}; }
  /// Files that the change alters and that checks read, although the checks pass with control's versions, too.
  [[nodiscard]] virtual std::vector<std::string> changed_harness() { return {}; }
  /// The times of this session's warm-ups.
  [[nodiscard]] virtual std::vector<WarmUps> warm_ups() { return {}; }
  /// The results of the isolation checks in this session, if the variable shares something between trials.
  [[nodiscard]] virtual std::vector<IsolationChallenge> challenges() { return {}; }
  /// The nodes of a cluster that blocks of the attempt ran on, in this session and those before, by name.
  [[nodiscard]] virtual std::vector<ClusterNode> nodes() { return {}; }
  /// This machine, if it runs the blocks of this session and others may run those of the next one.
  [[nodiscard]] virtual std::optional<ClusterNode> runner() { return std::nullopt; }
  /// What a reader of the result should know, each said once: "standard output differs between the arms".
  [[nodiscard]] virtual std::vector<std::string> take_notes() = 0;
  /// What a reader should know about how the programs lie in memory. It matters only once there are blocks.
  [[nodiscard]] virtual std::vector<std::string> notes_on_layout() { return {}; }
  /// The launchers that may have a child running, for signals to reach.
  [[nodiscard]] virtual std::vector<host::Launcher*> launchers() { return {}; }
  /// Ends what `prepare` started. To be called after an error as well.
  virtual void finish() noexcept = 0;
};

}  // namespace assay::engine
