#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/host/temporary_folder.hpp"

namespace assay::host {

/// Puts one of several contents where a file stands, again and again, and what stood there back at the end.
///
/// Each content is copied once, beside the file; putting one there is a link and a rename. So no trial starts with
/// dirty pages, all contents are as warm as one another, and a reader sees one or the other, never half of one. They
/// have the same mode and modification time. What a killed process left there is mended by the next one that swaps the
/// file.
class FileSwap {
 public:
  /// \param path      absolute; a file, or nothing yet. \param versions  files, absolute
  /// \throws Error when the path is a link or a folder, a version cannot be read, or the folder takes no files or
  /// links.
  FileSwap(std::string path, const std::vector<std::string>& versions);
  ~FileSwap();
  FileSwap(FileSwap&&) noexcept;
  FileSwap& operator=(FileSwap&&) noexcept = delete;

  /// \throws Error (invalid) when somebody else put another file there since.
  void put(std::size_t version);

  /// Mends what a killed process left beside the path.
  static void recover(const std::string& path);

 private:
  [[nodiscard]] std::string version_path(std::size_t version) const;
  void restore() noexcept;

  std::string path_;
  TemporaryFolder place_;
  std::uint64_t standing_ = 0;  ///< inode of what we know to stand there; 0: nothing
  bool swapped_ = false;
};

}  // namespace assay::host
