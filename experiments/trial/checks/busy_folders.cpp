#include "experiments/trial/checks/busy_folders.hpp"

#include <algorithm>
#include <filesystem>

namespace assay::trial {
namespace {

/// The part of a file system that one program would work in.
std::string place_of(const std::string& path) {
  for (const std::vector<std::string>* folders : {&shared_folders(), &outlying_folders()}) {
    for (const std::string& shared : *folders) {
      if (shared == "/" || path == shared || !is_path_or_below(path, shared)) continue;
      const std::size_t end = path.find('/', shared.size() + 1);
      return end == std::string::npos ? shared : path.substr(0, end);
    }
  }
  return std::filesystem::path(path).parent_path().string();
}

}  // namespace

bool is_path_or_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

const std::vector<std::string>& shared_folders() {
  static const std::vector<std::string> folders = {"/tmp", "/var/tmp", "/dev/shm", "/run", "/etc", "/var/cache"};
  return folders;
}

const std::vector<std::string>& outlying_folders() {
  static const std::vector<std::string> folders = {"/", "/opt", "/srv", "/usr/local"};
  return folders;
}

const std::vector<std::string>& folders_of_services() {
  static const std::vector<std::string> folders = {"/dev", "/var/lib"};
  return folders;
}

BusyFolders::BusyFolders(const std::vector<std::string>& entries) {
  for (const std::string& path : entries) entries_.emplace(path, host::status_changed_at(path));
}

void BusyFolders::look_again(const std::vector<std::string>& entries) {
  const std::set<std::string> now(entries.begin(), entries.end());
  for (const std::string& path : now) {
    if (!entries_.contains(path)) busy_.insert(place_of(path));
  }
  for (const auto& [path, changed] : entries_) {
    if (!now.contains(path)) busy_.insert(place_of(path));
    if (now.contains(path) && host::status_changed_at(path) != changed) busy_.insert(path);
  }
}

bool BusyFolders::hold(const std::string& path) const {
  return busy_.contains(path) || busy_.contains(place_of(path));
}

}  // namespace assay::trial
