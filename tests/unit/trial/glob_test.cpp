#include "experiments/trial/glob.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace glob_tests {

class Files : public testing::Test {
 protected:
  Files() {
    for (const char* name : {"a.txt", "b.txt", "b.md", "deep/c.txt", "deep/er/d.txt", ".hidden/e.txt"}) {
      const std::filesystem::path path = folder_ / name;
      std::filesystem::create_directories(path.parent_path());
      host::write_file_atomically(path.string(), name);
    }
  }
  [[nodiscard]] std::vector<std::string> matching(const std::string& pattern) const {
    std::vector<std::string> names;
    for (const std::string& path : files_matching(folder_.path(), pattern)) {
      names.push_back(path.substr(folder_.path().size() + 1));
    }
    return names;
  }

  test::ScratchFolder folder_;
};
using Names = std::vector<std::string>;

TEST_F(Files, AreNamedWithoutWildcards) {
  EXPECT_EQ(matching("deep/c.txt"), (Names{"deep/c.txt"}));
}

TEST_F(Files, MatchAStarWithinTheirFolder) {
  EXPECT_EQ(matching("*.txt"), (Names{"a.txt", "b.txt"}));
}

TEST_F(Files, MatchADoubleStarAtAnyDepthButInHiddenFolders) {
  EXPECT_EQ(matching("**/*.txt"), (Names{"a.txt", "b.txt", "deep/c.txt", "deep/er/d.txt"}));
}

TEST_F(Files, AllMatchAFinalDoubleStar) {
  EXPECT_EQ(matching("deep/**"), (Names{"deep/c.txt", "deep/er/d.txt"}));
}

TEST_F(Files, InAHiddenFolderMatchWhereItIsNamed) {
  EXPECT_EQ(matching(".hidden/*"), (Names{".hidden/e.txt"}));
}

TEST_F(Files, ThatDoNotMatchAreAMistake) {
  EXPECT_EQ(test::message_of([&] { (void)matching("*.cpp"); }),
            "inputs \"*.cpp\": no file matches in " + folder_.path() + "; fix the pattern or leave it out");
}

TEST_F(Files, AreFoundOnceThoughALinkLeadsBack) {
  std::filesystem::create_directory_symlink(folder_.path(), folder_ / "deep/loop");
  EXPECT_EQ(matching("deep/**"), (Names{"deep/c.txt", "deep/er/d.txt"}));
}

TEST(NameMatches, StretchesStarsAsFarAsNeeded) {
  EXPECT_TRUE(name_matches("a*b*c", "aXbXbc"));
  EXPECT_FALSE(name_matches("a*b*c", "aXbXb"));
  EXPECT_TRUE(name_matches("?.txt", "a.txt"));
  EXPECT_FALSE(name_matches("?.txt", ".txt"));
  EXPECT_TRUE(name_matches("a**", "a"));
}

}  // namespace glob_tests
}  // namespace assay::trial
