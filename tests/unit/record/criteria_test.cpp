#include "experiments/record/history/criteria.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/history/milestones.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace criteria_tests {

const ExperimentPlace kDeploy{"deploy", "local"};
const std::string kCommit(40, 'a');
using Names = std::vector<std::string>;

/// A lab in which a milestone with every kind of criterion is done. Each test plants a fault, which breaks the
/// criterion that it is about and no other.
class CriteriaTest : public testing::Test {
 protected:
  CriteriaTest() {
    publish_key(lab_, key_, "eve");
    measure();
    kept();
    dead_end();
    adopt();
    gain(-40, -30);
    const RecordSummary claimed = claim();
    challenge(claimed, Grade::confirmed);
    declare(claimed.name);
  }

  RecordSummary file(const std::string& actor, const EntryContent& content) {
    file_entry(lab_, actor, [&](const auto&) { return content; });
    return records().back();
  }
  void measure(const std::function<void(Baseline&)>& change = {}) {
    Baseline baseline = sample_baseline();
    baseline.plan.targets = {{.workload = "site",
                              .state = "warm",
                              .metric = "wall",
                              .statistic = Statistic::median,
                              .bound = Bound::at_most,
                              .limit = 0.2,
                              .unit = "s"}};
    if (change) change(baseline);
    file("ada", baseline);
  }
  void kept() { (void)store_record(lab_, sample_record()); }
  void dead_end() {
    Record record = sample_record_of("other", 1'772'373'960'000'000'000);
    record.blocks[0].started_ns = 1;
    record.plan.variable.name = "LANG";
    record.result.decision = Decision::discard;
    record.result.decision_reason = DecisionReason::equivalent;
    (void)store_record(lab_, record);
  }
  RecordSummary attempt_of(const std::string& experiment) const {
    for (const RecordSummary& record : records()) {
      if (is_attempt(record) && record.experiment == experiment) return record;
    }
    return {};
  }
  ChangeInRevision change() const {
    const RecordSummary attempt = attempt_of("sort-locale");
    return {.record = attempt.sha256,
            .experiment = attempt.experiment,
            .hypothesis_sha256 = attempt.hypothesis_sha256,
            .environment_name = attempt.environment_name,
            .change = "env LC_ALL: unset -> C",
            .commit = kCommit,
            .proof = ChangeProof::level,
            .file = "sort.sh",
            .reason = ""};
  }
  void adopt() { file("ada", checked_adoption(lab_, records(), change())); }
  void gain(double low, double high) {
    Gain gain;
    for (const RecordSummary& record : records()) {
      if (gain.baseline.empty() && record.kind == RecordKind::baseline) gain.baseline = record.sha256;
    }
    gain.experiment = "deploy";
    gain.environment_name = "local";
    gain.metric = "wall";
    gain.cells = {{.workload = "site", .state = "warm", .percent = low, .interval = Interval{low, high}, .parts = {}}};
    file("ada", gain);
  }
  RecordSummary claim() {
    Claim claim;
    claim.experiment = "deploy";
    claim.metric = {"wall", "s", Direction::lower};
    claim.effect = ClaimedCorrectness{};
    return file("ada", claim);
  }
  void challenge(const RecordSummary& claimed, Grade grade) {
    ChallengeEntry entry;
    entry.claim = claimed.sha256;
    entry.claimant = "ada";
    entry.effect = ClaimedRatio{2};
    entry.result.grade = grade;
    publish_key(lab_, key_, "eve");
    sign_record(lab_, file("eve", entry), key_, "eve");
  }
  void declare(const std::string& claim) {
    MilestoneDone done;
    done.milestone = {"fast",
                      {{"T1", "", BaselineCriterion{kDeploy}},
                       {"T2", "", AttributionCriterion{kDeploy, 0.69}},
                       {"T3", "", TargetCriterion{"site/warm/wall/median"}},
                       {"T4", "", DecisionCriterion{{"other", "local"}}},
                       {"T5", "", AdoptionCriterion{{"sort-locale", "local"}}},
                       {"T6", "", GainCriterion{kDeploy, 20}},
                       {"T7", "", ClaimCriterion{claim}}}};
    for (const Criterion& criterion : done.milestone.criteria) {
      done.evidence.push_back({criterion.name, judged(criterion).records, {}});
    }
    file("ada", done);
  }
  CriterionState judged(const Criterion& criterion) const {
    const std::vector<RecordSummary> all = records();
    return judge({lab_, all}, criterion);
  }

  std::vector<RecordSummary> records() const { return list_records(lab_); }
  Names broken() const {
    Names names;
    for (const MilestoneStatus& status : milestones_in(lab_, records())) {
      for (const BrokenCriterion& one : status.broken) {
        names.push_back(one.name);
        EXPECT_EQ(one.record ? one.record->name : "none", records().back().name);
      }
    }
    return names;
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  const SigningKey key_ = make_signing_key(folder_.path() + "/eve.key");
};

TEST_F(CriteriaTest, AllHoldAndEachNamesItsEvidence) {
  EXPECT_EQ(broken(), Names{});
  const MilestoneStatus done = milestones_in(lab_, records()).at(0);
  for (const CriterionEvidence& evidence : done.content.evidence) EXPECT_EQ(evidence.records.size(), 1U);
}

TEST_F(CriteriaTest, ABaselineDuringWhichSomethingChangedBreaksTheBaseline) {
  measure([](Baseline& baseline) { baseline.changes = {"the executable changed"}; });
  EXPECT_EQ(broken(), Names{"T1"});
}

TEST_F(CriteriaTest, ADroppedPhaseBreaksTheAttribution) {
  measure([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      trial.phases.rest += trial.phases.phases.back().self;
      trial.phases.phases.pop_back();
    }
  });
  EXPECT_EQ(broken(), Names{"T2"});
}

TEST_F(CriteriaTest, SlowerTrialsBreakTheTarget) {
  measure([](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) trial.trial.values = {0.5};
  });
  EXPECT_EQ(broken(), Names{"T3"});
}

TEST_F(CriteriaTest, AReopenedQuestionBreaksTheDecision) {
  const RecordSummary ended = attempt_of("other");
  file("ada", Reopening{.experiment = "other",
                        .hypothesis_sha256 = ended.hypothesis_sha256,
                        .environment_name = ended.environment_name,
                        .ended_by = ended.sha256,
                        .assumption = "libc 2.36",
                        .reason = "libc 2.37"});
  EXPECT_EQ(broken(), Names{"T4"});
}

TEST_F(CriteriaTest, AReversionBreaksTheAdoption) {
  file("ada", checked_reversion(records(), change()));
  EXPECT_EQ(broken(), Names{"T5"});
}

TEST_F(CriteriaTest, ALaterGainThatIsSmallerBreaksTheGain) {
  gain(-19, -12);
  EXPECT_EQ(broken(), Names{"T6"});
}

TEST_F(CriteriaTest, ADisputedClaimBreaksTheClaim) {
  for (const ClaimStatus& claimed : claims_in(lab_, records())) {
    challenge(claimed.record, Grade::refuted);
    break;
  }
  EXPECT_EQ(broken(), Names{"T7"});
}

TEST_F(CriteriaTest, AWithdrawnClaimBreaksTheClaim) {
  const RecordSummary claimed = claims_in(lab_, records()).front().record;
  file("ada", checked_withdrawal(lab_, records(), claimed, "the cache was warm"));
  EXPECT_EQ(broken(), Names{"T7"});
}

}  // namespace criteria_tests
}  // namespace assay::record
