#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// The launcher program as a file without a name, made from the copy inside this library.
class LauncherImage {
 public:
  /// Makes the file in memory, or in a temporary folder if the kernel has no memory files. \throws Error if neither
  /// works.
  [[nodiscard]] static LauncherImage in_memory();
  /// \throws Error if there is no temporary folder that is writable and allows programs.
  [[nodiscard]] static LauncherImage in_temporary_folder();

  /// A path under which this process and its children can run it.
  [[nodiscard]] std::string path() const;

 private:
  explicit LauncherImage(FileDescriptor file) : file_(std::move(file)) {}

  FileDescriptor file_;
};

/// The bytes of the launcher program.
[[nodiscard]] std::string_view launcher_bytes();

}  // namespace assay::host
