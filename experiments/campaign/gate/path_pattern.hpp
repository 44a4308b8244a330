#pragma once

#include <string>
#include <utility>
#include <vector>

namespace assay::campaign {

/// A glob of a gate's rules, taken apart at its slashes, as git's `:(glob)` reads it: wildcards match within a name,
/// and
/// `**` stands for any number of folders.
class PathPattern {
 public:
  explicit PathPattern(const std::string& glob);
  /// The path itself, whatever letters it has.
  [[nodiscard]] static PathPattern of_path(const std::string& path);
  /// Everything below a folder; an empty path is the top of the repository.
  [[nodiscard]] static PathPattern below(const std::string& folder);

  [[nodiscard]] bool matches(const std::string& path) const;
  /// Whether the path is a folder on the way to what matches.
  [[nodiscard]] bool leads_through(const std::string& path) const;
  /// What matches in a link to a folder, as patterns of paths in that folder: none if nothing in it can.
  [[nodiscard]] std::vector<PathPattern> behind(const std::string& link, const std::string& target) const;

  friend bool operator==(const PathPattern&, const PathPattern&) = default;
  friend bool operator<(const PathPattern& left, const PathPattern& right) { return left.names_ < right.names_; }

 private:
  explicit PathPattern(std::vector<std::string> names) : names_(std::move(names)) {}
  std::vector<std::string> names_;
};

}  // namespace assay::campaign
