#include "experiments/interop/readings.hpp"

#include <filesystem>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace readings_tests {

std::vector<design::ValuePair> rows(int count) {
  std::vector<design::ValuePair> pairs;
  for (int row = 0; row < count; ++row) pairs.push_back({1.0 + row, 2.0 + row});
  return pairs;
}

class Readings : public testing::Test {
 protected:
  int read(const std::vector<design::ValuePair>& pairs, const std::string& file = "/data/pairs.csv") {
    return count_reading(state_, file, pairs);
  }

  host::TemporaryFolder folder_{testing::TempDir(), "readings"};
  std::string state_ = folder_.path() + "/state/assay/readings.json";
};

TEST_F(Readings, OfAGrowingFileAreCounted) {
  EXPECT_EQ(read(rows(10)), 1);
  EXPECT_EQ(read(rows(12)), 2);
  EXPECT_EQ(read(rows(20)), 3);
}

TEST_F(Readings, OfTheSameRowsAreOne) {
  EXPECT_EQ(read(rows(10)), 1);
  EXPECT_EQ(read(rows(10)), 1);
  EXPECT_EQ(read(rows(12)), 2);
  EXPECT_EQ(read(rows(12)), 2);
}

TEST_F(Readings, BeginAnewWithOtherRows) {
  EXPECT_EQ(read(rows(10)), 1);
  std::vector<design::ValuePair> others = rows(12);
  others[3].control = 99;
  EXPECT_EQ(read(others), 1);
}

TEST_F(Readings, AreCountedForEachFile) {
  EXPECT_EQ(read(rows(10)), 1);
  EXPECT_EQ(read(rows(12), "/data/others.csv"), 1);
}

TEST_F(Readings, AreNotKnownIfTheStateCannotBeRead) {
  EXPECT_EQ(read(rows(10)), 1);
  host::write_file_atomically(state_, "no JSON");
  EXPECT_EQ(read(rows(12)), 1);
}

TEST_F(Readings, KeepNoValue) {
  (void)read({{123456.5, 234567.5}});
  EXPECT_EQ(host::read_file(state_).find("123456"), std::string::npos);
}

// A FIFO in the place of the state would be waited for, first to be read and then to be written.
TEST_F(Readings, RefuseAFifoInThePlaceOfTheState) {
  std::filesystem::create_directories(folder_.path() + "/state/assay");
  ASSERT_EQ(::mkfifo(state_.c_str(), 0600), 0);
  EXPECT_EQ(test::message_of([&] { (void)read(rows(10)); }),
            "cannot read " + state_ + ": it is a FIFO, not a file; put a regular file there");
}

TEST_F(Readings, BeginAnewIfTheStateHoldsSomethingElse) {
  (void)read(rows(10));
  const std::string counted = host::read_file(state_);
  for (const auto& [written, instead] :
       {std::pair("\"rows\": 10", "\"rows\": \"ten\""), std::pair("\"readings\": 1", "\"readings\": {}"),
        std::pair("\"readings\": 1", "\"readings\": -5")}) {
    std::string other = counted;
    const std::size_t place = other.find(written);
    ASSERT_NE(place, std::string::npos) << counted;
    other.replace(place, std::string_view(written).size(), instead);
    host::write_file_atomically(state_, other);
    EXPECT_EQ(read(rows(11)), 1) << instead;
  }
}

TEST(ReadingsFile, LiesInTheStateFolderOrBelowHome) {
  EXPECT_EQ(readings_file({"/state", "/home/ada"}), "/state/assay/readings.json");
  EXPECT_EQ(readings_file({"", "/home/ada"}), "/home/ada/.local/state/assay/readings.json");
  EXPECT_EQ(readings_file({}), "");
}

TEST(ReadingsNote, IsForFilesThatGrew) {
  EXPECT_EQ(readings_note(1), "");
  EXPECT_EQ(readings_note(3).find("reading 3 of this file while it grows"), 0U);
}

}  // namespace readings_tests
}  // namespace assay::interop
