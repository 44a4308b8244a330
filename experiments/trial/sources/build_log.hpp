#pragma once

#include <string>
#include <vector>

#include "core/result/result.hpp"

namespace assay::trial {

/// The logs of an attempt's builds in all its sessions, in one folder with a list of what was built (`builds.json`).
class BuildLogs {
 public:
  /// Makes the folder. \throws Error if it cannot be made.
  explicit BuildLogs(std::string folder);

  /// The file that the next build of this arm is to print to: "03-treatment.log".
  [[nodiscard]] std::string path_for(const std::string& label) const;
  /// Adds a build that printed to this path. Fills in its log and digest.
  void add(Build build, const std::string& path);

 private:
  std::string folder_;
  int next_ = 1;
};

/// The last lines of a log.
[[nodiscard]] std::vector<std::string> tail_of_log(const std::string& path);

}  // namespace assay::trial
