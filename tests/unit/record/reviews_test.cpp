#include "experiments/record/history/reviews.hpp"

#include <map>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/record/documents/review.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/confirmations.hpp"
#include "experiments/record/reviews/baseline_items.hpp"
#include "experiments/record/reviews/target_items.hpp"
#include "experiments/record/verification/verification.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace reviews_tests {

const ExperimentPlace kDeploy{"deploy", "local"};

class ReviewsTest : public testing::Test {
 protected:
  void SetUp() override { measure(); }

  static Baseline spaced() {
    Baseline baseline = sample_baseline();
    std::int64_t start = 0;
    for (BaselineTrial& trial : baseline.trials) trial.started_ns = start += 1'000'000'000;
    return baseline;
  }
  void measure() {
    file_entry(lab_, "ada", [&](const auto& records) {
      Baseline baseline = spaced();
      if (!records.empty()) baseline.replaces = baseline_.sha256;
      return baseline;
    });
    baseline_ = records().back();
  }
  /// A review of the baseline with a grade.
  void review(Grade grade, const std::string& actor = "bob", ReviewSubject subject = ReviewSubject::baseline) {
    file_entry(lab_, actor, [&](const auto&) {
      Review review;
      review.subject = subject;
      review.record = baseline_.sha256;
      review.claimant = "ada";
      review.independence = actor == "ada" ? Independence::self_check : Independence::other_actor;
      if (subject != ReviewSubject::baseline) review.document = "docs/perf/attribution.md";
      review.samples = spaced();
      if (grade == Grade::refuted) review.samples->trials[0].trial.values = {7.0};
      review.items = baseline_items({spaced(), *review.samples});
      review.grade = grade;
      return review;
    });
  }
  Signature signed_last(const std::string& actor) {
    const auto [known, is_new] = keys_.try_emplace(actor);
    if (is_new) {
      known->second = make_signing_key(folder_.path() + "/" + actor + ".key");
      publish_key(lab_, known->second, actor);
    }
    return sign_record(lab_, records().back(), known->second, actor);
  }
  void sign_last(const std::string& actor) { (void)signed_last(actor); }
  /// REVIEW.md as it is rendered now.
  [[nodiscard]] std::string review_text() const {
    render_review(lab_);
    return host::read_file(lab_.review_path());
  }
  [[nodiscard]] std::vector<RecordSummary> records() const { return list_records(lab_); }
  [[nodiscard]] ClaimStanding standing(const VerifiedRules& rules = {}) const {
    return judged_reviews(lab_, records(), rules).at(0).standing;
  }
  [[nodiscard]] CriterionState judged(CriterionContent content) const {
    const std::vector<RecordSummary> all = records();
    return judge({lab_, all}, {"T1", "", std::move(content)});
  }
  [[nodiscard]] std::vector<std::string> confirmed_by(CriterionContent content) const {
    const std::vector<RecordSummary> all = records();
    const Criterion criterion{"T1", "", std::move(content)};
    return confirmations({lab_, all}, criterion, judge({lab_, all}, criterion), {"ada", host::unix_time_ns()});
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  std::map<std::string, SigningKey> keys_;
  RecordSummary baseline_;
};

TEST_F(ReviewsTest, StandAsChallengesOfClaimsDo) {
  EXPECT_TRUE(judged_reviews(lab_, records(), {}).empty());
  review(Grade::confirmed, "ada");
  EXPECT_EQ(standing(), ClaimStanding::self_checked);
  review(Grade::confirmed);
  EXPECT_EQ(standing(), ClaimStanding::not_signed);
  sign_last("bob");
  EXPECT_EQ(standing(), ClaimStanding::verified);
  const VerifiedRules tomorrow{.now_ns = host::unix_time_ns() + 25 * nanoseconds(std::chrono::hours(1)).count(),
                               .fresh = std::chrono::hours(24)};
  EXPECT_EQ(standing(tomorrow), ClaimStanding::stale);
  review(Grade::refuted);
  EXPECT_EQ(standing(), ClaimStanding::verified);  // whoever refutes it has not signed
  EXPECT_EQ(judged_reviews(lab_, records(), {}).at(0).passed_over, 2);
  sign_last("carol");
  EXPECT_EQ(standing(), ClaimStanding::disputed);
}

TEST_F(ReviewsTest, OfADocumentTheLastOneCounts) {
  review(Grade::refuted, "bob", ReviewSubject::attribution);
  EXPECT_EQ(standing(), ClaimStanding::refuted);
  review(Grade::confirmed, "bob", ReviewSubject::attribution);
  EXPECT_EQ(standing(), ClaimStanding::not_signed);
}

TEST_F(ReviewsTest, OfADocumentASignedOneIsNotOverruledByAnUnsignedOne) {
  review(Grade::refuted, "bob", ReviewSubject::attribution);
  sign_last("bob");
  review(Grade::confirmed, "stranger", ReviewSubject::attribution);
  EXPECT_EQ(standing(), ClaimStanding::refuted);
  EXPECT_EQ(judged_reviews(lab_, records(), {}).at(0).passed_over, 1);
  EXPECT_FALSE(judged(AttributionCriterion{kDeploy, 0.5}).holds);
  review(Grade::confirmed, "bob", ReviewSubject::attribution);
  sign_record(lab_, records().back(), read_signing_key(folder_.path() + "/bob.key"), "bob");
  EXPECT_EQ(standing(), ClaimStanding::verified);
  EXPECT_TRUE(judged(AttributionCriterion{kDeploy, 0.5}).holds);
}

TEST_F(ReviewsTest, ConfirmNothingByAForgedSignature) {
  review(Grade::confirmed);
  const Signature good = signed_last("bob");
  EXPECT_FALSE(confirmed_by(BaselineCriterion{kDeploy}).empty());
  EXPECT_NE(review_text().find("signature: bob, key"), std::string::npos);
  const std::string path = lab_.records_folder() + "/" + good.file;
  std::string text = host::read_file(path);
  text.replace(text.find(good.signature), good.signature.size(), std::string(good.signature.size(), '0'));
  host::write_file_atomically(path, text);
  EXPECT_TRUE(confirmed_by(BaselineCriterion{kDeploy}).empty());
  EXPECT_EQ(standing(), ClaimStanding::not_signed);
  EXPECT_NE(review_text().find("signature: unsigned"), std::string::npos);
}

TEST_F(ReviewsTest, NameEveryGoodSignature) {
  review(Grade::confirmed);
  sign_last("bob");
  sign_last("carol");
  const std::string text = review_text();
  EXPECT_NE(text.find("bob, key"), std::string::npos);
  EXPECT_NE(text.find("carol, key"), std::string::npos);
  EXPECT_EQ(verify_lab(lab_, {}).difference, std::nullopt);
}

TEST_F(ReviewsTest, MayNameTheFirstSignatureAsEarlierProgramsDid) {
  review(Grade::confirmed);
  const SigningKey key = make_signing_key(folder_.path() + "/bob.key");
  publish_key(lab_, key, "bob");
  sign_record(lab_, records().back(), key, "bob under another name");
  std::string text = review_text();
  const std::string shown = "signature: unsigned";
  ASSERT_NE(text.find(shown), std::string::npos);
  text.replace(text.find(shown), shown.size(),
               "signature: bob under another name, key " + key.public_key.substr(0, 16));
  host::write_file_atomically(lab_.review_path(), text);
  EXPECT_EQ(verify_lab(lab_, {}).difference, std::nullopt);
}

TEST_F(ReviewsTest, OfAReplacedBaselineCountNoLonger) {
  review(Grade::refuted);
  measure();
  EXPECT_TRUE(judged_reviews(lab_, records(), {}).empty());
}

TEST_F(ReviewsTest, BreakTheirOwnCriterionAndNoOther) {
  review(Grade::refuted);
  EXPECT_EQ(judged(BaselineCriterion{kDeploy}).why, "the baseline of 0001-baseline is refuted in 0002-review");
  EXPECT_TRUE(judged(AttributionCriterion{kDeploy, 0.5}).holds);
  measure();
  EXPECT_TRUE(judged(BaselineCriterion{kDeploy}).holds);
  review(Grade::refuted, "bob", ReviewSubject::attribution);
  EXPECT_TRUE(judged(BaselineCriterion{kDeploy}).holds);
  EXPECT_EQ(judged(AttributionCriterion{kDeploy, 0.5}).why,
            "the attribution of 0003-baseline is refuted in 0004-review");
}

TEST_F(ReviewsTest, OfATargetBreakAndConfirmIt) {
  const Target target{.workload = "site",
                      .state = "warm",
                      .metric = "wall",
                      .statistic = Statistic::median,
                      .bound = Bound::at_most,
                      .limit = 0.2,
                      .unit = "s"};
  file_entry(lab_, "ada", [&](const auto&) {
    Baseline baseline = spaced();
    baseline.replaces = baseline_.sha256;
    baseline.plan.targets = {target};
    return baseline;
  });
  baseline_ = records().back();
  const auto review_target = [&](int times) {
    file_entry(lab_, "bob", [&](const auto&) {
      Review review;
      review.subject = ReviewSubject::target;
      review.target = target_name(target);
      review.record = baseline_.sha256;
      review.claimant = "ada";
      review.samples = spaced();
      for (BaselineTrial& trial : review.samples->trials) {
        trial.trial.usage.wall *= times;
        for (PhaseTime& phase : trial.phases.phases) phase.self *= times;
        trial.phases.rest *= times;
        trial.trial.values = {built_in_value("wall", trial.trial.usage)};
      }
      review.items = target_items(target, *review.samples);
      review.grade = grade_of(review.items);
      return review;
    });
  };
  const TargetCriterion criterion{target_name(target)};
  review_target(3);
  EXPECT_EQ(judged(criterion).why, "site/warm/wall/median is refuted in 0003-review");
  EXPECT_TRUE(judged(BaselineCriterion{kDeploy}).holds);
  review_target(1);
  EXPECT_TRUE(judged(criterion).holds);
  EXPECT_TRUE(confirmed_by(criterion).empty());
  sign_last("bob");
  EXPECT_EQ(confirmed_by(criterion), std::vector<std::string>{records().back().sha256});
  render_review(lab_);  // which says who signed
  EXPECT_EQ(verify_lab(lab_, {}).difference, std::nullopt);
}

TEST_F(ReviewsTest, ConfirmACriterionIfAnotherActorSignedThem) {
  review(Grade::confirmed);
  EXPECT_TRUE(confirmed_by(BaselineCriterion{kDeploy}).empty());
  sign_last("bob");
  EXPECT_EQ(confirmed_by(BaselineCriterion{kDeploy}), std::vector<std::string>{records().back().sha256});
  EXPECT_TRUE(confirmed_by(AttributionCriterion{kDeploy, 0.5}).empty());
}

TEST_F(ReviewsTest, ConfirmNothingThatTheDeclarerSignedUnderAnotherName) {
  review(Grade::confirmed);
  sign_last("bob");
  const std::vector<RecordSummary> all = records();
  const Criterion criterion{"T1", "", BaselineCriterion{kDeploy}};
  const auto confirmed_to = [&](const Declaration& declaration) {
    return !confirmations({lab_, all}, criterion, judge({lab_, all}, criterion), declaration).empty();
  };
  EXPECT_TRUE(confirmed_to({"eve", host::unix_time_ns(), "eve"}));
  EXPECT_FALSE(confirmed_to({"eve", host::unix_time_ns(), "bob"}));
}

/// A kept attempt and its adoption, reviewed by another actor.
class ConfirmedChangeTest : public ReviewsTest {
 protected:
  void SetUp() override {
    (void)store_record(lab_, sample_record());
    attempt_ = records().back();
  }
  void adopt(ChangeProof proof) {
    const ChangeInRevision change{.record = attempt_.sha256,
                                  .experiment = attempt_.experiment,
                                  .hypothesis_sha256 = attempt_.hypothesis_sha256,
                                  .environment_name = attempt_.environment_name,
                                  .change = "env LC_ALL: unset -> C",
                                  .commit = std::string(40, 'a'),
                                  .proof = proof,
                                  .file = proof == ChangeProof::person ? "" : "sort.sh",
                                  .reason = "by hand"};
    file_entry(lab_, "ada", [&](const auto& all) { return checked_adoption(lab_, all, change); });
    adoption_ = records().back();
  }
  void review_of(ReviewSubject subject, const RecordSummary& record) {
    file_entry(lab_, "bob", [&](const auto&) {
      Review review;
      review.subject = subject;
      review.record = record.sha256;
      review.claimant = "ada";
      review.independence = Independence::other_actor;
      review.grade = Grade::confirmed;
      return review;
    });
    sign_last("bob");
  }
  void challenge_effect(Grade grade = Grade::confirmed) {
    file_entry(lab_, "bob", [&](const auto&) {
      ChallengeEntry entry;
      entry.claim = attempt_.sha256;
      entry.claimant = "ada";
      entry.record = attempt_.sha256;
      entry.independence = Independence::other_actor;
      const Metric wall = sample_record().plan.metrics.front();
      entry.metric = {wall.name, wall.unit, wall.direction};
      entry.effect = ClaimedRatio{1.2};
      entry.result.grade = grade;
      return entry;
    });
    sign_last("bob");
  }
  void decide_on_lunch() {
    file_entry(lab_, "bob", [&](const auto&) { return Question{"Lunch?", {"yes", "no"}, "bob", ""}; });
    sign_last("bob");
  }
  [[nodiscard]] std::vector<std::string> last() const { return {records().back().sha256}; }

