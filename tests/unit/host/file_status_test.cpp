#include "core/host/files/file_status.hpp"

#include <chrono>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace file_status_tests {

TEST(FileStatus, IsTheSameForAFileThatIsLeftAlone) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "text");
  EXPECT_EQ(file_status(folder / "a"), file_status(folder / "a"));
}

TEST(FileStatus, ChangesWithContentOfTheSameSizeAndTime) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "text");
  const FileStatus before = file_status(folder / "a");
  const auto time = std::filesystem::last_write_time(folder / "a");
  write_file_atomically(folder / "a", "TEXT");
  std::filesystem::last_write_time(folder / "a", time);
  EXPECT_NE(file_status(folder / "a"), before);
}

TEST(FileStatus, NamesAFileThatIsMissing) {
  const test::ScratchFolder folder;
  EXPECT_EQ(test::message_of([&] { (void)file_status(folder / "a"); }), folder / "a" + ": No such file or directory");
}

TEST(FileStatus, TellsALinkFromWhatItLeadsTo) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "text");
  std::filesystem::create_symlink("a", folder / "link");
  std::filesystem::create_symlink("nothing", folder / "dangling");
  EXPECT_TRUE(is_regular_file(folder / "a"));
  EXPECT_FALSE(is_regular_file(folder / "link"));
  EXPECT_TRUE(is_there(folder / "dangling"));
  EXPECT_FALSE(is_there(folder / "nothing"));
  EXPECT_EQ(real_path(folder / "link"), real_path(folder / "a"));
  EXPECT_EQ(real_path(folder / "link"), std::filesystem::canonical(folder / "a"));
}

}  // namespace file_status_tests
}  // namespace assay::host
