#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/attempt/experiment.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// "--priority urgent.toml=2"
struct FilePriority {
  std::string file;
  int priority = 0;
};

/// What `assay run` is asked for.
struct RunRequest {
  std::vector<std::string> files;
  attempt::FileOverrides overrides;
  attempt::RunOptions running;
  OutputOptions output;
  ResultOptions result;
  ExportOptions exports;
  std::optional<nanoseconds> pause_after;
  std::vector<FilePriority> priorities;
  std::optional<nanoseconds> node_time;  ///< that the whole command may use of a cluster
};

/// --priority, --node-hours: for experiments that share a cluster.
void add_queue_options(CommandLine& line, RunRequest& request);
/// \throws Error if one of these options is given without a cluster, or names a file that is not run.
void check_queue_options(const RunRequest& request);

/// The priority of a file; 0 if none is given.
[[nodiscard]] int priority_of(const RunRequest& request, const std::string& file);

/// The command line that asks for these files, to be said again in advice.
[[nodiscard]] Arguments words_for(const std::vector<std::string>& files, const RunRequest& request);

}  // namespace assay::screen
