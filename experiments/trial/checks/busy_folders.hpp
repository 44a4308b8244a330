#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/files/folder_watch.hpp"

namespace assay::trial {

/// Whether a path is a folder or lies in it.
[[nodiscard]] bool is_path_or_below(std::string_view path, std::string_view folder);

/// The folders of a system in which the files of many programs come and go.
[[nodiscard]] const std::vector<std::string>& shared_folders();

/// Folders in which few programs write, and a trial that runs as root may: of `/` only its own entries are meant.
[[nodiscard]] const std::vector<std::string>& outlying_folders();
/// Folders in which services keep what they like. What comes there cannot be held against a trial, only noted.
[[nodiscard]] const std::vector<std::string>& folders_of_services();

/// Tells where other programs work in shared folders: where entries come, go or change while no trial runs. What comes
/// there while one runs tells nothing about the trial.
class BusyFolders {
 public:
  /// \param entries  those that are new by now, when nothing of the trial runs any more
  explicit BusyFolders(const std::vector<std::string>& entries);

  /// \param entries  those that are new some time later
  void look_again(const std::vector<std::string>& entries);

  /// Whether others work where the path lies. A program is taken to work below one entry of /tmp and the like, or in
  /// /tmp itself, and elsewhere in one folder.
  [[nodiscard]] bool hold(const std::string& path) const;

 private:
  std::map<std::string, std::optional<host::FileMoment>> entries_;  ///< and when each last changed
  std::set<std::string> busy_;                                      ///< places, and entries that changed
};

}  // namespace assay::trial
