#include "core/host/files/folder_watch.hpp"

#include <algorithm>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace assay::host {
namespace {

namespace fs = std::filesystem;

std::string below(const std::string& folder, const std::string& name) {
  return folder == "/" ? folder + name : folder + "/" + name;
}

/// The file system that a path lies in; std::nullopt if it is gone.
std::optional<dev_t> file_system_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? std::optional(status.st_dev) : std::nullopt;
}

/// The entries of a folder. Calls `on_folder` for each folder among them.
template <class OnFolder>
std::set<std::string> names_in(const std::string& folder, OnFolder on_folder) {
  std::set<std::string> names;
  std::error_code unreadable;
  for (fs::directory_iterator entry(folder, unreadable), end; !unreadable && entry != end;
       entry.increment(unreadable)) {
    std::string name = entry->path().filename().string();
    std::error_code gone;
    if (!entry->is_symlink(gone) && entry->is_directory(gone)) on_folder(name);  // of a link it would ask the disk
    names.insert(std::move(name));
  }
  return names;
}

/// The status of the entry itself, also if it is a link.
std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

FileMoment change_of(const struct stat& status) {
  return {status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

FileMoment modification_of(const struct stat& status) {
  return {status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

FileMoment moment_of(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return {now.tv_sec, now.tv_nsec};
}

/// A moment before which no change is dated that was made before this call, and no change after it. The kernel dates
/// changes by a coarse clock, and since 6.13 some by a fine one, so the coarse one has to pass the fine one first: that
/// takes a tick, at most 10 ms.
FileMoment next_file_moment() {
  constexpr int kMostWaits = 100;  // a clock that is set back does not hold anybody up
  const FileMoment now = moment_of(CLOCK_REALTIME);
  FileMoment coarse = moment_of(CLOCK_REALTIME_COARSE);
  for (int wait = 0; coarse <= now && wait < kMostWaits; ++wait) {
    ::usleep(200);
    coarse = moment_of(CLOCK_REALTIME_COARSE);
  }
  return coarse;
}

}  // namespace

FileMoment latest_file_moment() {
  return moment_of(CLOCK_REALTIME);
}

FolderWatch::FolderWatch(const std::vector<std::string>& folders, std::size_t most_entries, Exempt exempt)
    : exempt_(std::move(exempt)) {
  for (const std::string& folder : folders) read(folder, most_entries);
  made_at_ = next_file_moment();
}

void FolderWatch::read(const std::string& folder, std::size_t most_entries) {
  std::deque<std::string> waiting = {folder};
  const std::optional<dev_t> file_system = file_system_of(folder);
  std::size_t count = 0;
  while (!waiting.empty()) {
    if (count >= most_entries) {
      cut_.push_back(folder);
      return;
    }
    const std::string next = std::move(waiting.front());
    waiting.pop_front();
    if (entries_.contains(next)) continue;
    if (const std::optional<struct stat> status = status_of(next))
      folder_times_.emplace(next, modification_of(*status));
    std::set<std::string> names = names_in(next, [&](const std::string& name) {
      std::string path = below(next, name);
      if (!exempt_(path) && file_system_of(path) == file_system) waiting.push_back(std::move(path));
    });
    count += names.size();
    entries_.emplace(next, std::move(names));
  }
}

std::vector<std::string> FolderWatch::appeared() const {
  std::vector<std::string> paths;
  for (const auto& [folder, before] : entries_) {
    for (const std::string& name : names_in(folder, [](const std::string&) {})) {
      if (before.contains(name)) continue;
      if (std::string path = below(folder, name); !exempt_(path)) paths.push_back(std::move(path));
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> FolderWatch::changed() const {
  std::vector<std::string> paths;
  for (const auto& [folder, names] : entries_) {
    for (const std::string& name : names) {
      std::string path = below(folder, name);
      const std::optional<FileMoment> moment = changed_at(path);
      if (moment && *moment >= made_at_ && !exempt_(path)) paths.push_back(std::move(path));
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<std::string> FolderWatch::folders_with_set_times() const {
  std::vector<std::string> paths;
  for (const auto& [folder, before] : folder_times_) {
    const std::optional<struct stat> status = status_of(folder);
    if (!status || change_of(*status) < made_at_) continue;
    const FileMoment now = modification_of(*status);
    const bool is_moment_of_a_change = made_at_ <= now && now <= change_of(*status);
    if (now != before && !is_moment_of_a_change && !exempt_(folder)) paths.push_back(folder);
  }
  return paths;
}

std::optional<FileMoment> changed_at(const std::string& path) {
  const std::optional<struct stat> status = status_of(path);
  return status && S_ISREG(status->st_mode) ? std::optional(change_of(*status)) : std::nullopt;
}

std::optional<FileMoment> status_changed_at(const std::string& path) {
  const std::optional<struct stat> status = status_of(path);
  return status ? std::optional(change_of(*status)) : std::nullopt;
}

bool may_have_come_between(const std::string& path, FileMoment from, FileMoment until) {
  struct statx status {};
  constexpr unsigned kAsked = STATX_BTIME | STATX_CTIME;
  if (::statx(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW, kAsked, &status) != 0) return true;
  if ((status.stx_mask & kAsked) != kAsked) return true;
  const FileMoment made{status.stx_btime.tv_sec, status.stx_btime.tv_nsec};
  const FileMoment changed{status.stx_ctime.tv_sec, status.stx_ctime.tv_nsec};
  return made <= until && changed >= from;
}

bool is_own(const std::string& path) {
  const std::optional<struct stat> status = status_of(path);
  return status && status->st_uid == ::geteuid();
}

}  // namespace assay::host
