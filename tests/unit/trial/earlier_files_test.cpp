#include "experiments/trial/earlier_files.hpp"

#include <filesystem>
#include <memory>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace earlier_files_tests {

namespace fs = std::filesystem;

class EarlierFilesTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) const {
    host::write_file_atomically(folder_ / name, text);
  }
  [[nodiscard]] bool exists(const std::string& name) const { return fs::exists(folder_ / name); }

  test::ScratchFolder folder_;
  std::unique_ptr<EarlierFiles> files_ = std::make_unique<EarlierFiles>();
};

TEST_F(EarlierFilesTest, RemovesWhatATrialLeft) {
  files_->take_away(folder_ / "out");
  write("out", "of a trial");
  files_->take_away(folder_ / "out");
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(EarlierFilesTest, PutsBackWhatWasThereWhereNoTrialLeftOne) {
  write("out", "mine");
  files_->take_away(folder_ / "out");
  EXPECT_FALSE(exists("out"));
  files_.reset();
  EXPECT_EQ(host::read_file(folder_ / "out"), "mine");
  EXPECT_FALSE(exists(".out.before-assay"));
}

TEST_F(EarlierFilesTest, LeavesTheLastTrialsFileInThePlaceOfWhatWasThere) {
  write("out", "mine");
  files_->take_away(folder_ / "out");
  write("out", "of a trial");
  files_.reset();
  EXPECT_EQ(host::read_file(folder_ / "out"), "of a trial");
  EXPECT_FALSE(exists(".out.before-assay"));
}

TEST_F(EarlierFilesTest, TakesOverWhatAKilledSessionMovedAside) {
  write(".out.before-assay", "mine");
  write("out", "of a trial before the kill");
  files_->take_away(folder_ / "out");
  EXPECT_FALSE(exists("out"));
  files_.reset();
  EXPECT_EQ(host::read_file(folder_ / "out"), "mine");
}

TEST_F(EarlierFilesTest, LeavesAFolderAlone) {
  fs::create_directory(folder_ / "out");
  files_->take_away(folder_ / "out");
  EXPECT_TRUE(exists("out"));
}

TEST_F(EarlierFilesTest, FollowsALink) {
  write("real", "of an earlier trial");
  fs::create_symlink("real", folder_ / "out");
  files_->take_away(folder_ / "out");
  EXPECT_FALSE(exists("real"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "out"));
}

TEST_F(EarlierFilesTest, LeavesAFileOfWhichTheSizeAloneMattersWhereItWasThereAtFirst) {
  write("program", "12345");
  files_->take_away_if_made_since(folder_ / "program");
  files_->take_away_if_made_since(folder_ / "made");
  write("made", "1");
  files_->take_away_if_made_since(folder_ / "made");
  EXPECT_TRUE(exists("program"));
  EXPECT_FALSE(exists("made"));
}

}  // namespace earlier_files_tests
}  // namespace assay::trial
