#include "experiments/record/lab.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace assay::record {
namespace lab_tests {

namespace fs = std::filesystem;

TEST(Lab, IsFoundFromAnyFolderBelowItsRoot) {
  const test::ScratchFolder folder;
  const Lab made = Lab::create(folder.path());
  fs::create_directories(folder / "src/deep");
  const std::optional<Lab> found = Lab::find(folder / "src/deep");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->root(), made.root());
  EXPECT_EQ(found->root(), fs::canonical(folder.path()).string());
}

TEST(Lab, IsTheNearestOneAbove) {
  const test::ScratchFolder folder;
  (void)Lab::create(folder.path());
  const Lab inner = Lab::create(folder / "part");
  EXPECT_EQ(Lab::find(folder / "part")->root(), inner.root());
}

TEST(Lab, IsNotAFileOfThatName) {
  const test::ScratchFolder folder;
  (void)Lab::create(folder.path());
  fs::create_directory(folder / "part");
  host::write_file_atomically(folder / "part/.assay", "not a folder");
  EXPECT_EQ(Lab::find(folder / "part")->root(), fs::canonical(folder.path()).string());
}

TEST(Lab, IsNothingWhereThereIsNone) {
  const test::ScratchFolder folder;
  EXPECT_FALSE(Lab::find(folder.path()));
}

TEST(Lab, CommitsRecordsAndIgnoresTheJournal) {
  const test::ScratchFolder folder;
  const Lab lab = Lab::create(folder.path());
  EXPECT_TRUE(fs::is_directory(lab.records_folder()));
  const std::string ignored = host::read_file(folder / ".assay/.gitignore");
  EXPECT_TRUE(ignored.starts_with("lab.db*\n")) << ignored;
  EXPECT_EQ(ignored.find("records"), std::string::npos);
}

TEST(Lab, StaysAsItIsWhenItIsMadeAgain) {
  const test::ScratchFolder folder;
  const Lab lab = Lab::create(folder.path());
  host::write_file_atomically(folder / ".assay/.gitignore", "mine\n");
  host::write_file_atomically(lab.records_folder() + "/0001-a.json", "{}");
  (void)Lab::create(folder.path());
  EXPECT_EQ(host::read_file(folder / ".assay/.gitignore"), "mine\n");
  EXPECT_EQ(host::read_file(lab.records_folder() + "/0001-a.json"), "{}");
}

TEST(Lab, CannotBeMadeInAReadOnlyFolder) {
  const test::SmallDisk disk("64k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  disk.make_read_only();
  EXPECT_NE(test::message_of([&] { (void)Lab::create(disk / ""); }).find("Read-only file system"), std::string::npos);
}

TEST(FolderInLab, IsThatOfThisCloneEvenIfTheOtherIsOnThisMachine) {
  const test::ScratchFolder folder;
  fs::create_directories(folder / "there/bench/big");
  fs::create_directories(folder / "here/bench/big");
  EXPECT_EQ(folder_in_lab(folder / "here", folder / "here/bench"), folder / "here/bench");
  EXPECT_EQ(folder_in_lab(folder / "here", folder / "there/bench/big"), folder / "here/bench/big");
  EXPECT_EQ(folder_in_lab(folder / "here", "/another/machine/bench"), folder / "here/bench");
  EXPECT_EQ(folder_in_lab(folder / "here", folder / "there"), folder / "here");
  EXPECT_EQ(folder_in_copy(folder / "there", folder / "here/bench", folder / "here"), folder / "there/bench");
}

}  // namespace lab_tests
}  // namespace assay::record
