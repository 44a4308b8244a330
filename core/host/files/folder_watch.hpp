#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace assay::host {

/// What appears below some folders between two moments.
///
/// Folders are read breadth first and links not followed, up to a number of entries each, so that a large home costs
/// little: what lies deeper is not watched, and the caller is told. Afterwards only the folders that were read are read
/// again, so that the cut falls on the same ones.
class FolderWatch {
 public:
  /// Paths that are passed over with all that is below them.
  using Exempt = std::function<bool(const std::string& path)>;

  /// \param folders  absolute; those that cannot be read are passed over
  /// \param most_entries  read of each of them
  FolderWatch(const std::vector<std::string>& folders, std::size_t most_entries, Exempt exempt);

  /// What is there now and was not; a folder that is new stands for all that is in it. In byte order.
  [[nodiscard]] std::vector<std::string> appeared() const;
  /// Which of the folders hold more than was read.
  [[nodiscard]] const std::vector<std::string>& cut() const { return cut_; }

 private:
  void read(const std::string& folder, std::size_t most_entries);

  Exempt exempt_;
  std::map<std::string, std::set<std::string>> entries_;  ///< names by folder
  std::vector<std::string> cut_;
};

/// Whether the path belongs to the user that this process acts for; false where it is gone.
[[nodiscard]] bool is_own(const std::string& path);

}  // namespace assay::host
