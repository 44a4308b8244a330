#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/file_memo.hpp"

namespace assay::host {

/// The contents of the files of a folder at one moment, to find out later which of them changed.
///
/// Files are compared by content, mode and link target, not by times: a file that was merely touched, or rewritten with
/// the same content, counts as unchanged. Access times do not change. Cost: all files are read once; later, one stat(2)
/// for each unmodified file.
class FolderContents {
 public:
  /// \param folder  absolute
  /// \param passed_over  names at the top of the folder that are left out with everything below them
  FolderContents(std::string folder, std::set<std::string> passed_over);

  /// Paths below the folder that changed, vanished or are new, in byte order.
  [[nodiscard]] std::vector<std::string> changed();
  /// Watches only these paths from now on. Other paths are no longer reported.
  void keep_only(const std::set<std::string>& paths);
  /// The watched paths that changed or vanished, in byte order.
  [[nodiscard]] std::vector<std::string> changed_of_known();

 private:
  [[nodiscard]] std::vector<std::string> paths() const;
  [[nodiscard]] std::string state_of(const std::string& path);

  std::string folder_;
  std::set<std::string> passed_over_;
  FileMemo<std::string> digests_;
  std::map<std::string, std::string> states_;  ///< by path
};

}  // namespace assay::host
