#include "experiments/adversary/challenge_target.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_list.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::adversary {
namespace challenge_target_tests {

using record::RecordSummary;

/// A claim of 1.2x that rests on the record of an attempt.
class EarlierChallenges : public testing::Test {
 protected:
  EarlierChallenges() { (void)record::store_record(lab_, record::sample_record()); }

  std::vector<RecordSummary> records() const { return record::list_records(lab_); }
  RecordSummary file(const EntryContent& content) {
    record::file_entry(lab_, "ada", [&](const auto&) { return content; });
    return records().back();
  }
  RecordSummary claim(double ratio = 1.2) {
    Claim claim;
    claim.experiment = records().front().experiment;
    claim.metric = {"wall", "s", Direction::lower};
    claim.effect = ClaimedRatio{ratio};
    claim.record = records().front().sha256;
    return file(claim);
  }
  void challenge(const RecordSummary& which) {
    ChallengeEntry entry;
    entry.claim = which.sha256;
    entry.record = records().front().sha256;
    file(entry);
  }
  int earlier(const RecordSummary& which) const { return challenge_target(lab_, records(), which).earlier; }

  const test::ScratchFolder folder_;
  const record::Lab lab_ = record::Lab::create(folder_.path());
};

TEST_F(EarlierChallenges, AreThoseOfTheClaimAndOfTheRecordThatItRestsOn) {
  challenge(records().front());
  const RecordSummary claimed = claim();
  EXPECT_EQ(earlier(claimed), 1);
  challenge(claimed);
  EXPECT_EQ(earlier(claimed), 2);
}

TEST_F(EarlierChallenges, AreThoseOfAWithdrawnClaimThatSaidTheSame) {
  const RecordSummary first = claim();
  challenge(first);
  file(record::checked_withdrawal(lab_, records(), first, "a fresh level"));
  EXPECT_EQ(earlier(claim()), 1);
  EXPECT_EQ(earlier(claim(1.1)), 0);
}

/// The record of an attempt, which is challenged by itself.
class TamperedRecord : public EarlierChallenges {
 protected:
  std::string file_name() const { return record::record_path(lab_, records().front().name); }
  void edit(const std::string& from, const std::string& into) {
    std::string text = host::read_file(file_name());
    const std::size_t found = text.find(from);
    ASSERT_NE(found, std::string::npos) << from;
    host::write_file_atomically(file_name(), text.replace(found, from.size(), into));
  }
  std::string why_refused() const {
    return test::message_of([&] { require_untouched(lab_, challenge_target(lab_, records(), records().front())); });
  }
};

TEST_F(TamperedRecord, IsToldFromOneAsItWasWritten) {
  EXPECT_NO_THROW(require_untouched(lab_, challenge_target(lab_, records(), records().front())));
}

TEST_F(TamperedRecord, IsRefusedIfItsPlanIsNotTheOneThatWasHashed) {
  edit("\"margin_percent\":3", "\"margin_percent\":9");
  EXPECT_NE(why_refused().find("/plan_sha256: recorded"), std::string::npos) << why_refused();
  EXPECT_NE(why_refused().find("nothing was graded"), std::string::npos);
}

TEST_F(TamperedRecord, IsRefusedIfItsResultDoesNotFollowFromItsBlocks) {
  edit("\"void_blocks\":1", "\"void_blocks\":0");
  EXPECT_NE(why_refused().find("/result"), std::string::npos) << why_refused();
}

TEST_F(TamperedRecord, IsRefusedIfAChildNamesAnotherHash) {
  file(AllowedFinding{.challenge = "", .finding = 1, .text = "", .reason = ""});  // any entry: it names its parent
  edit("\"actor\":\"ada@example.org\"", "\"actor\":\"eve@example.org\"");
  EXPECT_NE(why_refused().find("was changed"), std::string::npos) << why_refused();
}

}  // namespace challenge_target_tests
}  // namespace assay::adversary
