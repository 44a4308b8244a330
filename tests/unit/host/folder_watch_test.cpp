#include "core/host/files/folder_watch.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/file_clock.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace assay::host {
namespace folder_watch_tests {

using Texts = std::vector<std::string>;

FolderWatch::Exempt nothing() {
  return [](const std::string&) { return false; };
}

TEST(FolderWatch, FindsFilesWhoseContentOrAttributesChanged) {
  const test::ScratchFolder folder;
  for (const char* name : {"content", "mode", "same"}) write_file_atomically(folder / name, "1");
  test::wait_for_tick_of_file_clock();
  const FolderWatch watch({folder.path()}, 100, nothing());
  EXPECT_TRUE(watch.changed().empty());
  test::wait_for_tick_of_file_clock();
  ASSERT_EQ(::chmod((folder / "mode").c_str(), 0600), 0);
  { std::ofstream(folder / "content") << "2"; }
  write_file_atomically(folder / "new", "");
  EXPECT_EQ(watch.changed(), (Texts{folder / "content", folder / "mode"}));
}

TEST(FolderWatch, TellsWhatChangedJustBeforeFromWhatChangesJustAfter) {
  const test::ScratchFolder folder;
  for (int round = 0; round < 30; ++round) {
    { std::ofstream(folder / "file") << round; }
    ASSERT_TRUE(changed_at(folder / "file"));  // whose time was asked for, newer kernels date by a finer clock
    { std::ofstream(folder / "file") << round << "again"; }
    const FolderWatch watch({folder.path()}, 100, nothing());
    EXPECT_EQ(watch.changed(), Texts{}) << round;
    { std::ofstream(folder / "file") << round << "later"; }
    EXPECT_EQ(watch.changed(), Texts{folder / "file"}) << round;
  }
}

TEST(FolderWatch, FindsFoldersWhoseTimeSomebodySet) {
  const test::ScratchFolder folder;
  for (const char* name : {"set", "used", "same"}) std::filesystem::create_directory(folder / name);
  test::wait_for_tick_of_file_clock();
  const FolderWatch watch({folder.path()}, 100, nothing());
  test::wait_for_tick_of_file_clock();
  write_file_atomically(folder / "used/new", "");
  ASSERT_EQ(::chmod((folder / "same").c_str(), 0700), 0);
  EXPECT_TRUE(watch.folders_with_set_times().empty());
  const std::array<timespec, 2> times{timespec{1'000'000'000, 7}, timespec{1'000'000'000, 7}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (folder / "set").c_str(), times.data(), 0), 0);
  EXPECT_EQ(watch.folders_with_set_times(), (Texts{folder / "set"}));
}

TEST(FolderWatch, FindsWhatAppearedAtAnyDepth) {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder / "a/b");
  write_file_atomically(folder / "old", "");
  const FolderWatch watch({folder.path()}, 100, nothing());
  write_file_atomically(folder / "old", "changed");
  write_file_atomically(folder / "a/b/new", "");
  std::filesystem::create_directories(folder / "fresh/inner");
  EXPECT_EQ(watch.appeared(), (Texts{folder / "a/b/new", folder / "fresh"}));
  EXPECT_TRUE(watch.cut().empty());
}

TEST(FolderWatch, KnowsWhatCannotHaveComeInATime) {
  const test::ScratchFolder folder;
  const FileMoment before = latest_file_moment();
  test::wait_for_tick_of_file_clock();
  write_file_atomically(folder / "new", "");
  test::wait_for_tick_of_file_clock();
  const FileMoment after = latest_file_moment();
  EXPECT_TRUE(may_have_come_between(folder / "new", before, after));
  EXPECT_FALSE(may_have_come_between(folder / "new", after, latest_file_moment()));
  EXPECT_FALSE(may_have_come_between(folder / "new", {}, before));
  EXPECT_TRUE(may_have_come_between(folder / "none", {}, before));
}

TEST(FolderWatch, PassesOverWhatIsExempt) {
  const test::ScratchFolder folder;
  std::filesystem::create_directory(folder / "noise");
  const FolderWatch watch({folder.path()}, 100, [&](const std::string& path) { return path == folder / "noise"; });
  write_file_atomically(folder / "noise/new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

TEST(FolderWatch, ReadsLevelByLevelUpToItsMostEntries) {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder / "a/b/c");
  const FolderWatch watch({folder.path()}, 2, nothing());
  EXPECT_EQ(watch.cut(), (Texts{folder.path()}));
  write_file_atomically(folder / "a/near", "");
  write_file_atomically(folder / "a/b/c/far", "");
  EXPECT_EQ(watch.appeared(), (Texts{folder / "a/near"}));
}

TEST(FolderWatch, DoesNotLeaveItsFileSystem) {
  const test::SmallDisk disk("1M");
  if (!disk.mounted()) GTEST_SKIP() << "this process may not mount";
  const std::string mount_point = std::filesystem::path(disk / "new").parent_path();
  const FolderWatch watch({std::filesystem::path(mount_point).parent_path()}, 1000,
                          [&](const std::string& path) { return !path.starts_with(mount_point); });
  write_file_atomically(disk / "new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

TEST(FolderWatch, DoesNotFollowLinks) {
  const test::ScratchFolder folder;
  const test::ScratchFolder elsewhere;
  std::filesystem::create_directory_symlink(elsewhere.path(), folder / "link");
  const FolderWatch watch({folder.path()}, 100, nothing());
  write_file_atomically(elsewhere / "new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

}  // namespace folder_watch_tests
}  // namespace assay::host
