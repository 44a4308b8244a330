#include "experiments/interop/pair_folder.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::interop {
namespace pair_folder_tests {

TEST(PairFolder, ListsItsCsvFilesInTheOrderOfTheirNames) {
  test::ScratchFolder folder;
  for (const char* const name : {"b.csv", "a.csv", "notes.txt"}) std::ofstream(folder / name) << "x\n";
  const std::vector<std::string> files = csv_files_in(folder.path());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files[0].ends_with("a.csv"));
}

TEST(PairFolder, RefusesAFolderWithoutSuchFiles) {
  test::ScratchFolder folder;
  EXPECT_NE(test::message_of([&] { (void)csv_files_in(folder.path()); }).find("no file there ends in .csv"),
            std::string::npos);
}

TEST(JudgeFiles, GoOnWhenOneCannotBeJudged) {
  const auto judged = judge_files({"x/a.csv", "x/b.csv"}, 1, [](const std::string& file) {
    if (file == "x/a.csv") throw Error("it is empty");
    return decide::JudgedAttempt{};
  });
  EXPECT_EQ(judged[0].name, "a.csv");
  EXPECT_STREQ(std::get<Error>(judged[0].outcome).what(), "it is empty");
  EXPECT_TRUE(std::holds_alternative<decide::JudgedAttempt>(judged[1].outcome));
}

}  // namespace pair_folder_tests
}  // namespace assay::interop
