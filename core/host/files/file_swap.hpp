#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/host/files/temporary_folder.hpp"

namespace assay::host {

/// A file whose original was put back, or which was removed again because there was none.
struct Restoration {
  std::string path;
  std::vector<std::string> edits;  ///< paths that keep contents that were neither the original nor put there by us
};
using RestorationSink = std::function<void(const Restoration&)>;

/// What a killed process left at the path: a content other than the original, or an unknown one.
struct AbandonedSwap {
  std::optional<std::size_t>
      version;  ///< the version that is there; std::nullopt if somebody put another file there since
};

/// Replaces a file with one of several contents, again and again, and restores the original at the end.
///
/// Each content is copied once, beside the file; putting it in place is a link and a rename. So no trial starts with
/// dirty pages, all contents are equally warm, and a reader sees one content or the other, never half of one. All
/// contents have the same mode and modification time, and equal ones are one file. `recover` repairs what a killed
/// process left.
///
/// If somebody writes into the file, or replaces it, while a content other than the original is in place, that edit is
/// never lost: it is kept beside the file as `path`.edited-during-assay, with a number if that name is taken.
class FileSwap {
 public:
  /// \param path      absolute; a file, or a path where nothing exists yet
  /// \param versions  absolute paths of files
  /// \param on_edit   is called at the end with the paths of kept edits, if there are any; must not throw
  /// \throws Error if the path is a link or a folder, a version cannot be read, or the folder does not accept files or
  /// links.
  FileSwap(std::string path, const std::vector<std::string>& versions, RestorationSink on_edit = {});
  ~FileSwap();
  FileSwap(FileSwap&&) noexcept;
  FileSwap& operator=(FileSwap&&) noexcept = delete;

  /// \throws Error (invalid) if somebody else put another file there since.
  void put(std::size_t version);

  /// Repairs what killed processes left beside the path. Cost: it reads what is there.
  static std::vector<Restoration> recover(const std::string& path);
  /// What a killed process left at this path; std::nullopt if the original is in place or a swap is in progress.
  [[nodiscard]] static std::optional<AbandonedSwap> abandoned_at(const std::string& path);

 private:
  [[nodiscard]] std::string version_path(std::size_t version) const;
  void restore() noexcept;

  std::string path_;
  TemporaryFolder place_;
  RestorationSink on_edit_;
  std::uint64_t standing_ = 0;  ///< inode of the file that we put there; 0 if none
  bool swapped_ = false;
};

}  // namespace assay::host
