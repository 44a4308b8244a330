#include "experiments/trial/sources/link_order.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "core/host/process/process.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace link_order_tests {

/// A tool called cc that prints its words, one a line.
class LinkOrderTest : public testing::Test {
 protected:
  LinkOrderTest() {
    std::filesystem::create_directory(folder_ / "tools");
    std::ofstream(folder_ / "tools/cc") << "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";
    std::filesystem::permissions(folder_ / "tools/cc", std::filesystem::perms::owner_all);
  }

  /// What cc is given when it is called with these words and a link order of this number.
  std::string words_with(std::uint64_t number, Argv words) {
    host::ProcessRequest request;
    request.environment = {{"PATH", folder_ / "tools:/usr/bin:/bin"}};
    const LinkOrder order(folder_ / ("links" + std::to_string(number)), number, request.environment);
    request.argv = {"cc"};
    request.argv.insert(request.argv.end(), words.begin(), words.end());
    request.working_directory = folder_.path();
    request.standard_output = host::Captured{10000};
    std::string text = launcher_.run(request).standard_output.text;
    links_ = order.links();
    return text;
  }

  test::ScratchFolder folder_;
  host::Launcher launcher_;
  int links_ = 0;
};

const Argv kLink = {"-O2", "a.o", "b b.o", "-lz", "c'c.o", "d.o", "-o", "app"};

TEST_F(LinkOrderTest, MovesNothingButObjects) {
  std::istringstream lines(words_with(7, kLink));
  Argv words;
  for (std::string line; std::getline(lines, line);) words.push_back(line);
  ASSERT_EQ(words.size(), kLink.size());
  for (const std::size_t place : {0U, 3U, 6U, 7U}) EXPECT_EQ(words[place], kLink[place]);
  EXPECT_EQ(std::set(words.begin(), words.end()), std::set(kLink.begin(), kLink.end()));
  EXPECT_EQ(links_, 1);
}

TEST_F(LinkOrderTest, IsTheSameForOneNumberAndOtherForOthers) {
  EXPECT_EQ(words_with(7, kLink), words_with(7, kLink));
  std::set<std::string> orders;
  for (std::uint64_t number = 0; number < 12; ++number) orders.insert(words_with(number * 1000003, kLink));
  EXPECT_GE(orders.size(), 6U);  // of 24
}

TEST_F(LinkOrderTest, GoesByTheNamesOfFilesAloneSoThatArmsInTwoFoldersAgree) {
  const std::string one = words_with(7, {"/one/a.o", "/one/b.o", "/one/c.o", "/one/d.o"});
  std::string other = words_with(7, {"/two/a.o", "/two/b.o", "/two/c.o", "/two/d.o"});
  for (std::size_t at = other.find("two"); at != std::string::npos; at = other.find("two")) other.replace(at, 3, "one");
  EXPECT_EQ(one, other);
}

TEST_F(LinkOrderTest, LeavesCompilingOutputsAndTheStartOfProgramsAlone) {
  EXPECT_EQ(words_with(7, {"-c", "a.c", "-o", "a.o"}), "-c\na.c\n-o\na.o\n");
  EXPECT_EQ(words_with(7, {"-r", "a.o", "-o", "b.o"}), "-r\na.o\n-o\nb.o\n");
  EXPECT_EQ(words_with(7, {"crt1.o", "crti.o", "a.o", "crtn.o"}), "crt1.o\ncrti.o\na.o\ncrtn.o\n");
  EXPECT_EQ(links_, 0);
}

}  // namespace link_order_tests
}  // namespace assay::trial
