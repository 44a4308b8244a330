#include "core/host/files/file_swap.hpp"

#include <filesystem>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace file_swap_tests {

namespace fs = std::filesystem;

class FileSwapTest : public testing::Test {
 protected:
  FileSwapTest() {
    write("file", "original");
    write("one", "1");
    write("two", "2");
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  /// As a kill leaves it: the folder is there, nobody holds it, and a version stands in the place.
  void leave_swapped() {
    fs::create_directory(folder_ / ".assay-swap-abcdef");
    write(".assay-swap-abcdef/name", "file");
    write(".assay-swap-abcdef/digests", sha256("1") + "\n" + sha256("2") + "\n");
    fs::rename(folder_ / "file", folder_ / ".assay-swap-abcdef/original");
    write(".assay-swap-abcdef/0", "1");
    write(".assay-swap-abcdef/1", "2");
    fs::create_hard_link(folder_ / ".assay-swap-abcdef/0", folder_ / "file");
  }
  [[nodiscard]] std::string text() const { return read_file(folder_ / "file"); }
  [[nodiscard]] std::vector<std::string> versions() const { return {folder_ / "one", folder_ / "two"}; }
  [[nodiscard]] std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator());
  }

  test::ScratchFolder folder_;
};

TEST_F(FileSwapTest, PutsEachVersionThereAndTheOriginalBack) {
  {
    FileSwap swap(folder_ / "file", versions());
    for (const int version : {0, 1, 1, 0}) {
      swap.put(static_cast<std::size_t>(version));
      EXPECT_EQ(text(), std::to_string(version + 1));
    }
  }
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(files(), 3);
}

TEST_F(FileSwapTest, HasOneFileForEqualContents) {
  write("again", "1");
  FileSwap swap(folder_ / "file", {folder_ / "one", folder_ / "two", folder_ / "again"});
  std::vector<std::uint64_t> inodes;
  for (const std::size_t version : {0U, 2U, 1U, 2U, 0U}) {
    swap.put(version);
    EXPECT_EQ(text(), version == 1 ? "2" : "1");
    inodes.push_back(file_status(folder_ / "file").inode);
  }
  EXPECT_EQ(inodes[0], inodes[1]);
  EXPECT_EQ(inodes[0], inodes[3]);
  EXPECT_NE(inodes[0], inodes[2]);
}

TEST_F(FileSwapTest, LeavesNothingWhereNothingWas) {
  fs::remove(folder_ / "file");
  {
    FileSwap swap(folder_ / "file", versions());
    swap.put(1);
    EXPECT_EQ(text(), "2");
  }
  EXPECT_FALSE(fs::exists(folder_ / "file"));
}

TEST_F(FileSwapTest, GivesVersionsTheModeOfTheOriginalAndOneTime) {
  fs::permissions(folder_ / "file", fs::perms::owner_all);
  fs::last_write_time(folder_ / "one", fs::file_time_type::clock::now() - std::chrono::hours(1));
  FileSwap swap(folder_ / "file", versions());
  swap.put(0);
  const auto time = fs::last_write_time(folder_ / "file");
  swap.put(1);
  EXPECT_EQ(fs::last_write_time(folder_ / "file"), time);
  EXPECT_EQ(fs::status(folder_ / "file").permissions(), fs::perms::owner_all);
}

TEST_F(FileSwapTest, KeepsWhatSomebodyElsePutThereBesideTheOriginal) {
  {
    FileSwap swap(folder_ / "file", versions());
    swap.put(0);
    write("edited", "by hand");
    fs::rename(folder_ / "edited", folder_ / "file");
    EXPECT_NE(test::message_of([&] { swap.put(1); }).find("was replaced"), std::string::npos);
  }
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(read_file(folder_ / "file.edited-during-assay"), "by hand");
}

TEST_F(FileSwapTest, TellsWhereItKeepsEveryEdit) {
  write("file.edited-during-assay", "of another day");
  std::vector<std::string> edits;
  {
    FileSwap swap(folder_ / "file", versions(), [&](const Restoration& restored) { edits = restored.edits; });
    swap.put(0);
    write("file", "into one");
    swap.put(1);
    write("file", "into two");
  }
  EXPECT_EQ(text(), "original");
  ASSERT_EQ(edits,
            (std::vector<std::string>{folder_ / "file.edited-during-assay-2", folder_ / "file.edited-during-assay-3"}));
  EXPECT_EQ(read_file(edits[0]), "into two");
  EXPECT_EQ(read_file(edits[1]), "into one");
  EXPECT_EQ(read_file(folder_ / "file.edited-during-assay"), "of another day");
}

