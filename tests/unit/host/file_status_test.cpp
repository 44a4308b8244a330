#include "core/host/file_status.hpp"

#include <chrono>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace {

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

}  // namespace
}  // namespace assay::host
