#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/host/files/file_descriptor.hpp"
#include "core/units.hpp"

namespace assay::host {

/// A control group in which every child starts, so that the kernel records the peak of the whole process tree. Children
/// inherit it from the launcher, because attaching each of them would cost milliseconds.
class MemoryGroup {
 public:
  /// Makes a group below the group of this process, or beside it if groups with members may not have subgroups (cgroup
  /// v2), and removes groups that killed processes left behind. Null if this process has no permission, or if the
  /// kernel cannot reset the peak for each trial (cgroup v2 before Linux 6.12).
  /// \param root  put in front of /proc and /sys; empty on the real machine.
  [[nodiscard]] static std::unique_ptr<MemoryGroup> make(const std::string& root);
  /// Kills the processes that are left in the group and removes it.
  ~MemoryGroup();
  MemoryGroup(const MemoryGroup&) = delete;
  MemoryGroup& operator=(const MemoryGroup&) = delete;

  /// "cgroup v1" or "cgroup v2".
  [[nodiscard]] const std::string& source() const { return source_; }
  /// The file into which a process writes "0" to enter. \throws Error if it cannot be opened.
  [[nodiscard]] FileDescriptor open_members() const;

  /// Resets the peak. Cost: 1 us.
  void start() noexcept;
  /// The largest simultaneous use since `start`, above what was in use then (the launcher, kept services, page cache of
  /// earlier trials). The kernel gives memory to each CPU in units of 64 pages, so the peak is at least that.
  [[nodiscard]] Bytes peak() const noexcept;
  /// How many of its processes the kernel killed, because memory ran out, since this was called last.
  [[nodiscard]] std::int64_t take_oom_kills() noexcept;

 private:
  struct Version;
  MemoryGroup(const Version& version, std::string folder, FileDescriptor peak, FileDescriptor usage);
  [[nodiscard]] static std::unique_ptr<MemoryGroup> make_in(const std::string& parent, const Version& version);

  std::string source_;
  std::string folder_;
  std::string members_;
  FileDescriptor peak_;
  FileDescriptor usage_;
  FileDescriptor events_;  ///< closed if the kernel does not count them
  std::int64_t usage_at_start_ = 0;
  std::int64_t oom_kills_ = 0;
};

}  // namespace assay::host
