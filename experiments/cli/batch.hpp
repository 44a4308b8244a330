#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/cli/command.hpp"
#include "experiments/cli/emit.hpp"

namespace assay::cli {

/// A file as it was judged.
struct JudgedFile {
  Plan plan;
  AttemptResult result;
  AttemptHeading heading;
};
using Judge = std::function<JudgedFile(const std::string& file)>;

struct BatchOptions {
  std::string folder;
  int threads = 1;
  OutputOptions output;
  ResultOptions result;
};

/// Judges every file of the folder whose name ends in .csv, in the order of their names, and prints one JSON array, or
/// a line each. A file that cannot be judged is told in its place, and the others go on.
/// \returns 1 where a file could not be judged, else the highest exit code of any.
/// \throws Error where there is no such folder, or no such file in it.
ExitCode judge_batch(const BatchOptions& options, const Judge& judge);

}  // namespace assay::cli
