#include "experiments/interop/imports/import_limits.hpp"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/paired_csv.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace import_limits_tests {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t time = 0; time < times; ++time) all += text;
  return all;
}

std::string message_of_json(const std::string& text) {
  return test::message_of([&] { check_amount_of_json(text); });
}

TEST(ImportLimits, AllowAsManyMembersAsTheySay) {
  EXPECT_EQ(message_of_json("{" + repeated("\"\":1,", kMostMembers) + "}"), "");
  EXPECT_EQ(message_of_json("{" + repeated("\"\":1,", kMostMembers + 1) + "}"),
            "it has 4000001 members of objects, and at most 4000000 are read: write fewer benchmarks or repetitions "
            "into one file");
  EXPECT_EQ(message_of_json("[\"\\\"" + repeated(":", kMostMembers + 1) + "\"]"), "") << "those are in a string";
}

TEST(ImportLimits, AllowAsManyValuesAsTheySay) {
  EXPECT_EQ(message_of_json("[" + repeated("1,", kMostJsonValues - 2) + "1]"), "");
  EXPECT_NE(message_of_json("[" + repeated("1,", kMostJsonValues + 1) + "1]").find("at most 50000000 are read"),
            std::string::npos);
}

TEST(ImportLimits, HoldForFilesThatAreRead) {
  const std::string members =
      R"({"context":{},"benchmarks":[{"name":"a","real_time":1,"more":{)" + repeated("\"\":1,", kMostMembers) + "}}]}";
  EXPECT_EQ(test::message_of([&] { (void)import_file(members, "file", "google-benchmark"); }),
            "file: it has 4000005 members of objects, and at most 4000000 are read: write fewer benchmarks or "
            "repetitions into one file");
  const std::string lines = repeated("1\n", kMostLines + 1);
  EXPECT_EQ(test::message_of([&] { (void)import_file(lines, "file", "numbers"); }),
            "file: it has 10000001 lines, and at most 10000000 are read: write fewer trials into one file");
  EXPECT_EQ(test::message_of([&] { (void)read_paired_csv(lines, "file", {}); }),
            "file: it has about 10000001 fields, and at most 10000000 are read: write fewer trials or columns into one "
            "file");
}

}  // namespace import_limits_tests
}  // namespace assay::interop
