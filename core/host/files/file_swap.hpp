#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/host/files/temporary_folder.hpp"

namespace assay::host {

/// A file that has its original back, or again stands where there was none.
struct Restoration {
  std::string path;
  std::vector<std::string> edits;  ///< where contents of it are kept that were neither the original nor put there by us
};
using RestorationSink = std::function<void(const Restoration&)>;

/// What a killed process left: another content than the original's, or nobody knows what.
struct AbandonedSwap {
  std::optional<std::size_t> version;  ///< that stands there; nothing: somebody put another file there since
};

/// Puts one of several contents where a file stands, again and again, and what stood there back at the end.
///
/// Each content is copied once, beside the file; putting one there is a link and a rename. So no trial starts with
/// dirty pages, all contents are as warm as one another, and a reader sees one or the other, never half of one. They
/// have the same mode and modification time. What a killed process left there is mended by `recover`.
///
/// What somebody wrote into the file, or put in its place, while another content than the original stood there is never
/// lost: it is kept beside it as `path`.edited-during-assay, numbered where that is taken.
class FileSwap {
 public:
  /// \param path      absolute; a file, or nothing yet. \param versions  files, absolute
  /// \param on_edit   is told at the end where edits are kept, if there were any; must not throw
  /// \throws Error when the path is a link or a folder, a version cannot be read, or the folder takes no files or
  /// links.
  FileSwap(std::string path, const std::vector<std::string>& versions, RestorationSink on_edit = {});
  ~FileSwap();
  FileSwap(FileSwap&&) noexcept;
  FileSwap& operator=(FileSwap&&) noexcept = delete;

  /// \throws Error (invalid) when somebody else put another file there since.
  void put(std::size_t version);

  /// Mends what killed processes left beside the path. Cost: reads what stands there.
  static std::vector<Restoration> recover(const std::string& path);
  /// What a killed process left of this path; nothing where it is as it was, or is being swapped.
  [[nodiscard]] static std::optional<AbandonedSwap> abandoned_at(const std::string& path);

 private:
  [[nodiscard]] std::string version_path(std::size_t version) const;
  void restore() noexcept;

  std::string path_;
  TemporaryFolder place_;
  RestorationSink on_edit_;
  std::uint64_t standing_ = 0;  ///< inode of what we know to stand there; 0: nothing
  bool swapped_ = false;
};

}  // namespace assay::host
