#pragma once

#include <optional>

#include "core/units.hpp"
#include "experiments/engine/slurm/queue_listing.hpp"

namespace assay::engine {

/// Whether the first trial of a task has started, so that its block would be lost with it.
enum class TrialsBegun { no, yes };

/// What a coordinator has seen of a task that has handed in nothing.
struct TaskSight {
  std::optional<QueueRow> row = {};  ///< std::nullopt: the queue was read and does not have it
  int polls_unseen = 0;              ///< readings of the queue in a row without it, or with its end
  nanoseconds unseen_for{};          ///< since the first of those
  nanoseconds silent_for{};          ///< since its progress changed, or since it began to run
  nanoseconds may_be_silent{};       ///< as its last progress allows
  TrialsBegun trials = TrialsBegun::no;
  bool was_repeated = false;  ///< the queue had it waiting after it had begun: a restored controller starts it again
};

/// What follows from it.
enum class TaskJudgement {
  wait,
  lost,            ///< it will hand in nothing any more
  cancel_as_lost,  ///< the same, although the queue still has it: end it first
};

/// How long the queue must go on to lack a task. File systems that others serve may show a result late.
struct LossRule {
  int polls = 3;
  nanoseconds settling{};
};

/// Judges a task by the queue and by its progress. A queue that could not be read is no sight: nothing follows from it.
///
/// A controller that was restored from an older state forgets tasks, or starts them again while they run; the second
/// start finds the claim and ends well. So the absence of a task whose trials have begun, or its good end without a
/// result, or any end of one that was repeated, is believed only when it has been silent for too long.
[[nodiscard]] TaskJudgement judge(const TaskSight& sight, const LossRule& rule);

}  // namespace assay::engine
