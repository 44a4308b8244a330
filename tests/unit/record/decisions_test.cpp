#include "experiments/record/documents/decisions.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace decisions_tests {

namespace fs = std::filesystem;

class WriteDecisionTest : public testing::Test {
 protected:
  std::string document() const { return host::read_file(lab_.decisions_path()); }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
};

TEST_F(WriteDecisionTest, MakesTheDocumentWithTheRecordsEntry) {
  const Record record = store_record(lab_, sample_record());
  write_decision(lab_, record);
  EXPECT_TRUE(document().starts_with("# Decisions\n"));
  for (const std::string& part : {std::string("<!-- assay:record 0001-sort-locale begin -->\n"),
                                  std::string("<!-- assay:record 0001-sort-locale end -->\n"),
                                  record_sha256(lab_, record), record.plan.hypothesis}) {
    EXPECT_NE(document().find(part), std::string::npos) << part << "\n" << document();
  }
}

TEST_F(WriteDecisionTest, AppendsTheNextAndKeepsWhatPeopleWrote) {
  write_decision(lab_, store_record(lab_, sample_record_of("a", 1)));
  const std::string ours = document() + "\nWe kept it. **Why:** because.\r\n";
  host::write_file_atomically(lab_.decisions_path(), ours);
  write_decision(lab_, store_record(lab_, sample_record_of("b", 2)));
  EXPECT_TRUE(document().starts_with(ours));
  EXPECT_NE(document().find("<!-- assay:record 0002-b begin -->"), std::string::npos);
}

TEST_F(WriteDecisionTest, WritingTheSameEntryAgainChangesNothing) {
  const Record record = store_record(lab_, sample_record());
  write_decision(lab_, record);
  const std::string once = document();
  write_decision(lab_, record);
  EXPECT_EQ(document(), once);
}

TEST_F(WriteDecisionTest, LeavesADocumentWithABrokenMarkerAsItIs) {
  const std::string broken = "# Ours\n<!-- assay:record 0001-sort-locale begin -->\nhalf\n";
  host::write_file_atomically(lab_.decisions_path(), broken);
  const Record record = store_record(lab_, sample_record());
  EXPECT_EQ(test::message_of([&] { write_decision(lab_, record); }).find(lab_.decisions_path() + ":2: "), 0U);
  EXPECT_EQ(document(), broken);
}

TEST_F(WriteDecisionTest, FollowsALinkToWhereTheDocumentIs) {
  fs::create_directory(folder_ / "docs");
  fs::create_symlink("docs/DECISIONS.md", lab_.decisions_path());
  write_decision(lab_, store_record(lab_, sample_record()));
  EXPECT_TRUE(fs::is_symlink(lab_.decisions_path()));
  EXPECT_TRUE(host::read_file(folder_ / "docs/DECISIONS.md").starts_with("# Decisions\n"));
}

TEST_F(WriteDecisionTest, KeepsTheEntriesOfTwoProcesses) {
  constexpr int kEach = 10;
  const auto write_some = [&](const std::string& experiment) {
    return [&, experiment](const test::ForkedChild::Tell&) {
      for (int count = 0; count < kEach; ++count) {
        write_decision(lab_, store_record(lab_, sample_record_of(experiment + std::to_string(count), count)));
      }
    };
  };
  test::ForkedChild one(write_some("one"));
  test::ForkedChild two(write_some("two"));
  EXPECT_EQ(one.next_line(), std::nullopt);
  EXPECT_EQ(two.next_line(), std::nullopt);
  const std::string text = document();
  int entries = 0;
  for (std::size_t at = text.find(" begin -->"); at != std::string::npos; at = text.find(" begin -->", at + 1))
    ++entries;
  EXPECT_EQ(entries, 2 * kEach);
}

}  // namespace decisions_tests
}  // namespace assay::record
