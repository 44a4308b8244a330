#pragma once

#include <optional>
#include <sys/types.h>

#include "core/host/launcher/protocol.hpp"
#include "core/units.hpp"

namespace assay::host {

/// Memory of a process tree where no control group counts it: looked up in /proc now and then while the trial lasts.
/// What lives between two looks is missed, and a trial shorter than 100 ms is not looked at: looking would disturb it.
class MemorySampler {
 public:
  /// \param start  of the trial, on the monotonic clock.
  explicit MemorySampler(nanoseconds start);

  /// When to look next, on the monotonic clock.
  [[nodiscard]] nanoseconds due() const { return due_; }
  /// Looks at all that descends from the launcher but for what is kept. At most 0.5 % of the time is spent so.
  void look(pid_t launcher, const launcher::ProcessList& kept);
  /// The largest sum seen: each process's own pages, and the largest share of common ones.
  [[nodiscard]] std::optional<Bytes> peak() const { return peak_; }

 private:
  nanoseconds due_;
  std::optional<Bytes> peak_;
};

}  // namespace assay::host
