#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "experiments/engine/engine.hpp"
#include "experiments/engine/slurm/slurm_session.hpp"
#include "experiments/engine/slurm/task.hpp"

namespace assay::engine {

/// Runs the blocks up to the next look on the cluster (docs/slurm.md). Whatever happens to the cluster or to this
/// process, each block is handed on at most once, and in the order given, so that which one ended first decides
/// nothing.
class GenerationRun {
 public:
  /// Both must outlive it. Blocks that an earlier session submitted are taken over.
  GenerationRun(SlurmSession& session, std::span<const BlockOrder> orders);

  /// Submits, waits, and takes results in until every block is handed on, or somebody asks to stop.
  /// \throws Error if a block cannot be started, or if tasks say that an arm cannot be set up.
  void run(const BlockSink& sink, const StopSignal& stop);

 private:
  void take_over();
  void submit_missing();
  [[nodiscard]] std::size_t admitted(std::span<Task* const> missing);
  void leave_queue();
  void count_ended(const Task& task, nanoseconds held);
  void count_lost(const Task& task);
  void submit(std::span<Task* const> tasks);
  /// sbatch failed, and the queue can be read and does not have the array.
  void take_refusal(const Generation& generation, std::span<Task* const> tasks, const std::string& message);

  void ask_queue();
  void see(const std::vector<QueueRow>& rows);
  void tell_why_none_runs();
  void cancel_superfluous(const std::vector<QueueRow>& rows);
  void take_in_if_changed();
  void take_in();
  void take_failures();
  void take_failure(Task& task, const TaskFailure& failure);
  void judge_open();
  [[nodiscard]] TaskSight sight_of(Task& task, const std::set<std::string>& begun) const;
  void lose(Task& task, std::string_view cause);
  void lose_unstarted(Task& task, std::string_view cause);
  void hand_on(const BlockSink& sink);
  void stop_starting();
  void leave_running();

  [[nodiscard]] bool all_handed_on() const { return handed_on_ == tasks_.size(); }
  [[nodiscard]] Task* task_at(const QueueRow& row);

  SlurmSession& session_;
  std::vector<Task> tasks_;
  std::size_t handed_on_ = 0;
  bool starts_no_more_ = false;
  bool is_out_of_node_time_ = false;
  std::string results_mark_;
  std::string told_why_;      ///< the last reason that was told
  nanoseconds list_after_{};  ///< when the results may be listed again
  int refusals_ = 0;
  nanoseconds submit_after_{};
  nanoseconds asked_{};
  std::unordered_map<std::string_view, Task*> by_file_;
  std::map<std::pair<int, std::size_t>, Task*> by_place_;  ///< by generation and index in its array
  std::map<std::string, int> finished_rows_seen_;          ///< by task: readings of the queue that had it after its end
};

}  // namespace assay::engine
