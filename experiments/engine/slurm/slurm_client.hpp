#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/engine/cluster_options.hpp"
#include "core/host/process/process.hpp"
#include "experiments/engine/slurm/queue_listing.hpp"
#include "experiments/engine/slurm/task_files.hpp"

namespace assay::engine {

/// The words of the submitting command. What the caller adds comes last, so that it wins.
struct SubmissionWords {
  const ClusterOptions& options;
  const Generation& generation;
  std::string log_folder;
  std::vector<std::string> excluded;  ///< nodes
  Argv script;                        ///< with its arguments
};
[[nodiscard]] Argv sbatch_words(const SubmissionWords& words);

struct Submitted {};
/// What sbatch said; the controller may be down, or may have taken the array all the same.
struct NotSubmitted {
  std::string message;
};
using SubmissionEnd = std::variant<Submitted, NotSubmitted>;

/// Speaks to a Slurm cluster through its commands, which are its stable interface: sbatch, squeue, scancel and
/// scontrol, without a shell, each with a timeout. Nothing is concluded from a command that failed.
class SlurmClient {
 public:
  /// \throws Error if there is no sbatch.
  SlurmClient();

  [[nodiscard]] SubmissionEnd submit(const Argv& words);
  /// The tasks of all arrays of these names; std::nullopt if the queue cannot be read now.
  [[nodiscard]] std::optional<std::vector<QueueRow>> queue(const std::vector<std::string>& job_names);
  /// Ends one task, given both its name and its id: an id alone may have been handed out again to somebody else.
  /// Slurm 22.05 then takes all tasks of the array that wait for one that waits.
  void cancel(const QueueRow& row);
  /// Tasks that one array may have, as the site configures it; Slurm's own default if that cannot be read.
  [[nodiscard]] std::size_t largest_array();

 private:
  [[nodiscard]] host::ProcessResult run(Argv words);

  host::Launcher launcher_;
  std::map<std::string, std::string> environment_;
};

}  // namespace assay::engine
