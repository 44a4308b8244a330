#include "experiments/trial/glob.hpp"

#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;
using Segment = fs::path::const_iterator;

bool has_wildcard(const std::string& segment) {
  return segment.find_first_of("*?") != std::string::npos;
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

void collect(const fs::path& path, Segment segment, Segment end, std::set<std::string>& found) {
  if (segment == end) {
    if (fs::is_regular_file(path)) found.insert(path.string());
    return;
  }
  const std::string pattern = segment->string();
  const Segment rest = std::next(segment);
  if (!has_wildcard(pattern)) {
    collect(path / *segment, rest, end, found);
    return;
  }
  if (!fs::is_directory(path)) return;
  const bool any_depth = pattern == "**";
  if (any_depth) collect(path, rest, end, found);
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    if (is_hidden(entry.path())) continue;
    if (!any_depth) {
      if (name_matches(pattern, entry.path().filename().string())) collect(entry.path(), rest, end, found);
    } else if (entry.is_directory() && !entry.is_symlink()) {
      collect(entry.path(), segment, end, found);
    } else if (rest == end && entry.is_regular_file()) {
      found.insert(entry.path().string());  // a final `**` takes all files below
    }
  }
}

}  // namespace

std::vector<std::string> files_matching(const std::string& folder, const std::string& pattern, std::string_view key) {
  const fs::path whole = (fs::path(folder) / pattern).lexically_normal();
  std::set<std::string> found;
  try {
    collect(whole.root_path(), std::next(whole.begin()), whole.end(), found);
  } catch (const fs::filesystem_error& error) {
    throw Error(fmt::format("{} \"{}\": {}: {}", key, pattern, error.path1().string(), error.code().message()));
  }
  if (found.empty()) {
    throw Error(fmt::format("{} \"{}\": no file matches in {}; fix the pattern or leave it out", key, pattern, folder));
  }
  return {found.begin(), found.end()};
}

bool name_matches(std::string_view pattern, std::string_view name) {
  std::size_t at = 0;
  std::size_t place = 0;
  std::size_t star = std::string_view::npos;  // the last `*` seen, and where its match may be stretched from
  std::size_t stretched = 0;
  while (at < name.size()) {
    if (place < pattern.size() && pattern[place] == '*') {
      star = place++;
      stretched = at;
    } else if (place < pattern.size() && (pattern[place] == '?' || pattern[place] == name[at])) {
      ++place;
      ++at;
    } else if (star != std::string_view::npos) {
      place = star + 1;
      at = ++stretched;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', place) == std::string_view::npos;
}

}  // namespace assay::trial
