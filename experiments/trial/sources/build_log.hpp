#pragma once

#include <string>
#include <vector>

#include "core/result.hpp"

namespace assay::trial {

/// The logs of an attempt's builds in one folder, with a list of what was built (`builds.json`), over all its sessions.
class BuildLogs {
 public:
  /// Makes the folder. \throws Error when it cannot be made.
  explicit BuildLogs(std::string folder);

  /// Where the next build of this arm is to print to: "03-treatment.log".
  [[nodiscard]] std::string path_for(const std::string& label) const;
  /// Takes a build in that printed to that path: fills in log and digest.
  void add(Build build, const std::string& path);

 private:
  std::string folder_;
  int next_ = 1;
};

/// The last lines of a log; none for an empty one.
[[nodiscard]] std::vector<std::string> tail_of_log(const std::string& path);

}  // namespace assay::trial
