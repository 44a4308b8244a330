#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/units.hpp"

namespace assay::host {

/// What is known of the disk at the end of a trial.
struct DiskFigures {
  Bytes growth;       ///< the peak, over all file systems together
  Bytes own_writes;   ///< what the trial's processes wrote, as the kernel counts it when pages become dirty
  Bytes all_writes;   ///< what all processes of the machine wrote, in the same way
  Bytes uncertainty;  ///< by which `all_writes` may be wrong
};

/// The growth, or why it cannot be told from that of others.
using DiskGrowth = std::variant<Bytes, std::string>;

/// Others have written if all writes exceed the trial's own by more than the uncertainty and a twentieth of the growth.
[[nodiscard]] DiskGrowth disk_growth_of(const DiskFigures& figures);

/// Samples the free space of this machine's disks during a trial. File systems in memory (tmpfs) count as memory and
/// not as disk. It misses what is written and removed between two samples, and takes at most 0.5 % of the time.
class DiskSampler {
 public:
  /// \param folder  where the trial starts: if other hosts serve it, growth cannot be told.
  explicit DiskSampler(const std::string& folder);
  ~DiskSampler();
  DiskSampler(const DiskSampler&) = delete;
  DiskSampler& operator=(const DiskSampler&) = delete;

  /// When to sample next, on the monotonic clock.
  [[nodiscard]] nanoseconds due() const { return due_; }
  void look();
  /// Samples for the last time. \param own_writes  of all processes of the trial
  [[nodiscard]] DiskGrowth finish(Bytes own_writes);

 private:
  struct Disk;
  std::vector<Disk> disks_;
  bool is_served_ = false;
  std::int64_t dirtied_at_start_ = 0;
  std::int64_t peak_ = 0;
  nanoseconds due_;
};

/// The mount points of the disks that can be written, each once.
/// \param root  put in front of /proc; empty on the real machine.
[[nodiscard]] std::vector<std::string> writable_disks(const std::string& root);

}  // namespace assay::host
