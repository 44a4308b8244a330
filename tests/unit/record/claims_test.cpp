#include "experiments/record/history/claims.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/record/status/lab_status.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace claims_tests {

class ClaimsTest : public testing::Test {
 protected:
  Entry enter(const EntryContent& content) {
    return store_entry(
        lab_, {.number = 0, .program_version = "0.1.0", .created_ns = 1, .actor = "ada", .parents = {}, .content = {}},
        [&](const auto&) { return content; });
  }
  Entry claim(const std::string& deadline = "") {
    Claim content;
    content.experiment = "poll";
    content.metric = {"wall", "s", Direction::lower};
    content.effect = ClaimedRatio{4};
    content.deadline = deadline;
    return enter(content);
  }
  std::vector<ClaimStatus> claims() const { return claims_in(lab_, list_records(lab_)); }
  void withdraw(const ClaimStatus& claim) {
    enter(checked_withdrawal(lab_, list_records(lab_), claim.record, "the cache was warm"));
  }
  static constexpr std::string_view kDay = "2026-03-01";

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  const Date today_ = parse_date(kDay);
};

TEST_F(ClaimsTest, AreUpheldUntilTheyAreWithdrawn) {
  claim();
  claim();
  withdraw(claims().front());
  EXPECT_EQ(claims().front().withdrawn_in, "0003-withdrawal");
  EXPECT_TRUE(claims().back().withdrawn_in.empty());
  const LabStatus status = read_status(lab_, today_);
  ASSERT_EQ(status.claims.size(), 1U);
  EXPECT_EQ(status.claims.front().record.name, "0002-claim");
}

TEST_F(ClaimsTest, AreWithdrawnOnce) {
  claim();
  withdraw(claims().front());
  EXPECT_EQ(test::message_of([&] { withdraw(claims().front()); }),
            "0001-claim is withdrawn already, in 0002-withdrawal");
}

TEST_F(ClaimsTest, AreTheOnlyRecordsThatCanBeWithdrawn) {
  (void)store_record(lab_, sample_record_of("poll", 1));
  const auto withdraw_the_attempt = [&] {
    const auto records = list_records(lab_);
    (void)checked_withdrawal(lab_, records, records.front(), "no");
  };
  EXPECT_EQ(test::message_of(withdraw_the_attempt), "0001-poll is not a claim, and no claim is upheld");
  claim();
  EXPECT_EQ(test::message_of(withdraw_the_attempt), "0001-poll is not a claim; upheld are 0002-claim");
}

TEST_F(ClaimsTest, AreOverdueAfterTheirDay) {
  claim("2026-02-28");
  claim(std::string(kDay));
  claim();
  EXPECT_TRUE(is_overdue(claims()[0], today_));
  EXPECT_FALSE(is_overdue(claims()[1], today_));
  EXPECT_FALSE(is_overdue(claims()[2], today_));
  EXPECT_TRUE(needs_attention(read_status(lab_, today_)));
  withdraw(claims()[0]);
  EXPECT_FALSE(needs_attention(read_status(lab_, today_)));
}

}  // namespace claims_tests
}  // namespace assay::record
