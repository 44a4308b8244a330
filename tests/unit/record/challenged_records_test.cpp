#include "experiments/record/history/challenged_records.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/acceptance.hpp"
#include "experiments/record/history/recorded_claims.hpp"
#include "experiments/record/status/lab_status.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace challenged_records_tests {

class ChallengedRecords : public testing::Test {
 protected:
  /// Ada kept the sample's attempt and claimed nothing.
  ChallengedRecords() { (void)store_record(lab_, sample_record()); }

  std::vector<RecordSummary> records() const { return list_records(lab_); }
  RecordSummary attempt() const { return records().front(); }

  RecordSummary file(const std::string& actor, const EntryContent& content) {
    file_entry(lab_, actor, [&](const auto&) { return content; });
    return records().back();
  }
  /// What the record states by itself, as a claim.
  Claim claim_of_it() const {
    Claim claim;
    claim.experiment = attempt().experiment;
    claim.metric = {"wall", "s", Direction::lower};
    claim.effect = ClaimedRatio{1.2};
    claim.record = attempt().sha256;
    return claim;
  }
  RecordSummary challenge(const RecordSummary& which, Grade grade, GradeReason reason = GradeReason::none) {
    const Claim claim = claim_of_it();
    ChallengeEntry entry;
    entry.claim = which.sha256;
    entry.text = report::claim_headline(claim);
    entry.metric = claim.metric;
    entry.effect = claim.effect;
    entry.claimant = "ada";
    entry.record = attempt().sha256;
    entry.result.grade = grade;
    entry.result.reason = reason;
    return file("bob", entry);
  }
  std::vector<ClaimStatus> judged() const { return judged_claims(lab_, records(), {}); }
  LabStatus status() const { return read_status(lab_, parse_date("2026-03-01")); }
  std::string section_of_record(const RecordSummary& record) const {
    return section_of(lab_, record, later_words(lab_, records())).text;
  }
  bool document_says(const std::string& text) const {
    return host::read_file(lab_.decisions_path()).find(text) != std::string::npos;
  }
  void adopt(const std::string& reason = "") {
    const RecordSummary summary = attempt();
    const ChangeInRevision change{.record = summary.sha256,
                                  .experiment = summary.experiment,
                                  .hypothesis_sha256 = summary.hypothesis_sha256,
                                  .environment_name = summary.environment_name,
                                  .change = "env LC_ALL: unset -> C",
                                  .commit = std::string(40, 'a'),
                                  .proof = ChangeProof::level,
                                  .file = "sort.sh",
                                  .reason = reason};
    file_entry(lab_, "ada", [&](const auto& all) { return checked_adoption(lab_, all, change); });
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
};

TEST_F(ChallengedRecords, AreNoClaimsUntilSomebodyChallengesThem) {
  EXPECT_TRUE(judged().empty());
  EXPECT_FALSE(needs_attention(status()));
}

TEST_F(ChallengedRecords, StandBesideClaimsWithWhatTheirChallengesCameTo) {
  challenge(attempt(), Grade::refuted);
  ASSERT_EQ(judged().size(), 1U);
  EXPECT_EQ(judged().front().record, attempt());
  EXPECT_EQ(judged().front().standing, ClaimStanding::refuted);
  EXPECT_EQ(judged().front().text, report::claim_headline(claim_of_it()));
  ASSERT_EQ(status().claims.size(), 1U);
  EXPECT_TRUE(needs_attention(status()));
  challenge(attempt(), Grade::confirmed);
  EXPECT_EQ(judged().front().standing, ClaimStanding::disputed);
}

TEST_F(ChallengedRecords, ThatWereConfirmedWithoutASignatureAreUnsigned) {
  challenge(attempt(), Grade::confirmed);
  EXPECT_EQ(judged().front().standing, ClaimStanding::not_signed);
  EXPECT_EQ(recorded_claims(lab_, records()).front().standing, ClaimStanding::not_signed);
}

TEST_F(ChallengedRecords, AreToldOnceIfAClaimSaysTheSame) {
  challenge(attempt(), Grade::refuted);
  const RecordSummary claim = file("ada", claim_of_it());
  ASSERT_EQ(judged().size(), 1U);
  EXPECT_EQ(judged().front().record, claim);
  EXPECT_EQ(judged().front().standing, ClaimStanding::refuted);
}

TEST_F(ChallengedRecords, LendNothingToAClaimThatSaysSomethingElse) {
  challenge(attempt(), Grade::refuted);
  Claim other = claim_of_it();
  other.effect = ClaimedRatio{1.1};
  file("ada", other);
  ASSERT_EQ(judged().size(), 2U);
  EXPECT_EQ(judged()[0].standing, ClaimStanding::refuted);
  EXPECT_EQ(judged()[1].standing, ClaimStanding::unchallenged);
}

TEST_F(ChallengedRecords, MayBeWithdrawnLikeClaimsAndAreAcceptedNoLess) {
  challenge(attempt(), Grade::refuted);
  file("ada", checked_withdrawal(lab_, records(), attempt(), "the machine was busy"));
  EXPECT_EQ(judged().front().withdrawn_in, "0003-withdrawal");
  EXPECT_FALSE(needs_attention(status()));
  EXPECT_EQ(test::message_of([&] { (void)checked_withdrawal(lab_, records(), attempt(), "again"); }),
            "0001-sort-locale is withdrawn already, in 0003-withdrawal");
  EXPECT_TRUE(settled_in(records()).empty());  // its decision is not
  EXPECT_EQ(section_of_record(attempt()).find("accepted"), std::string::npos);
}

TEST_F(ChallengedRecords, AreToldOfBesideTheDecisionInTheDocument) {
  const RecordSummary claim = file("ada", claim_of_it());
  EXPECT_TRUE(document_says("- standing: upheld, not challenged yet\n"));
  challenge(claim, Grade::exaggerated);
  EXPECT_TRUE(document_says("- standing: upheld; exaggerated in 0003-challenge\n"));
  EXPECT_TRUE(document_says("- measured again: exaggerated in 0003-challenge\n"));
  challenge(attempt(), Grade::refuted);
  EXPECT_TRUE(document_says("- standing: upheld; exaggerated in 0003-challenge, refuted in 0004-challenge\n"));
  EXPECT_TRUE(document_says("- measured again: exaggerated in 0003-challenge, refuted in 0004-challenge\n"));
  const std::string before = host::read_file(lab_.decisions_path());
  (void)render_decisions(lab_);
  EXPECT_EQ(host::read_file(lab_.decisions_path()), before);
}

TEST_F(ChallengedRecords, AreMendedInADocumentThatGitMergedFromBeforeAndAfter) {
  const RecordSummary claim = file("ada", claim_of_it());
  const std::string before = section_of_record(claim);
  challenge(claim, Grade::confirmed);
  std::string document = host::read_file(lab_.decisions_path());
  const std::string after = "- standing: upheld; confirmed in 0003-challenge\n";
  const std::size_t at = document.find(after);
  ASSERT_NE(at, std::string::npos);
  document.replace(at, after.size(),
                   "<<<<<<< ours\n- standing: upheld, not challenged yet\n=======\n" + after + ">>>>>>> theirs\n");
  host::write_file_atomically(lab_.decisions_path(), document);
  (void)render_decisions(lab_);
  const std::string mended = host::read_file(lab_.decisions_path());
  EXPECT_EQ(mended.find("not challenged yet"), std::string::npos);
  EXPECT_EQ(mended.find("<<<<<<<"), std::string::npos);
  EXPECT_NE(mended.find(after), std::string::npos);
}

TEST_F(ChallengedRecords, AreNotAdoptedIfTheyWereRefutedUnlessSomebodySaysWhy) {
  challenge(attempt(), Grade::refuted);
  EXPECT_EQ(kept_changes(lab_, records()).front().standing, ChangeStanding::refuted);
  EXPECT_EQ(test::message_of([&] { adopt(); }),
            "0002-challenge refuted what 0001-sort-locale was kept for: it measured no improvement; --why TEXT records "
            "the adoption all the same");
  adopt("it reads better");
  const KeptChange change = kept_changes(lab_, records()).front();
  EXPECT_EQ(change.standing, ChangeStanding::adopted);
  EXPECT_EQ(change.refuted_by->name, "0002-challenge");
}

TEST_F(ChallengedRecords, AreAdoptedIfAnotherChallengeShowsAnImprovement) {
  challenge(attempt(), Grade::refuted);
  challenge(attempt(), Grade::exaggerated);
  adopt();
  EXPECT_EQ(kept_changes(lab_, records()).front().standing, ChangeStanding::adopted);
}

TEST_F(ChallengedRecords, AreRefutedByAChallengeOfAClaimOnThemToo) {
  challenge(file("ada", claim_of_it()), Grade::refuted);
  EXPECT_THROW(adopt(), Error);
}

}  // namespace challenged_records_tests
}  // namespace assay::record
