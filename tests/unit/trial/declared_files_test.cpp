#include "experiments/trial/audit/declared_files.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace declared_files_tests {

void write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

class DeclaredFilesTest : public testing::Test {
 protected:
  test::ScratchFolder folder_;
  DeclaredFiles files_{folder_.path(), {"out"}};
};

TEST_F(DeclaredFilesTest, FindsAFileThatWasLeftAsItWas) {
  write(folder_ / "out", "earlier");
  files_.age();
  EXPECT_EQ(files_.untouched(), (std::vector<std::string>{"out"}));
}

// Within one tick of the kernel's file clock, and with the same bytes: the modification time alone would not tell.
TEST_F(DeclaredFilesTest, SeesAFileWrittenAgainAtOnce) {
  write(folder_ / "out", "earlier");
  files_.age();
  write(folder_ / "out", "earlier");
  EXPECT_TRUE(files_.untouched().empty());
}

TEST_F(DeclaredFilesTest, SeesAFileThatIsNew) {
  files_.age();
  write(folder_ / "out", "new");
  EXPECT_TRUE(files_.untouched().empty());
}

TEST_F(DeclaredFilesTest, SeesANewFileThatIsOlderThanTheTrial) {
  write(folder_ / "gold", "earlier");
  std::filesystem::last_write_time(folder_ / "gold",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  files_.age();
  std::filesystem::create_hard_link(folder_ / "gold", folder_ / "out");
  EXPECT_EQ(files_.older(), (std::vector<std::string>{"out"}));
  EXPECT_TRUE(files_.untouched().empty());
}

TEST_F(DeclaredFilesTest, CallsNoFileOlderThatWasWrittenNowOrLeftAsItWas) {
  write(folder_ / "out", "earlier");
  files_.age();
  EXPECT_TRUE(files_.older().empty());
  write(folder_ / "out", "now");
  EXPECT_TRUE(files_.older().empty());
}

TEST_F(DeclaredFilesTest, LeavesTheContentAlone) {
  write(folder_ / "out", "earlier");
  files_.age();
  EXPECT_EQ(std::filesystem::file_size(folder_ / "out"), 7U);
}

TEST_F(DeclaredFilesTest, SaysNothingOfAMissingFile) {
  files_.age();
  EXPECT_TRUE(files_.untouched().empty());
}

}  // namespace declared_files_tests
}  // namespace assay::trial
