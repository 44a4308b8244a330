#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// The launcher program as a file without a name, made out of the copy inside this library.
class LauncherImage {
 public:
  /// In memory; in a temporary folder where the kernel has no memory files. \throws Error when neither can be made.
  [[nodiscard]] static LauncherImage in_memory();
  /// \throws Error when no temporary folder can be written and allows programs.
  [[nodiscard]] static LauncherImage in_temporary_folder();

  /// Under which this process and its children can run it.
  [[nodiscard]] std::string path() const;

 private:
  explicit LauncherImage(FileDescriptor file) : file_(std::move(file)) {}

  FileDescriptor file_;
};

/// The bytes of the launcher program.
[[nodiscard]] std::string_view launcher_bytes();

}  // namespace assay::host
