#pragma once

#include <array>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/process/output_stream.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {

/// Standard input, output and error of one child.
class ChildStreams {
 public:
  /// Opens what the request names; relative paths lie in its working directory. Output and error into one file share
  /// it, as with 2>&1: opened twice, each would overwrite the other.
  /// \throws Error that names the file which cannot be opened.
  explicit ChildStreams(const ProcessRequest& request);

  /// What the child gets for each; -1: /dev/null.
  [[nodiscard]] std::array<int, 3> child_ends() const;
  void close_child_ends();

  OutputStream output;
  OutputStream error;

 private:
  FileDescriptor input_;
  bool share_file_;
};

}  // namespace assay::host
