#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/host/files/file_memo.hpp"

namespace assay::host {

/// What the files of a folder hold at one moment, to tell later which of them changed.
///
/// By content, mode and target of links, not by times: what is merely touched, or written again as it was, is the same.
/// Access times stay as they are. Cost: the reading of all files once; later one stat(2) for each that nobody wrote.
class FolderContents {
 public:
  /// \param folder  absolute
  /// \param passed_over  names at its top that are left out with all that is in them
  FolderContents(std::string folder, std::set<std::string> passed_over);

  /// Paths below the folder that are not as they were, are gone, or are new; in byte order.
  [[nodiscard]] std::vector<std::string> changed();
  /// Watches only these from now on: of others nothing is told any more.
  void keep_only(const std::set<std::string>& paths);
  /// Of the paths that are watched those that are not as they were, or are gone; in byte order.
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
