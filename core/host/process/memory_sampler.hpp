#pragma once

#include <optional>
#include <sys/types.h>

#include "core/host/launcher/protocol.hpp"
#include "core/units.hpp"

namespace assay::host {

/// Samples the memory of a process tree in /proc during the trial, if no control group counts it. It misses whatever
/// lives only between two samples, and it does not sample trials shorter than 100 ms, because that would disturb them.
class MemorySampler {
 public:
  /// \param start  start of the trial on the monotonic clock.
  explicit MemorySampler(nanoseconds start);

  /// When to sample next, on the monotonic clock.
  [[nodiscard]] nanoseconds due() const { return due_; }
  /// Samples all descendants of the launcher except the kept ones. At most 0.5 % of the time is spent on it.
  void look(pid_t launcher, const launcher::ProcessList& kept);
  /// The largest sum so far: the own pages of each process, and the largest share of common pages.
  [[nodiscard]] std::optional<Bytes> peak() const { return peak_; }

 private:
  nanoseconds due_;
  std::optional<Bytes> peak_;
};

}  // namespace assay::host