  RecordSummary attempt_;
  RecordSummary adoption_;
  const AdoptionCriterion adopted_{{sample_record().plan.id, sample_record().plan.environment_name}};
  const DecisionCriterion decided_{{sample_record().plan.id, sample_record().plan.environment_name}};
};

TEST_F(ConfirmedChangeTest, IsNotConfirmedByARecordAboutSomethingElse) {
  adopt(ChangeProof::level);
  decide_on_lunch();
  ASSERT_TRUE(judged(adopted_).holds) << judged(adopted_).why;
  ASSERT_TRUE(judged(decided_).holds) << judged(decided_).why;
  EXPECT_TRUE(confirmed_by(adopted_).empty());
  EXPECT_TRUE(confirmed_by(decided_).empty());
}

TEST_F(ConfirmedChangeTest, ReviewsConfirmWhatTheyAreAbout) {
  adopt(ChangeProof::level);
  review_of(ReviewSubject::adoption, adoption_);
  EXPECT_EQ(confirmed_by(adopted_), last());
  EXPECT_TRUE(confirmed_by(decided_).empty());
  review_of(ReviewSubject::decision, attempt_);
  EXPECT_EQ(confirmed_by(decided_), last());
}

TEST_F(ConfirmedChangeTest, ADecisionWhoseEffectIsRefutedDoesNotHold) {
  review_of(ReviewSubject::decision, attempt_);
  EXPECT_TRUE(judged(decided_).holds) << judged(decided_).why;
  challenge_effect(Grade::refuted);
  EXPECT_EQ(judged(decided_).why, "what " + attempt_.name + " was kept for is refuted in " + records().back().name);
}

TEST_F(ConfirmedChangeTest, ItsEffectMeasuredAgainConfirmsTheDecisionAndWhatOnlyAPersonVouchesFor) {
  adopt(ChangeProof::level);
  challenge_effect();
  EXPECT_EQ(confirmed_by(decided_), last());
  EXPECT_TRUE(confirmed_by(adopted_).empty());
}

TEST_F(ConfirmedChangeTest, AnAdoptionThatNothingShowsIsConfirmedByItsEffect) {
  adopt(ChangeProof::person);
  EXPECT_TRUE(confirmed_by(adopted_).empty());
  challenge_effect();
  EXPECT_EQ(confirmed_by(adopted_), last());
}

TEST_F(ReviewsTest, AreInReviewAndVerified) {
  review(Grade::confirmed);
  const std::string text = host::read_file(lab_.review_path());
  EXPECT_NE(text.find("## 0002 confirmed: baseline"), std::string::npos) << text;
  EXPECT_EQ(verify_lab(lab_, {}).difference, std::nullopt);
}

TEST_F(ReviewsTest, AreFoundIfTheirGradeIsNotThatOfTheirSamples) {
  review(Grade::inconclusive);  // and its items hold
  const auto difference = verify_lab(lab_, {}).difference;
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->where, "0002-review");
  EXPECT_EQ(difference->what, "/payload/grade: not what its items come to");
}

}  // namespace reviews_tests
}  // namespace assay::record
