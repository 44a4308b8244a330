#pragma once

#include <optional>
#include <string>

#include "core/host/binary/digest.hpp"
#include "core/host/files/file_descriptor.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// One output stream of one child. Where it is captured or hashed it comes through a pipe that `drain` empties, in
/// bounded memory however much is written.
class OutputStream {
 public:
  /// \param file  for ToFile; absolute. \throws Error that names the file where it cannot be written.
  OutputStream(const OutputSink& sink, const std::string& file);

  /// What the child gets; -1 for /dev/null.
  [[nodiscard]] int child_end() const { return child_end_.number(); }
  /// Our copy goes once the child has its own: else the pipe would never end.
  void close_child_end() { child_end_ = FileDescriptor(-1); }

  /// Where the child's output can be waited for; -1 for none, or once it has ended.
  [[nodiscard]] int read_end() const { return read_end_.number(); }
  /// Takes what has come, at most 1 MiB.
  void drain();
  /// Takes what is in the pipe now; for a writer that lives on, that is where the trial's output ends.
  void drain_rest();
  /// What the child wrote; what comes later is dropped.
  [[nodiscard]] CapturedOutput finish();

 private:
  /// False once nothing is there, now or for ever.
  bool take_piece();

  FileDescriptor child_end_{-1};
  FileDescriptor read_end_{-1};
  std::size_t limit_ = 0;
  std::optional<Sha256> hash_;
  CapturedOutput captured_;
};

}  // namespace assay::host
