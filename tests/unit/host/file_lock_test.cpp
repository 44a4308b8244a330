#include "core/host/files/file_lock.hpp"

#include <fcntl.h>
#include <optional>
#include <sys/file.h>

#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace file_lock_tests {

/// Whether somebody holds the lock, as another process would find.
bool is_held(const std::string& path) {
  const FileDescriptor other = FileDescriptor::open("open", path, O_RDWR);
  return ::flock(other.number(), LOCK_EX | LOCK_NB) != 0;
}

TEST(FileLock, IsReleasedWithTheFirstOfThoseThatOneThreadTook) {
  const test::ScratchFolder folder;
  const std::string path = folder / "lock";
  {
    const FileLock first(path);
    { const FileLock second(path); }
    EXPECT_TRUE(is_held(path));
  }
  EXPECT_FALSE(is_held(path));
  const FileLock again(path);
  EXPECT_TRUE(is_held(path));
}

}  // namespace file_lock_tests
}  // namespace assay::host
