#include "core/host/files/folder_contents.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

}  // namespace

FolderContents::FolderContents(std::string folder, std::set<std::string> passed_over)
    : folder_(std::move(folder)), passed_over_(std::move(passed_over)) {
  for (const std::string& path : paths()) states_.emplace(path, state_of(path));
}

std::vector<std::string> FolderContents::changed() {
  std::vector<std::string> changed = changed_of_known();
  for (std::string& path : paths()) {
    if (!states_.contains(path)) changed.push_back(std::move(path));
  }
  std::sort(changed.begin(), changed.end());
  return changed;
}

void FolderContents::keep_only(const std::set<std::string>& paths) {
  std::erase_if(states_, [&paths](const auto& state) { return !paths.contains(state.first); });
}

std::vector<std::string> FolderContents::changed_of_known() {
  std::vector<std::string> changed;
  for (const auto& [path, state] : states_) {
    if (state_of(path) != state) changed.push_back(path);
  }
  return changed;
}

/// Folders are left out, because their contents represent them.
std::vector<std::string> FolderContents::paths() const {
  std::vector<std::string> paths;
  std::error_code unreadable;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(folder_, options, unreadable);
       !unreadable && entry != fs::recursive_directory_iterator(); entry.increment(unreadable)) {
    if (entry.depth() == 0 && passed_over_.contains(entry->path().filename().string())) {
      entry.disable_recursion_pending();
      continue;
    }
    std::error_code gone;
    if (fs::is_directory(entry->symlink_status(gone))) continue;
    paths.push_back(entry->path().string().substr(folder_.size() + 1));
  }
  return paths;
}

std::string FolderContents::state_of(const std::string& path) {
  const std::string whole = fmt::format("{}/{}", folder_, path);
  std::error_code failure;
  const fs::file_status status = fs::symlink_status(whole, failure);
  if (fs::is_symlink(status)) return "link to " + fs::read_symlink(whole, failure).string();
  const std::string kind =
      fmt::format("type {} mode {:o}", static_cast<int>(status.type()), static_cast<unsigned>(status.permissions()));
  if (!fs::is_regular_file(status)) return kind;
  try {
    return fmt::format("{} {}", kind, digests_.of(whole, blake2b_of_file));
  } catch (const Error&) {
    return kind;  // a file that not even its builder may read
  }
}

}  // namespace assay::host
