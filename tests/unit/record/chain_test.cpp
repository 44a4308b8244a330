#include "experiments/record/verification/chain.hpp"

#include <gtest/gtest.h>

namespace assay::record {
namespace chain_tests {

std::string hash_of(int number) {
  return std::string(64, static_cast<char>('a' + number));
}

RecordSummary link(int number, const std::string& name, const std::string& sha256, std::vector<std::string> parents) {
  RecordSummary record;
  record.kind = RecordKind::question;
  record.name = name;
  record.number = number;
  record.sha256 = sha256;
  record.parents = std::move(parents);
  return record;
}

/// 0001 <- 0002 <- 0003
std::vector<RecordSummary> three() {
  return {link(1, "0001-a", hash_of(1), {}), link(2, "0002-b", hash_of(2), {hash_of(1)}),
          link(3, "0003-c", hash_of(3), {hash_of(2)})};
}

std::string where(const std::vector<RecordSummary>& records, const KnownHashes& known = {}) {
  const std::optional<Difference> flaw = flaw_in_chain(records, known);
  return flaw ? flaw->where : "";
}

TEST(FlawInChain, IsNoneInAWholeChain) {
  EXPECT_EQ(where(three()), "");
  EXPECT_EQ(where({}), "");
}

TEST(FlawInChain, IsNoneWhereTwoBranchesMeet) {
  std::vector<RecordSummary> records = three();
  records.insert(records.begin() + 2, link(2, "0002-theirs", hash_of(7), {hash_of(1)}));
  records.back().parents.push_back(hash_of(7));
  EXPECT_EQ(where(records), "");
}

TEST(FlawInChain, NamesTheRecordThatWasChanged) {
  std::vector<RecordSummary> records = three();
  records[1].sha256 = hash_of(9);
  const std::optional<Difference> flaw = flaw_in_chain(records, {});
  EXPECT_EQ(flaw.value().where, "0002-b");
  EXPECT_NE(flaw->what.find("was changed after it was written"), std::string::npos);
}

TEST(FlawInChain, NamesTheRecordThatIsGone) {
  for (const std::size_t gone : {0U, 1U}) {
    std::vector<RecordSummary> records = three();
    const std::string name = records[gone].name.substr(0, 4);
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(gone));
    EXPECT_EQ(where(records), name);
  }
}

TEST(FlawInChain, KnowsItsNameFromTheDocument) {
  std::vector<RecordSummary> records = three();
  records.erase(records.begin() + 1);
  EXPECT_EQ(where(records, {{hash_of(2), "0002-b"}}), "0002-b");
}

TEST(FlawInChain, TellsTwoChangedBranchesApartByTheDocument) {
  std::vector<RecordSummary> records = three();
  records.insert(records.begin() + 2, link(2, "0002-theirs", hash_of(7), {hash_of(1)}));
  records[1].sha256 = hash_of(9);
  EXPECT_EQ(where(records, {{hash_of(2), "0002-b"}}), "0002-b");
}

TEST(FlawInChain, NamesAChildThatIsNoYoungerThanItsParent) {
  std::vector<RecordSummary> records = three();
  records[2].number = 2;
  EXPECT_EQ(where(records), "0003-c");
}

TEST(FlawInChain, NamesAnEntryThatSettlesNothing) {
  std::vector<RecordSummary> records = three();
  records[2].settles = hash_of(8);
  EXPECT_EQ(where(records), "0003-c");
}

TEST(FlawInChain, IsNoneIfARecordHasTheNumberOfItsOpening) {
  std::vector<RecordSummary> records = three();
  records[1].kind = RecordKind::opening;
  records[1].plan_sha256 = "p";
  records[2].kind = RecordKind::attempt;
  records[2].plan_sha256 = "p";
  records[2].number = 2;
  EXPECT_EQ(where(records), "");
  records[2].plan_sha256 = "another";
  EXPECT_EQ(where(records), "0003-c");
}

TEST(FlawInChain, IsAnOpeningThatIsGone) {
  std::vector<RecordSummary> records = three();
  records[2].kind = RecordKind::attempt;
  records[2].number = 2;
  records.erase(records.begin() + 1);
  EXPECT_NE(where(records), "");
}

}  // namespace chain_tests
}  // namespace assay::record
