#include "experiments/record/signing/signers.hpp"

#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/host/files/files.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/challenges.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::record {
namespace signers_tests {

using Keys = std::set<std::string>;

Claim claim_of_job(const std::string& git_identity, const std::string& record) {
  Claim claim;
  claim.experiment = "job";
  claim.git_identity = git_identity;
  claim.record = record;
  return claim;
}

/// A claim by ada, which bob's challenge confirms.
class SignersTest : public testing::Test {
 protected:
  void SetUp() override {
    file_entry(lab_, "ada", [](const auto&) { return claim_of_job("ada@home", ""); });
    claim_ = records().back();
    challenge("bob", Grade::confirmed);
  }
  void challenge(const std::string& actor, Grade grade) {
    file_entry(lab_, actor, [&](const auto&) {
      ChallengeEntry entry;
      entry.claim = claim_.sha256;
      entry.claimant = "ada";
      entry.effect = ClaimedRatio{2};
      entry.result.grade = grade;
      entry.findings = findings_;
      return entry;
    });
    challenge_ = records().back();
  }
  SigningKey published(const std::string& owner) {
    const SigningKey key = make_signing_key(folder_.path() + "/" + owner + ".key");
    publish_key(lab_, key, owner);
    return key;
  }
  /// A signature file that anybody can write.
  void forge(const SigningKey& key, const std::string& actor) {
    const nlohmann::json document = {{"format", "assay signature"},
                                     {"schema_version", 1},
                                     {"actor", actor},
                                     {"public_key", key.public_key},
                                     {"record_sha256", challenge_.sha256},
                                     {"signature", std::string(128, '0')}};
    host::write_file_atomically(lab_.records_folder() + "/forged.sig", document.dump());
  }
  [[nodiscard]] std::vector<RecordSummary> records() const { return list_records(lab_); }
  [[nodiscard]] Signers signers() const { return {lab_, KeyHistory::taken_for_granted}; }
  [[nodiscard]] Vouched vouched() const {
    return signers().vouched_for(challenge_, {.names = claimant_names(lab_, records(), claim_)});
  }
  [[nodiscard]] ClaimStatus status() const { return judged_claims(lab_, records(), {}).at(0); }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  std::vector<ReviewFinding> findings_;
  RecordSummary claim_;
  RecordSummary challenge_;
};

TEST_F(SignersTest, CountWhatAPublishedKeySigned) {
  EXPECT_EQ(vouched(), Vouched::by_nobody);
  EXPECT_EQ(status().standing, ClaimStanding::not_signed);
  const SigningKey bob = published("bob");
  sign_record(lab_, challenge_, bob, "bob");
  EXPECT_EQ(vouched(), Vouched::by_another);
  EXPECT_EQ(signers().of(challenge_.sha256).at(0)->actor, "bob");
  EXPECT_TRUE(signers().of(claim_.sha256).empty());
  EXPECT_EQ(status().standing, ClaimStanding::verified);
}

TEST_F(SignersTest, CountNoSignatureThatTheKeyDidNotMake) {
  forge(published("bob"), "bob");
  EXPECT_TRUE(signers().of(challenge_.sha256).empty());
  EXPECT_EQ(vouched(), Vouched::by_nobody);
  EXPECT_EQ(status().standing, ClaimStanding::not_signed);
}

TEST_F(SignersTest, CountNoKeyThatIsNotInTheLab) {
  const SigningKey bob = published("bob");
  sign_record(lab_, challenge_, bob, "bob");
  std::filesystem::remove(public_key_path(lab_, bob.public_key));
  EXPECT_EQ(status().standing, ClaimStanding::not_signed);
}

TEST_F(SignersTest, CountNoKeyOfAnotherOwner) {
  sign_record(lab_, challenge_, published("mallory"), "bob");
  EXPECT_EQ(status().standing, ClaimStanding::not_signed);
}

TEST_F(SignersTest, CountNotTheClaimantUnderAnyName) {
  for (const char* const name : {"ada", "ada@home"}) {
    sign_record(lab_, challenge_, published(name), name);
    EXPECT_EQ(vouched(), Vouched::by_nobody) << name;
  }
}

TEST_F(SignersTest, CountNotWhoeverRecordedWhatIsClaimed) {
  file_entry(lab_, "carol", [&](const auto&) { return claim_of_job("", challenge_.sha256); });
  const std::vector<std::string> names{"carol", "bob"};
  EXPECT_EQ(claimant_names(lab_, records(), records().back()), names);
}

TEST_F(SignersTest, CountNoRecordThatWasMadeUnderTheirGitIdentity) {
  const SigningKey bob = published("bob");
  sign_record(lab_, challenge_, bob, "bob");
  ASSERT_EQ(vouched(), Vouched::by_another);
  challenge_.git_identity = "ada@home";
  EXPECT_EQ(vouched(), Vouched::by_nobody);
  challenge_.git_identity = "bob@home";
  EXPECT_EQ(vouched(), Vouched::by_another);
  challenge_.actor = "ada@home";
  EXPECT_EQ(vouched(), Vouched::by_nobody);
}

TEST_F(SignersTest, NameWhoeverMadeARecordOfAnyKindByGitIdentityToo) {
  RecordSummary baseline;
  baseline.kind = RecordKind::baseline;
  baseline.actor = "carol";
  baseline.git_identity = "carol@home";
  EXPECT_EQ(claimant_names(lab_, records(), baseline), (std::vector<std::string>{"carol", "carol@home"}));
}

TEST_F(SignersTest, CountTheReviewerWhoSignedTheClaimantsRecordToo) {
  const SigningKey bob = published("bob");
  sign_record(lab_, challenge_, bob, "bob");
  sign_record(lab_, claim_, bob, "bob");
  EXPECT_EQ(signers().keys_of({"ada"}), Keys{});
  EXPECT_EQ(status().standing, ClaimStanding::verified);
}

TEST_F(SignersTest, CountOneGoodSignatureAmongOthers) {
  sign_record(lab_, challenge_, published("bob"), "bob");
  for (const char* const other : {"ada", "a", "b", "c", "d", "e", "f"}) {
    sign_record(lab_, challenge_, published(other), other);
    EXPECT_EQ(vouched(), Vouched::by_another);
  }
  forge(published("g"), "g");
  EXPECT_EQ(signers().of(challenge_.sha256).size(), 8U);
}

TEST_F(SignersTest, TellAKeyByItsOwnerAndByWhatItSigned) {
  const SigningKey ada = published("ada");
  EXPECT_EQ(signers().keys_of({"ada"}), Keys{ada.public_key});
  const SigningKey other = published("somebody");
  sign_record(lab_, claim_, other, "ada");
  EXPECT_EQ(signers().keys_of({"ada"}), (Keys{ada.public_key, other.public_key}));
}

TEST_F(SignersTest, LetNobodySayThatAnothersKeyIsTheClaimants) {
  const SigningKey bob = published("bob");
  sign_record(lab_, challenge_, bob, "bob");
  const nlohmann::json document = {
      {"format", "assay public key"}, {"schema_version", 1}, {"owner", "ada"}, {"public_key", bob.public_key}};
  host::write_file_atomically(lab_.keys_folder() + "/another.json", document.dump());
  forge(bob, "ada");
  EXPECT_EQ(signers().keys_of({"ada"}), Keys{});
  EXPECT_EQ(status().standing, ClaimStanding::verified);
}

TEST_F(SignersTest, PassOverGradesThatDoNotCount) {
  sign_record(lab_, challenge_, published("bob"), "bob");
  challenge("stranger", Grade::refuted);
  challenge("stranger", Grade::exaggerated);
  EXPECT_EQ(status().standing, ClaimStanding::verified);
  EXPECT_EQ(status().passed_over, 2);
}

TEST_F(SignersTest, CountOnlyAllowancesThatSomebodyElseThanTheClaimantSigned) {
  findings_ = {{"a.py:1", "skips a test"}};
  challenge("bob", Grade::confirmed);
  sign_record(lab_, challenge_, published("bob"), "bob");
  EXPECT_EQ(status().standing, ClaimStanding::unexamined);
  const auto allow = [&](const std::string& actor) {
    file_entry(lab_, actor, [&](const auto&) { return checked_allowance(lab_, {challenge_, 1, "fine"}); });
  };
  allow("ada@home");
  EXPECT_EQ(status().standing, ClaimStanding::unexamined);
  const SigningKey ada = published("ada");
  allow("someone");
  sign_record(lab_, records().back(), ada, "ada");
  EXPECT_EQ(status().standing, ClaimStanding::unexamined);
  allow("carol");
  EXPECT_EQ(status().standing, ClaimStanding::unexamined);  // anybody can write a name
  sign_record(lab_, records().back(), published("carol"), "carol");
  EXPECT_EQ(status().standing, ClaimStanding::verified);
}

}  // namespace signers_tests
}  // namespace assay::record
