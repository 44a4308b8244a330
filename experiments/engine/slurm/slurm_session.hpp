#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "experiments/engine/engines.hpp"
#include "experiments/engine/slurm/cluster_queue.hpp"
#include "experiments/engine/slurm/slurm_client.hpp"
#include "experiments/engine/slurm/spool.hpp"
#include "experiments/engine/slurm/task_judgement.hpp"

namespace assay::engine {

/// What a coordinator keeps while it lives. All that must outlive it is in the spool.
struct SlurmSession {
  const Plan& plan;
  ClusterOptions options;
  StepSink step;
  Spool spool;
  QueueMember* member = nullptr;  ///< if other experiments share the cluster with this one
  SlurmClient client = {};
  std::size_t largest_array = 1001;
  LossRule loss_rule = {};
  std::vector<Generation> generations = {};        ///< of the attempt, by number
  std::set<int> live = {};                         ///< generations whose tasks the queue may still have
  std::map<std::string, int> losses_by_node = {};  ///< tasks that were lost before a trial
  std::map<std::string, int> accepted = {};        ///< generation of the result that counts, by block
  std::set<std::string> lost = {};                 ///< blocks that were told as lost
  std::vector<std::string> notes = {};
  std::set<std::string> told = {};  ///< notes of tasks, each said once
  bool leaves_tasks = false;        ///< somebody asked to stop at once, and the cluster goes on
  std::set<std::string> intruders = {};

  [[nodiscard]] int next_generation() const { return generations.empty() ? 1 : generations.back().number + 1; }
  [[nodiscard]] const Generation* generation(int number) const;
  /// The nodes that lost two tasks or more before a trial.
  [[nodiscard]] std::vector<std::string> bad_nodes() const;
  /// The queue's tasks of these arrays; std::nullopt if it cannot be read now.
  [[nodiscard]] std::optional<std::vector<QueueRow>> read_queue(const std::vector<std::string>& job_names);
  /// "block 3 of work"
  [[nodiscard]] std::string name_of(const BlockKey& key) const;
};

}  // namespace assay::engine
