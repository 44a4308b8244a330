#include "core/host/files/private_file.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace private_file_tests {

namespace fs = std::filesystem;
using test::message_of;

TEST(PrivateFile, IsForItsOwnerAlone) {
  const test::ScratchFolder folder;
  write_private_file(folder / "new/deep/key", "secret");
  EXPECT_EQ(fs::status(folder / "new/deep/key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(folder / "new").permissions(), fs::perms::owner_all);
  EXPECT_EQ(read_private_file(folder / "new/deep/key"), "secret");
}

TEST(PrivateFile, IsNeverWrittenOverAnother) {
  const test::ScratchFolder folder;
  write_private_file(folder / "key", "first");
  EXPECT_NE(message_of([&] { write_private_file(folder / "key", "second"); }).find("File exists"), std::string::npos);
  EXPECT_EQ(read_private_file(folder / "key"), "first");
}

TEST(PrivateFile, IsRefusedWhereOthersCanReadIt) {
  const test::ScratchFolder folder;
  write_private_file(folder / "key", "secret");
  fs::permissions(folder / "key", fs::perms::group_read, fs::perm_options::add);
  EXPECT_NE(message_of([&] { (void)read_private_file(folder / "key"); }).find("mode 640): run chmod 600 on it"),
            std::string::npos);
}

}  // namespace private_file_tests
}  // namespace assay::host
