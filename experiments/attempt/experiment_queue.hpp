#pragma once

#include <cstddef>
#include <optional>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::attempt {

/// One experiment that shares a cluster with others.
struct QueuedExperiment {
  const ExperimentFile* file = nullptr;
  int priority = 0;  ///< the highest comes first
};

/// Why an experiment was not begun, or not gone on with.
enum class QueueStop {
  none,         ///< it came to its own end
  asked,        ///< somebody asked the queue to stop
  node_time,    ///< the budget of node time is spent
  asked_first,  ///< the same before it was begun
  node_time_first,
};

/// It was not begun: `QueueEnding::stop` says why.
struct NotBegun {};

/// How an experiment of a queue ended. An error of one does not keep the others from running.
struct QueueEnding {
  std::variant<NotBegun, Ending, Error> end = NotBegun{};
  QueueStop stop = QueueStop::none;
  nanoseconds node_time{};  ///< that its blocks held nodes for, as far as this run has seen
};

struct QueueOptions {
  RunOptions running;                         ///< of every experiment
  std::optional<nanoseconds> node_time = {};  ///< that all of them together may use; std::nullopt: no limit
};

/// Receives what happens in a queue.
class QueueObserver {
 public:
  QueueObserver() = default;
  virtual ~QueueObserver() = default;
  QueueObserver(const QueueObserver&) = delete;
  QueueObserver& operator=(const QueueObserver&) = delete;

  /// The observer of an experiment; each is called from a thread of its own, while others are called from theirs.
  [[nodiscard]] virtual Observer& observer_of(std::size_t experiment) = 0;
  /// Called for one experiment after the other, from whatever thread. What it throws stops the queue, and `run_queue`
  /// throws it.
  virtual void ended(std::size_t experiment, QueueEnding ending) = 0;
};

/// Runs experiments on a cluster at the same time, with one coordinator each (docs/slurm.md). Their blocks are
/// interleaved: those of a higher priority come first, and experiments of one priority take turns. Experiments that ask
/// the same question run one after the other. If somebody asks to stop, or the node time is spent, the attempts that
/// were begun stay open.
void run_queue(const std::vector<QueuedExperiment>& experiments, const QueueOptions& options, QueueObserver& observer);

/// Whether the blocks of an experiment run on a cluster, so that a queue can run it beside others.
[[nodiscard]] bool can_be_queued(const ExperimentFile& experiment);

}  // namespace assay::attempt
