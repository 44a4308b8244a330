#include "experiments/campaign/gate/path_pattern.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <set>
#include <utility>

#include "experiments/campaign/gate/commit_tree.hpp"

namespace assay::campaign {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kAnyFolders = "**";

bool name_fits(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

std::string escaped(const std::string& name) {
  std::string text;
  for (const char letter : name) {
    if (letter == '*' || letter == '?' || letter == '[' || letter == '\\') text += '\\';
    text += letter;
  }
  return text;
}

/// Adds what of the pattern is left behind each way in which its beginning fits the names.
void add_rests(const Names& pattern, std::size_t at, const Names& names, std::size_t name, std::set<Names>& rests) {
  if (name == names.size()) {
    rests.emplace(pattern.begin() + static_cast<std::ptrdiff_t>(at), pattern.end());
    return;
  }
  if (at == pattern.size()) return;
  if (pattern[at] == kAnyFolders) {
    if (at + 1 < pattern.size()) add_rests(pattern, at + 1, names, name, rests);
    add_rests(pattern, at, names, name + 1, rests);
  } else if (name_fits(pattern[at], names[name])) {
    add_rests(pattern, at + 1, names, name + 1, rests);
  }
}

bool fits(const Names& pattern, std::size_t at, const Names& names, std::size_t name) {
  if (at == pattern.size()) return name == names.size();
  if (pattern[at] == kAnyFolders) {
    if (at + 1 == pattern.size()) return name < names.size();
    return fits(pattern, at + 1, names, name) || (name < names.size() && fits(pattern, at, names, name + 1));
  }
  return name < names.size() && name_fits(pattern[at], names[name]) && fits(pattern, at + 1, names, name + 1);
}

/// Those that are not empty.
std::set<Names> rests_behind(const Names& pattern, const std::string& path) {
  std::set<Names> rests;
  add_rests(pattern, 0, path_names(path), 0, rests);
  rests.erase(Names());
  return rests;
}

}  // namespace

PathPattern::PathPattern(const std::string& glob) : names_(path_names(glob)) {
  // As one does, and trying all ways through many in a row would take for ever.
  const auto repeats = [](const std::string& left, const std::string& right) {
    return left == kAnyFolders && right == kAnyFolders;
  };
  names_.erase(std::unique(names_.begin(), names_.end(), repeats), names_.end());
}

PathPattern PathPattern::of_path(const std::string& path) {
  Names names = path_names(path);
  std::transform(names.begin(), names.end(), names.begin(), escaped);
  return PathPattern(std::move(names));
}

PathPattern PathPattern::below(const std::string& folder) {
  PathPattern pattern = of_path(folder);
  pattern.names_.emplace_back(kAnyFolders);
  return pattern;
}

bool PathPattern::matches(const std::string& path) const {
  return fits(names_, 0, path_names(path), 0);
}

bool PathPattern::leads_through(const std::string& path) const {
  return !rests_behind(names_, path).empty();
}

std::vector<PathPattern> PathPattern::behind(const std::string& link, const std::string& target) const {
  std::vector<PathPattern> patterns;
  for (const Names& rest : rests_behind(names_, link)) {
    PathPattern pattern = of_path(target);
    pattern.names_.insert(pattern.names_.end(), rest.begin(), rest.end());
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

}  // namespace assay::campaign
