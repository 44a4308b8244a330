#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Where a user wants a text to go: a file, a FIFO or a device by its path, or a descriptor that the shell has opened
/// for this process ("-", /dev/stdout, /dev/stderr, /dev/fd/3), which is written to as it is.
class OutputDestination {
 public:
  /// Finds out beforehand whether the text could be written. A FIFO is opened at once and kept open, since its reader
  /// would take a second opening for another text; so is a device. Never waits.
  /// \throws Error that names the path and the reason: a folder that is missing, or that refuses; a FIFO that nothing
  /// reads; a socket; a descriptor that is not open.
  explicit OutputDestination(std::string path);

  /// Writes the whole text. A file is replaced atomically (see `write_file_atomically`). \throws Error
  void write(std::string_view text) const;

  /// Two destinations are one place if they lead to the same file or descriptor, whatever they are called. For a file,
  /// and also for a descriptor that is one, it is the absolute path without links.
  [[nodiscard]] const std::string& place() const noexcept { return place_; }
  [[nodiscard]] bool is_standard_output() const noexcept { return descriptor_ == 1; }
  /// Whether a file is replaced, so that what else was written there is lost.
  [[nodiscard]] bool is_replaced() const noexcept { return !descriptor_ && !kept_open_.is_open(); }

 private:
  std::string path_;
  std::string place_;
  std::optional<int> descriptor_;  ///< that was handed over
  FileDescriptor kept_open_{-1};   ///< a FIFO or a device
};

/// The place of standard output, as `OutputDestination::place` says it.
[[nodiscard]] std::string place_of_standard_output();

}  // namespace assay::host
