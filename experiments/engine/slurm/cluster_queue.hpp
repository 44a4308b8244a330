#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/units.hpp"
#include "experiments/engine/slurm/slurm_client.hpp"

namespace assay::engine {

/// The blocks of one experiment up to its next look, as its coordinator last saw them.
struct BlocksInFlight {
  std::size_t missing = 0;                ///< to be submitted
  std::size_t waiting = 0;                ///< submitted, and not seen running
  std::vector<nanoseconds> running = {};  ///< for how long each has held its node
};

/// The experiment may submit so many blocks now.
struct Admitted {
  std::size_t blocks = 0;
};
/// Others come first, or blocks that run may leave no time: ask again.
struct NotYet {};
/// The budget has no time left for another block of this experiment.
struct NodeTimeIsSpent {};
using Admission = std::variant<Admitted, NotYet, NodeTimeIsSpent>;

/// Divides a cluster among experiments that run at the same time, each with a coordinator in a thread of its own
/// (docs/slurm.md). Members are counted from 0. All functions may be called from any thread.
///
/// Blocks of a higher priority are submitted first. Experiments of one priority take turns: while another one is not
/// finished, none has more blocks waiting than a first look needs, or than it has running. The cluster, which starts
/// what was submitted first, thus takes from each in turn, and no node stands idle for the sake of fairness.
class ClusterQueue {
 public:
  struct Settings {
    std::vector<int> priorities;                ///< one for each member; the highest comes first
    std::optional<nanoseconds> node_time = {};  ///< that all members together may use; std::nullopt: no limit
    /// How long others wait for a member of a higher priority that has not asked yet.
    nanoseconds head_start = std::chrono::seconds(30);
  };
  explicit ClusterQueue(Settings settings);

  /// Asks for the right to submit blocks. What is admitted counts as waiting from then on.
  [[nodiscard]] Admission admit(std::size_t member, BlocksInFlight now);
  void see(std::size_t member, BlocksInFlight now);
  /// A block handed in its result after it had held its node for so long.
  void block_ended(std::size_t member, nanoseconds held);
  /// The same for a task that was lost: it says nothing about how long a block takes.
  void task_lost(std::size_t member, nanoseconds held);
  /// The member had to stop since the budget is spent, and nothing of it runs any more.
  void stop(std::size_t member);
  [[nodiscard]] bool is_stopped(std::size_t member) const;
  /// The member submits nothing any more.
  void leave(std::size_t member);

  [[nodiscard]] nanoseconds node_time(std::size_t member) const;
  /// Whether the budget is spent, whatever the next block takes.
  [[nodiscard]] bool is_spent() const;

  /// The tasks of these arrays, as `SlurmClient::queue` lists them. One reading of the cluster's queue serves all
  /// members who ask within `poll`, and none of them gets the same reading twice.
  [[nodiscard]] std::optional<std::vector<QueueRow>> rows(std::size_t member, SlurmClient& client,
                                                          const std::vector<std::string>& job_names, nanoseconds poll);

 private:
  struct Member {
    int priority = 0;
    bool is_here = true;
    bool is_stopped = false;
    bool has_asked = false;
    BlocksInFlight in_flight = {};
    nanoseconds spent{};
    nanoseconds ended_time{};  ///< of blocks that ended
    int ended = 0;
    std::vector<std::string> job_names = {};
    int last_reading = 0;
  };
  struct Reading {
    int number = 0;
    nanoseconds at{};
    std::vector<std::string> job_names = {};
    std::optional<std::vector<QueueRow>> rows = {};
  };

  [[nodiscard]] nanoseconds spent() const;
  [[nodiscard]] static std::optional<nanoseconds> expected(const Member& member);
  [[nodiscard]] nanoseconds reserved() const;
  [[nodiscard]] Admission within_budget(const Member& member, std::size_t blocks) const;
  [[nodiscard]] std::size_t turn_of(const Member& member) const;
  [[nodiscard]] bool comes_later(const Member& member) const;

  std::optional<nanoseconds> limit_;
  nanoseconds head_start_end_;
  std::vector<Member> members_;
  mutable std::mutex mutex_;
  Reading reading_;
  std::mutex reading_mutex_;  ///< held while the queue is read, so that all others wait for that reading
};

/// One of the experiments of a queue.
struct QueueMember {
  ClusterQueue& queue;
  std::size_t number = 0;
};

}  // namespace assay::engine
