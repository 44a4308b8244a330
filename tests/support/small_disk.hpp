#pragma once

#include <string>
#include <sys/mount.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::test {

/// A file system of its own, so small that a test can fill it; mounting needs privileges, see `mounted`.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size)
      : mounted_(::mount("assay-test", folder_.path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  /// False where this process may not mount: the test then has nothing to try.
  [[nodiscard]] bool mounted() const { return mounted_; }
  /// From now on writing fails, for root too.
  void make_read_only() const { ::mount(nullptr, folder_.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr); }
  /// Gives it another size.
  void resize(const std::string& size) const {
    ::mount(nullptr, folder_.path().c_str(), nullptr, MS_REMOUNT, ("size=" + size).c_str());
  }
  [[nodiscard]] std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
  bool mounted_;
};

}  // namespace assay::test
