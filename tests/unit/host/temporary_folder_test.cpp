#include "core/host/files/temporary_folder.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace temporary_folder_tests {

namespace fs = std::filesystem;

/// As old as what a killed process left behind an hour ago.
void make_old(const std::string& path) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1));
}

TEST(TemporaryFolder, IsThereForItsOwnerAloneAndGoesWithAllThatIsInIt) {
  const test::ScratchFolder parent;
  std::string path;
  {
    const TemporaryFolder folder(parent.path(), "t-");
    path = folder.path();
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
    fs::create_directories(path + "/a/b");
    std::ofstream(path + "/a/b/c") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, NamesThePlaceWhereItCannotBeMade) {
  EXPECT_EQ(test::message_of([] { const TemporaryFolder folder("/nowhere", "t-"); }),
            "cannot make a temporary folder in /nowhere: No such file or directory; set TMPDIR to a writable "
            "folder");
}

TEST(RemoveAbandonedFolders, RemovesOldOnesThatNobodyHolds) {
  const test::ScratchFolder parent;
  fs::create_directory(parent / "t-abcdef");
  std::ofstream(parent / "t-abcdef/left") << "x";
  make_old(parent / "t-abcdef");
  remove_abandoned_folders(parent.path(), "t-");
  EXPECT_FALSE(fs::exists(parent / "t-abcdef"));
}

TEST(RemoveAbandonedFolders, LeavesThoseThatAreHeld) {
  const test::ScratchFolder parent;
  const TemporaryFolder held(parent.path(), "t-");
  make_old(held.path());
  remove_abandoned_folders(parent.path(), "t-");
  EXPECT_TRUE(fs::exists(held.path()));
}

TEST(RemoveAbandonedFolders, LeavesYoungOnesThatMayBeAboutToBeHeld) {
  const test::ScratchFolder parent;
  fs::create_directory(parent / "t-abcdef");
  remove_abandoned_folders(parent.path(), "t-");
  EXPECT_TRUE(fs::exists(parent / "t-abcdef"));
}

TEST(RemoveAbandonedFolders, LeavesEverythingWithAnotherName) {
  const test::ScratchFolder parent;
  for (const char* name : {"t-abc", "t-abcdefg", "u-abcdef"}) {
    fs::create_directory(parent / name);
    make_old(parent / name);
  }
  remove_abandoned_folders(parent.path(), "t-");
  EXPECT_EQ(std::distance(fs::directory_iterator(parent.path()), fs::directory_iterator()), 3);
}

}  // namespace temporary_folder_tests
}  // namespace assay::host
