#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay::host {

/// A moment of the clock by which the kernel dates changes of files.
struct FileMoment {
  long long seconds = 0;
  long long nanoseconds = 0;
  friend auto operator<=>(const FileMoment&, const FileMoment&) = default;
};

/// Now: whatever was changed before is not dated later. (The kernel may date it a few milliseconds earlier.)
[[nodiscard]] FileMoment latest_file_moment();

/// Finds what appears below some folders between two moments.
///
/// Folders are read breadth first up to a number of entries each, without following links or leaving their file system,
/// so a large home folder with network shares in it costs little. Entries beyond that number are not watched, and `cut`
/// reports it. Afterwards only the folders that were read are read again, so that the same entries are cut.
class FolderWatch {
 public:
  /// Tells which paths are skipped with everything below them.
  using Exempt = std::function<bool(const std::string& path)>;

  /// \param folders  absolute; unreadable folders are skipped
  /// \param most_entries  the number of entries to read from each of them
  /// Cost: the reading, and a tick of the kernel's clock for files.
  FolderWatch(const std::vector<std::string>& folders, std::size_t most_entries, Exempt exempt);

  /// The entries that are there now and were not before, in byte order. A new folder stands for everything in it.
  [[nodiscard]] std::vector<std::string> appeared() const;
  /// The files that were there before and whose content or attributes changed since, in byte order.
  [[nodiscard]] std::vector<std::string> changed() const;
  /// The folders whose modification time is neither what it was nor the moment of a change since: somebody set it, as
  /// `touch -d` does. In byte order.
  [[nodiscard]] std::vector<std::string> folders_with_set_times() const;
  /// The folders that have more entries than were read.
  [[nodiscard]] const std::vector<std::string>& cut() const { return cut_; }
  /// When all folders had been read: no earlier change is dated then or later, and every later one is.
  [[nodiscard]] FileMoment made_at() const { return made_at_; }

 private:
  void read(const std::string& folder, std::size_t most_entries);

  Exempt exempt_;
  std::map<std::string, std::set<std::string>> entries_;  ///< names by folder
  std::map<std::string, FileMoment> folder_times_;        ///< modification times
  std::vector<std::string> cut_;
  FileMoment made_at_;
};

/// When the content or an attribute of the file last changed; empty if it is gone, or not a regular file.
[[nodiscard]] std::optional<FileMoment> changed_at(const std::string& path);
/// The same for an entry of any kind: a folder changes if entries come to it or go.
[[nodiscard]] std::optional<FileMoment> status_changed_at(const std::string& path);

/// Whether the path may have been made, moved or changed there in this time. True if its file system does not keep when
/// files are made, as most network file systems do not, or if the path is gone.
[[nodiscard]] bool may_have_come_between(const std::string& path, FileMoment from, FileMoment until);

/// Whether the path belongs to the user that this process acts for; false if it no longer exists.
[[nodiscard]] bool is_own(const std::string& path);

}  // namespace assay::host
