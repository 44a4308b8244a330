#include "core/host/files/access_times.hpp"

#include <array>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/process/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace access_times_tests {

class AccessTimes : public testing::Test {
 protected:
  void SetUp() override {
    if (!keeps_access_times(folder_.path())) GTEST_SKIP() << "this file system keeps no access times";
  }
  test::ScratchFolder folder_;
};

TEST_F(AccessTimes, TellWhetherAFileWasRead) {
  std::ofstream(folder_ / "file") << "x";
  forget_reading(folder_ / "file");
  EXPECT_FALSE(was_read(folder_ / "file"));
  (void)read_file(folder_ / "file");
  EXPECT_TRUE(was_read(folder_ / "file"));
}

TEST_F(AccessTimes, TellWhetherAProgramWasRun) {
  const std::string program = folder_ / "program";
  std::ofstream(program, std::ios::binary) << read_file(ASSAY_NOOP);
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  forget_reading(program);
  Launcher launcher;
  ProcessRequest request;
  request.argv = {program};
  request.working_directory = "/";
  (void)launcher.run(request);
  EXPECT_TRUE(was_read(program));
}

/// Since then, the mount option `relatime` keeps the access time as it is.
void set_read_later_than_written(const std::string& path) {
  std::array<timespec, 2> times{};
  times[0].tv_sec = std::time(nullptr) + 1000;
  times[1].tv_nsec = UTIME_OMIT;
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times.data(), 0), 0);
}

TEST_F(AccessTimes, TellWhichFilesOfAFolderWereRead) {
  for (const char* name : {"read", "read twice", "unread"}) {
    std::ofstream(folder_ / name) << "x";
    forget_reading(folder_ / name);
  }
  set_read_later_than_written(folder_ / "read twice");
  const Readings readings(folder_.path(), {"read", "read twice", "unread", "missing"});
  EXPECT_TRUE(readings.so_far().empty());
  (void)read_file(folder_ / "read");
  (void)read_file(folder_ / "read twice");
  EXPECT_EQ(readings.so_far(), (std::set<std::string>{"read", "read twice"}));
}

TEST_F(AccessTimes, AreLeftAloneInFilesThatNobodyRead) {
  std::ofstream(folder_ / "file") << "x";
  forget_reading(folder_ / "file");
  const Readings readings(folder_.path(), {"file"});
  EXPECT_FALSE(was_read(folder_ / "file"));
}

TEST_F(AccessTimes, TellNothingOfAMissingFile) {
  EXPECT_FALSE(was_read(folder_ / "nothing"));
}

}  // namespace access_times_tests
}  // namespace assay::host
