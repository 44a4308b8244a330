#include "core/host/files/folder_contents.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/access_times.hpp"
#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace folder_contents_tests {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

class FolderContentsTest : public testing::Test {
 protected:
  FolderContentsTest() {
    fs::create_directories(folder_ / "deep");
    fs::create_directories(folder_ / ".git");
    write("one", "1");
    write("deep/two", "2");
    write(".git/index", "3");
    fs::create_symlink("one", folder_ / "link");
  }

  void write(const std::string& name, const std::string& text) const { write_file_atomically(folder_ / name, text); }
  [[nodiscard]] FolderContents contents() const { return {folder_.path(), {".git"}}; }

  test::ScratchFolder folder_;
};

TEST_F(FolderContentsTest, NamesWhatIsChangedGoneAndNew) {
  FolderContents contents = this->contents();
  write("one", "9");
  fs::remove(folder_ / "deep/two");
  write("deep/three", "3");
  EXPECT_EQ(contents.changed(), (Paths{"deep/three", "deep/two", "one"}));
  EXPECT_EQ(contents.changed_of_known(), (Paths{"deep/two", "one"}));
}

TEST_F(FolderContentsTest, TakesAFileThatIsWrittenAsItWasForTheSame) {
  FolderContents contents = this->contents();
  write("one", "1");
  EXPECT_TRUE(contents.changed().empty());
}

TEST_F(FolderContentsTest, NamesAFileWhoseModeOrLinkIsAnother) {
  FolderContents contents = this->contents();
  fs::permissions(folder_ / "one", fs::perms::owner_exec, fs::perm_options::add);
  fs::remove(folder_ / "link");
  fs::create_symlink("deep/two", folder_ / "link");
  EXPECT_EQ(contents.changed(), (Paths{"link", "one"}));
}

TEST_F(FolderContentsTest, PassesOverTheNamesAtItsTop) {
  FolderContents contents = this->contents();
  write(".git/index", "9");
  write("deep/.git", "9");
  EXPECT_EQ(contents.changed(), (Paths{"deep/.git"}));
}

TEST_F(FolderContentsTest, WatchesNoOthersOnceItIsTold) {
  FolderContents contents = this->contents();
  contents.keep_only({"one"});
  write("one", "9");
  write("deep/two", "9");
  EXPECT_EQ(contents.changed_of_known(), (Paths{"one"}));
}

// By access times it is told what trials read.
TEST_F(FolderContentsTest, LeavesAccessTimesAsTheyAre) {
  forget_reading(folder_ / "one");
  FolderContents contents = this->contents();
  EXPECT_TRUE(contents.changed().empty());
  EXPECT_FALSE(was_read(folder_ / "one"));
}

}  // namespace folder_contents_tests
}  // namespace assay::host
