#pragma once

#include <cstddef>
#include <string>

#include "core/enum_names.hpp"

namespace assay::attempt {

/// One task of a job array on a node of a cluster.
struct WorkerTask {
  std::string spool;  ///< absolute: the folder of the attempt's spool
  std::string plan_sha256;
  int generation = 1;
  std::size_t task = 0;          ///< its index in the array
  std::string answer_to_signal;  ///< as in `RunOptions`
};

/// How it ended. None of them is the cluster's fault.
enum class WorkerEnd {
  handed_in,   ///< the block, or why it could not be run
  not_wanted,  ///< the block was given to another task, or nobody waits for it any more
  stopped,     ///< somebody asked it to stop; it handed in nothing
};

/// Runs one block of an attempt as the local engine would, and hands it in to the spool: arms, hooks, checks and
/// metrics are the same. Before its first trial starts it claims the block, so that no block of a generation runs
/// twice. \throws Error if the spool cannot be read or written.
[[nodiscard]] WorkerEnd run_worker(const WorkerTask& task);

}  // namespace assay::attempt

template <>
struct assay::EnumNames<assay::attempt::WorkerEnd> {
  static constexpr std::array<std::string_view, 3> values = {"handed in", "not wanted", "stopped"};
};
