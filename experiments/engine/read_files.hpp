#pragma once

#include <string>
#include <vector>

namespace assay::engine {

/// Shows by access times which files of a clone are read.
class ReadFiles {
 public:
  /// \param top  absolute: the clone's \param paths  below it
  ReadFiles(std::string top, std::vector<std::string> paths);

  /// From now on nothing counts as read.
  void forget() const;
  /// The files that were read since, in the order of the paths.
  [[nodiscard]] std::vector<std::string> since() const;

 private:
  std::string top_;
  std::vector<std::string> paths_;
};

}  // namespace assay::engine
