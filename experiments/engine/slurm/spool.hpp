#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/engine/slurm/block_key.hpp"
#include "experiments/engine/slurm/result_name.hpp"
#include "experiments/engine/slurm/task_files.hpp"

namespace assay::engine {

/// The folder on a shared file system through which an attempt's coordinator and its tasks speak to each other
/// (docs/formats/spool.md). Every file is written under another name, synced and renamed, so that it is there whole or
/// not at all. Nothing that matters is only in memory: a coordinator that was killed goes on from here.
class Spool {
 public:
  /// \param folder  absolute
  Spool(std::string folder, std::string plan_sha256);

  /// Makes it for a plan, or renews what may differ when an attempt is taken up again: the program and the values.
  /// \param program  absolute: the file of the assay that is to run blocks
  /// \throws Error if the folder cannot be written, or holds another plan.
  void make(const Plan& plan, const std::string& program);
  /// Removes the folder with all that is in it.
  void remove() const;

  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] const std::string& plan_sha256() const { return plan_sha256_; }
  /// The script that starts a task.
  [[nodiscard]] std::string script() const { return folder_ + "/task.sh"; }
  /// The program that tasks run; `make` comes first.
  [[nodiscard]] const std::string& program() const { return program_; }
  [[nodiscard]] std::string log_folder() const { return folder_ + "/log"; }

  /// The plan with all its values. \throws Error if its digest is another one.
  [[nodiscard]] Plan plan() const;

  [[nodiscard]] std::vector<Generation> generations() const;
  /// \throws Error if it is missing.
  [[nodiscard]] Generation generation(int number) const;
  /// Keeps the intent to submit a generation, durably.
  void keep_generation(const Generation& generation) const;

  /// Takes the right to run a block in a generation, or takes it away from all others. \returns false if somebody has
  /// it already.
  [[nodiscard]] bool claim(const BlockKey& key, int generation, const Claim& claim) const;
  [[nodiscard]] std::optional<Claim> claimed(const BlockKey& key, int generation) const;

  void keep_progress(const BlockKey& key, int generation, const TaskProgress& progress) const;
  [[nodiscard]] std::optional<TaskProgress> progress(const BlockKey& key, int generation) const;
  /// The names (`task_file_name`) of all tasks that have written progress.
  [[nodiscard]] std::set<std::string> begun() const;
  /// Changes whenever the progress is written; empty if there is none.
  [[nodiscard]] std::string progress_mark(const BlockKey& key, int generation) const;

  void hand_in(const TaskResult& result) const;
  void hand_in(const BlockKey& key, const TaskFailure& failure) const;
  /// What was handed in, by block.
  using HandedInByBlock = std::map<std::string, std::vector<HandedIn>>;
  [[nodiscard]] HandedInByBlock results() const;
  /// Only those of the blocks that are wanted, by the names of their files.
  [[nodiscard]] HandedInByBlock results(const std::function<bool(std::string_view block)>& wanted) const;
  [[nodiscard]] HandedInByBlock failures() const;
  /// Changes when a result is handed in; on file systems that others serve perhaps late.
  [[nodiscard]] std::string results_mark() const;
  /// \returns nothing if the file is damaged or belongs to another plan, generation or block.
  [[nodiscard]] std::optional<TaskResult> result(const BlockKey& key, const HandedIn& file) const;
  [[nodiscard]] std::optional<TaskFailure> failure(const HandedIn& file) const;

  void keep_node(const ClusterNode& node) const;
  /// By name.
  [[nodiscard]] std::vector<ClusterNode> nodes() const;
  /// The processor of the first node that came; the first caller decides it.
  [[nodiscard]] std::string first_cpu_model(const std::string& mine) const;

 private:
  [[nodiscard]] std::string path(std::string_view kind, const std::string& name) const;

  std::string folder_;
  std::string plan_sha256_;
  std::string program_;
};

/// The folder of a plan below the folder for all spools.
[[nodiscard]] std::string spool_folder(const std::string& spools, const std::string& plan_sha256);

}  // namespace assay::engine
