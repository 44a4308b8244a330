#pragma once

#include <string>
#include <string_view>
#include <sys/types.h>
#include <utility>
#include <vector>

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

  /// How the program is started.
  struct Start {
    std::vector<std::string> arguments = {};    ///< behind the name
    std::vector<std::string> environment = {};  ///< "NAME=VALUE"
    std::vector<int> descriptors = {};          ///< given on as 3, 4, ...
  };
  /// Starts the program, in a session of its own: Ctrl-C and a closing terminal reach only the caller, and no trial can
  /// wait for a terminal. Its signals are set as a new program expects them, whatever the caller ignores or blocks. If
  /// the kernel does not run programs from memory, the file moves into a temporary folder. \throws Error if that fails.
  [[nodiscard]] pid_t start(const Start& start);

 private:
  explicit LauncherImage(FileDescriptor file) : file_(std::move(file)) {}

  FileDescriptor file_;
};

/// The bytes of the launcher program.
[[nodiscard]] std::string_view launcher_bytes();

}  // namespace assay::host
