#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/host/files/file_descriptor.hpp"
#include "core/units.hpp"

namespace assay::host {

/// A control group in which every child is born, so that the kernel itself keeps the peak of the whole process tree.
/// Children inherit it from the launcher: attaching each of them would cost milliseconds.
class MemoryGroup {
 public:
  /// Makes one below this process's own group, or beside it where groups with members may have no others (cgroup v2);
  /// removes those that killed processes left behind. Nothing where this process may not, or where the kernel cannot
  /// start the peak anew for each trial (cgroup v2 before Linux 6.12).
  /// \param root  in front of /proc and /sys; empty on the real machine.
  [[nodiscard]] static std::unique_ptr<MemoryGroup> make(const std::string& root);
  /// Kills what is left in it and removes it.
  ~MemoryGroup();
  MemoryGroup(const MemoryGroup&) = delete;
  MemoryGroup& operator=(const MemoryGroup&) = delete;

  /// "cgroup v1" or "cgroup v2".
  [[nodiscard]] const std::string& source() const { return source_; }
  /// The file into which a process writes "0" to enter. \throws Error when it cannot be opened.
  [[nodiscard]] FileDescriptor open_members() const;

  /// Forgets the peak. Cost: 1 us.
  void start() noexcept;
  /// The most that was used at one time since `start`, above what was in use then (the launcher, kept services, page
  /// cache of earlier trials). The kernel hands out memory to each CPU in pieces of 64 pages, so that is the least.
  [[nodiscard]] Bytes peak() const noexcept;

 private:
  struct Version;
  MemoryGroup(const Version& version, std::string folder, FileDescriptor peak, FileDescriptor usage);
  [[nodiscard]] static std::unique_ptr<MemoryGroup> make_in(const std::string& parent, const Version& version);

  std::string source_;
  std::string folder_;
  std::string members_;
  FileDescriptor peak_;
  FileDescriptor usage_;
  std::int64_t usage_at_start_ = 0;
};

}  // namespace assay::host