TEST_F(FileSwapTest, MendsWhatAKilledProcessLeft) {
  leave_swapped();
  EXPECT_EQ(FileSwap::abandoned_at(folder_ / "file").value().version, 0);
  EXPECT_TRUE(FileSwap::recover(folder_ / "file").at(0).edits.empty());
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(files(), 3);
  EXPECT_FALSE(FileSwap::abandoned_at(folder_ / "file"));
}

TEST_F(FileSwapTest, MendsWhateverFoldersWithoutANameLieBesideIt) {
  // The folders come in an order of the file system's own.
  for (const char letter : std::string("0123456789zyxw")) {
    const std::string nameless = std::string(".assay-swap-abcde") + letter;
    fs::create_directory(folder_ / nameless);
    write(nameless + "/.name.1-0.tmp", "");
  }
  leave_swapped();
  EXPECT_EQ(FileSwap::abandoned_at(folder_ / "file").value().version, 0);
  EXPECT_EQ(FileSwap::recover(folder_ / "file").size(), 1U);
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(files(), 3);
}

TEST_F(FileSwapTest, KeepsAnOriginalWhoseNameIsLost) {
  leave_swapped();
  fs::remove(folder_ / ".assay-swap-abcdef/name");
  EXPECT_TRUE(FileSwap::recover(folder_ / "file").empty());
  EXPECT_EQ(read_file(folder_ / ".assay-swap-abcdef/original"), "original");
}

// The kill came after the original was put back, and before the folder was removed.
TEST_F(FileSwapTest, LeavesAnOriginalThatIsBackWhateverItsContent) {
  for (const std::string content : {"original", "1"}) {
    leave_swapped();
    fs::rename(folder_ / ".assay-swap-abcdef/original", folder_ / "file");
    write("file", content);
    EXPECT_FALSE(FileSwap::abandoned_at(folder_ / "file"));
    EXPECT_TRUE(FileSwap::recover(folder_ / "file").empty());
    EXPECT_EQ(text(), content);
    EXPECT_EQ(files(), 3);
  }
}

TEST_F(FileSwapTest, RemovesAVersionFromWhereNothingWas) {
  leave_swapped();
  fs::remove(folder_ / ".assay-swap-abcdef/original");
  EXPECT_EQ(FileSwap::recover(folder_ / "file").size(), 1U);
  EXPECT_FALSE(fs::exists(folder_ / "file"));
}

TEST_F(FileSwapTest, KeepsWhatWasWrittenAfterAKill) {
  leave_swapped();
  write("file", "my new work");
  EXPECT_EQ(FileSwap::recover(folder_ / "file").at(0).edits,
            std::vector<std::string>{folder_ / "file.edited-during-assay"});
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(read_file(folder_ / "file.edited-during-assay"), "my new work");
}

TEST_F(FileSwapTest, KeepsWhatWasSavedOverTheFileAfterAKill) {
  leave_swapped();
  write("saved", "my new work");
  fs::rename(folder_ / "saved", folder_ / "file");
  EXPECT_FALSE(FileSwap::abandoned_at(folder_ / "file").value().version);
  FileSwap::recover(folder_ / "file");
  EXPECT_EQ(text(), "original");
  EXPECT_EQ(read_file(folder_ / "file.edited-during-assay"), "my new work");
}

TEST_F(FileSwapTest, LeavesAloneWhatAnotherIsSwapping) {
  FileSwap swap(folder_ / "file", versions());
  swap.put(1);
  EXPECT_TRUE(FileSwap::recover(folder_ / "file").empty());
  EXPECT_FALSE(FileSwap::abandoned_at(folder_ / "file"));
  EXPECT_EQ(text(), "2");
}

TEST_F(FileSwapTest, RefusesALinkAndAFolder) {
  fs::create_symlink("one", folder_ / "link");
  EXPECT_EQ(test::message_of([&] { FileSwap swap(folder_ / "link", versions()); }),
            folder_ / "link" + " is a link: name the file that it points to");
  EXPECT_EQ(test::message_of([&] { FileSwap swap(folder_.path(), versions()); }), folder_.path() + " is not a file");
}

}  // namespace file_swap_tests
}  // namespace assay::host
