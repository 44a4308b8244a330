#pragma once

#include <string>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {

/// Shows a measurement to others on this host whose locks lie in other folders, and those to it. Each holds a shared
/// lock of one file, which they all know; whoever could have it alone is alone. The kernel releases it when its holder
/// dies.
class Presence {
 public:
  /// Is shown to nobody and sees nobody.
  Presence() = default;
  /// \param file  open for reading, the same file for everyone
  explicit Presence(FileDescriptor file);

  /// Whether another one is there at this moment. Those that came and went since the last call are not seen.
  [[nodiscard]] bool sees_another() const;

 private:
  FileDescriptor file_{-1};
};

}  // namespace assay::host
