#pragma once

#include <array>
#include <optional>
#include <string>

#include "core/host/files/digest.hpp"
#include "core/host/files/file_descriptor.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// One output stream of one child. If it is captured or hashed, it comes through a pipe that `drain` empties, in
/// bounded memory however much the child writes.
class OutputStream {
 public:
  /// \param file  the absolute path for ToFile. \throws Error that names the file if it cannot be written.
  OutputStream(const OutputSink& sink, const std::string& file);

  /// The descriptor that the child gets; -1 for /dev/null.
  [[nodiscard]] int child_end() const { return child_end_.number(); }
  /// Closes our copy once the child has its own. Otherwise the pipe would never end.
  void close_child_end() { child_end_ = FileDescriptor(-1); }

  /// The descriptor to poll for output; -1 if there is none or it has ended.
  [[nodiscard]] int read_end() const { return read_end_.number(); }
  /// Takes the output that has arrived, at most 1 MiB.
  void drain();
  /// Takes what is in the pipe now. If a writer outlives the child, the trial's output ends here.
  void drain_rest();
  /// Returns what the child wrote. Later output is dropped.
  [[nodiscard]] CapturedOutput finish();

 private:
  /// False if nothing more can be read, now or for ever.
  bool take_piece();

  FileDescriptor child_end_{-1};
  FileDescriptor read_end_{-1};
  std::size_t limit_ = 0;
  std::optional<Sha256> hash_;
  CapturedOutput captured_;
};

/// Standard input, output and error of one child.
class ChildStreams {
 public:
  /// Opens the files that the request names; relative paths start at its working directory. If output and error go to
  /// the same file, they share one descriptor, as with 2>&1: two descriptors would overwrite each other.
  /// \throws Error that names the file that cannot be opened.
  explicit ChildStreams(const ProcessRequest& request);

  /// The descriptors that the child gets for input, output and error; -1 stands for /dev/null.
  [[nodiscard]] std::array<int, 3> child_ends() const;
  void close_child_ends();

  OutputStream output;
  OutputStream error;

 private:
  FileDescriptor input_;
  bool share_file_;
};

}  // namespace assay::host
