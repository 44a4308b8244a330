#include "experiments/trial/checks/busy_folders.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace busy_folders_tests {

BusyFolders seen(const std::vector<std::string>& first, const std::vector<std::string>& later) {
  BusyFolders places(first);
  places.look_again(later);
  return places;
}

TEST(BusyFolders, AreWhereEntriesComeOrGo) {
  const std::string left = "/tmp/theirs/lab/left";
  EXPECT_FALSE(seen({left}, {left}).hold(left));
  EXPECT_TRUE(seen({left}, {left, "/tmp/theirs/other/new"}).hold(left));
  EXPECT_TRUE(seen({left, "/tmp/theirs/gone"}, {left}).hold(left));
}

TEST(BusyFolders, AreOneEntryOfASharedFolderOrOneFolderElsewhere) {
  EXPECT_FALSE(seen({}, {"/tmp/theirs/new"}).hold("/tmp/left"));
  EXPECT_FALSE(seen({}, {"/tmp/theirs/new"}).hold("/tmp/theirs too/left"));
  EXPECT_TRUE(seen({}, {"/tmp/new"}).hold("/tmp/left"));
  EXPECT_FALSE(seen({}, {"/tmp/new"}).hold("/tmp/ours/left"));
  EXPECT_TRUE(seen({}, {"/home/me/.cache/new"}).hold("/home/me/.cache/left"));
  EXPECT_FALSE(seen({}, {"/home/me/.cache/new"}).hold("/home/me/left"));
}

TEST(BusyFolders, AreNewEntriesThatSomebodyGoesOnChanging) {
  const test::ScratchFolder folder;
  const std::string growing = folder / "growing";
  const std::string still = folder / "still";
  std::filesystem::create_directory(growing);
  std::filesystem::create_directory(still);
  std::filesystem::last_write_time(growing, std::filesystem::file_time_type::min());
  BusyFolders places({growing, still});
  std::filesystem::create_directory(growing + "/new");
  places.look_again({growing, still});
  EXPECT_TRUE(places.hold(growing));
  EXPECT_FALSE(places.hold(still));
}

}  // namespace busy_folders_tests
}  // namespace assay::trial
