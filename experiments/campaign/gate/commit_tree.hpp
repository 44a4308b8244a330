#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::campaign {

/// Where a path leads if the links of a commit are followed.
struct FollowedPath {
  std::string path = {};                ///< from the top of the repository; empty: its top
  bool is_outside = false;              ///< of the repository: `path` says nothing then
  std::vector<std::string> links = {};  ///< on the way
};

/// The files and symbolic links of a commit.
class CommitTree {
 public:
  CommitTree() = default;
  /// \param files  all paths from the top of the repository, in byte order, those of links too
  /// \param links  the target of each link, by its path
  CommitTree(std::vector<std::string> files, std::map<std::string, std::string> links);

  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }
  [[nodiscard]] const std::map<std::string, std::string>& links() const { return links_; }
  [[nodiscard]] bool has_file(const std::string& path) const;
  [[nodiscard]] bool has_folder(const std::string& path) const;
  /// Follows links as the kernel does. A path of links that lead in a circle stays as it is.
  [[nodiscard]] FollowedPath followed(const std::string& path) const;

 private:
  std::vector<std::string> files_;
  std::map<std::string, std::string> links_;
};

/// The names of a path, without empty ones and ".".
[[nodiscard]] std::vector<std::string> path_names(std::string_view path);

}  // namespace assay::campaign
