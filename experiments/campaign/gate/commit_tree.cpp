#include "experiments/campaign/gate/commit_tree.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::campaign {
namespace {

/// As many as Linux follows (path_resolution(7)).
constexpr std::size_t kMostLinks = 40;

}  // namespace

std::vector<std::string> path_names(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const std::size_t length = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, length);
    if (!name.empty() && name != ".") names.emplace_back(name);
    path.remove_prefix(std::min(length + 1, path.size()));
  }
  return names;
}

CommitTree::CommitTree(std::vector<std::string> files, std::map<std::string, std::string> links)
    : files_(std::move(files)), links_(std::move(links)) {}

bool CommitTree::has_file(const std::string& path) const {
  return std::binary_search(files_.begin(), files_.end(), path);
}

bool CommitTree::has_folder(const std::string& path) const {
  const std::string prefix = path.empty() ? "" : path + "/";
  const auto found = std::lower_bound(files_.begin(), files_.end(), prefix);
  return found != files_.end() && found->starts_with(prefix);
}

FollowedPath CommitTree::followed(const std::string& path) const {
  FollowedPath place;
  std::vector<std::string> reached;
  std::vector<std::string> left = path_names(path);  // the next name is the last one
  std::reverse(left.begin(), left.end());
  while (!left.empty()) {
    reached.push_back(std::move(left.back()));
    left.pop_back();
    if (reached.back() == "..") {
      if (reached.size() == 1) return {.is_outside = true, .links = std::move(place.links)};
      reached.resize(reached.size() - 2);
      continue;
    }
    const auto link = links_.find(fmt::format("{}", fmt::join(reached, "/")));
    if (link == links_.end()) continue;
    place.links.push_back(link->first);
    if (link->second.starts_with('/')) return {.is_outside = true, .links = std::move(place.links)};
    if (place.links.size() > kMostLinks) return {.path = path};
    reached.pop_back();
    const std::vector<std::string> names = path_names(link->second);
    left.insert(left.end(), names.rbegin(), names.rend());
  }
  place.path = fmt::format("{}", fmt::join(reached, "/"));
  return place;
}

}  // namespace assay::campaign
