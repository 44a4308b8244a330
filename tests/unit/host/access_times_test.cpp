#include "core/host/files/access_times.hpp"

#include <fstream>

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

TEST_F(AccessTimes, TellNothingOfAMissingFile) {
  EXPECT_FALSE(was_read(folder_ / "nothing"));
}

}  // namespace access_times_tests
}  // namespace assay::host
