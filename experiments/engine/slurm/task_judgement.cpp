#include "experiments/engine/slurm/task_judgement.hpp"

namespace assay::engine {

namespace {

/// Whether it may be running all the same.
bool is_doubtful(const TaskSight& sight) {
  if (sight.trials == TrialsBegun::no) return false;  // its claim is taken away, so that nothing can start any more
  return !sight.row || sight.row->ended_well || sight.was_repeated;
}

}  // namespace

TaskJudgement judge(const TaskSight& sight, const LossRule& rule) {
  const bool is_gone = !sight.row || sight.row->state == QueueState::ended;
  const bool is_silent = sight.silent_for > sight.may_be_silent;
  if (is_gone) {
    const bool is_settled = sight.polls_unseen >= rule.polls && sight.unseen_for >= rule.settling;
    return is_settled && (is_silent || !is_doubtful(sight)) ? TaskJudgement::lost : TaskJudgement::wait;
  }
  switch (sight.row->state) {
    case QueueState::held:
      return TaskJudgement::cancel_as_lost;  // its start failed, and Slurm would keep it for ever
    case QueueState::running:
    case QueueState::ending:
      return is_silent ? TaskJudgement::cancel_as_lost : TaskJudgement::wait;
    case QueueState::waiting:
    case QueueState::ended:
      break;
  }
  return TaskJudgement::wait;
}

}  // namespace assay::engine
