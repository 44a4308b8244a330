#include "experiments/record/history/changes.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace changes_tests {

class ChangesTest : public testing::Test {
 protected:
  /// The sample's attempt is kept: LC_ALL=C takes a fifth less.
  ChangesTest() { (void)store_record(lab_, sample_record()); }

  std::vector<RecordSummary> records() const { return list_records(lab_); }
  RecordSummary attempt() const { return records().front(); }
  KeptChange change() const { return kept_changes(lab_, records()).at(0); }

  ChangeInRevision in_commit(char digit) const {
    const RecordSummary summary = attempt();
    return {.record = summary.sha256,
            .experiment = summary.experiment,
            .hypothesis_sha256 = summary.hypothesis_sha256,
            .environment_name = summary.environment_name,
            .change = "env LC_ALL: unset -> C",
            .commit = std::string(40, digit),
            .proof = ChangeProof::level,
            .file = "sort.sh",
            .reason = ""};
  }
  void adopt(char digit = 'a') {
    file_entry(lab_, "ada", [&](const auto& all) { return checked_adoption(lab_, all, in_commit(digit)); });
  }
  void revert() {
    file_entry(lab_, "ada", [&](const auto& all) { return checked_reversion(all, in_commit('b')); });
  }
  void challenge(ClaimedEffect effect, Grade grade, GradeReason reason = GradeReason::none) {
    challenge_of(attempt(), effect, grade, reason);
  }
  void challenge_of(const RecordSummary& claim, ClaimedEffect effect, Grade grade,
                    GradeReason reason = GradeReason::none) {
    file_entry(lab_, "eve", [&](const auto&) { return challenge_entry(claim, effect, grade, reason); });
  }
  ChallengeEntry challenge_entry(const RecordSummary& claim, ClaimedEffect effect, Grade grade,
                                 GradeReason reason = GradeReason::none) const {
    ChallengeEntry entry;
    entry.claim = claim.sha256;
    entry.claimant = "ada";
    entry.record = attempt().sha256;
    entry.effect = effect;
    entry.result.grade = grade;
    entry.result.reason = reason;
    return entry;
  }

  /// The summary of a new baseline.
  static RecordSummary baseline_in(const Lab& lab) {
    file_entry(lab, "ada", [](const auto&) { return sample_baseline(); });
    return list_records(lab).back();
  }
  /// How many adopted changes are parts of a gain against it.
  std::size_t parts_since(const RecordSummary& baseline) const {
    const std::vector<RecordSummary> all = records();
    return adopted_since(kept_changes(lab_, all), Ancestry(all), baseline).size();
  }
  /// Another clone of the lab as it is now.
  Lab copy() const {
    const std::string folder = clones_.path() + "/clone";
    std::filesystem::copy(folder_.path(), folder, std::filesystem::copy_options::recursive);
    return Lab::create(folder);
  }
  /// Takes a record of another clone, as a merge of branches does.
  void merge(const Lab& other, const std::string& record) const {
    std::filesystem::copy_file(record_path(other, record), record_path(lab_, record));
  }

  const test::ScratchFolder folder_;
  const test::ScratchFolder clones_;
  const Lab lab_ = Lab::create(folder_.path());
};

TEST_F(ChangesTest, AKeptChangeIsInNoRevisionAtFirst) {
  EXPECT_EQ(change().standing, ChangeStanding::kept);
  EXPECT_FALSE(change().adopted_by);
}

TEST_F(ChangesTest, AreAdoptedOnce) {
  adopt();
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
  EXPECT_EQ(change().adopted_by->name, "0002-adoption");
  EXPECT_EQ(test::message_of([&] { adopt(); }), "0001-sort-locale is adopted already, in 0002-adoption");
}

TEST_F(ChangesTest, AReversionEndsTheAdoptionAndAllowsAnother) {
  adopt();
  revert();
  EXPECT_EQ(change().standing, ChangeStanding::reverted);
  EXPECT_EQ(records().back().settles, records().at(1).sha256);
  EXPECT_EQ(test::message_of([&] { revert(); }), "sort-locale is reverted already, in 0003-reversion");
  adopt('c');
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
  EXPECT_EQ(change().adopted_by->name, "0004-adoption");
}

TEST_F(ChangesTest, AFailedChallengeOfCorrectnessSaysThatItMustBeReverted) {
  adopt();
  challenge(ClaimedCorrectness{}, Grade::refuted);
  EXPECT_EQ(change().standing, ChangeStanding::must_be_reverted);
  EXPECT_EQ(change().because->name, "0003-challenge");
  revert();
  EXPECT_EQ(change().standing, ChangeStanding::reverted);
}

// `assay claim --experiment FILE --correct REV`: it rests on no record, and holds the plan.
TEST_F(ChangesTest, AFailedChallengeOfAClaimWithoutARecordSaysTheSame) {
  adopt();
  Claim claim;
  claim.experiment = "sort-locale";
  claim.treatment = "fast";
  claim.effect = ClaimedCorrectness{};
  claim.plan = sample_record().plan;
  claim.plan->variable.levels.back().label = "fast";
  file_entry(lab_, "ada", [&](const auto&) { return claim; });
  challenge_of(records().back(), ClaimedCorrectness{}, Grade::confirmed);
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
  challenge_of(records().at(2), ClaimedCorrectness{}, Grade::refuted);
  EXPECT_EQ(change().standing, ChangeStanding::must_be_reverted);
  EXPECT_EQ(change().because->name, "0005-challenge");
}

TEST_F(ChangesTest, AFailedChallengeOfAClaimAboutAnotherChangeSaysNothing) {
  adopt();
  Claim claim;
  claim.experiment = "sort-locale";
  claim.effect = ClaimedCorrectness{};
  claim.plan = sample_record().plan;
  claim.plan->variable.name = "LANG";
  file_entry(lab_, "ada", [&](const auto&) { return claim; });
  challenge_of(records().back(), ClaimedCorrectness{}, Grade::refuted);
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
}

TEST_F(ChangesTest, TheDecisionsSayThatItMustBeReverted) {
  adopt();
  const auto section = [&] {
    const std::string text = host::read_file(lab_.decisions_path());
    const std::size_t begin = text.find("## 0002 adoption");
    return text.substr(begin, text.find("<!--", begin) - begin);
  };
  EXPECT_THAT(section(), testing::HasSubstr("- standing: adopted\n"));
  challenge(ClaimedCorrectness{}, Grade::refuted);
  EXPECT_THAT(section(),
              testing::HasSubstr("- standing: MUST BE REVERTED: 0003-challenge showed that it is not correct\n"));
  revert();
  EXPECT_THAT(section(), testing::HasSubstr("- standing: reverted in 0004-reversion\n"));
}

TEST_F(ChangesTest, ChecksThatFailInAnyChallengeSayTheSame) {
  adopt();
  challenge(ClaimedRatio{1.2}, Grade::invalid, GradeReason::failed_trials);
  EXPECT_EQ(change().standing, ChangeStanding::must_be_reverted);
}

TEST_F(ChangesTest, AnExaggeratedEffectIsNoFault) {
  adopt();
  challenge(ClaimedRatio{4}, Grade::exaggerated);
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
}

TEST_F(ChangesTest, AFaultyChangeIsNotAdopted) {
  challenge(ClaimedCorrectness{}, Grade::refuted);
  EXPECT_EQ(change().standing, ChangeStanding::refuted);
  EXPECT_EQ(test::message_of([&] { adopt(); }),
            "0002-challenge showed that the change of 0001-sort-locale is not correct");
}

TEST_F(ChangesTest, AConfirmedChallengeMeasuresItAgain) {
  adopt();
  challenge(ClaimedRatio{1.2}, Grade::confirmed);
  EXPECT_EQ(change().standing, ChangeStanding::remeasured);
  EXPECT_EQ(change().because->name, "0003-challenge");
}

TEST_F(ChangesTest, AGainMeasuresAllOfItsPartsAgain) {
  adopt();
  Gain gain;
  gain.record = attempt().sha256;
  gain.parts = {attempt().sha256};
  gain.environment_name = "local";
  gain.cells = {{.workload = "sort", .state = "warm"}};
  file_entry(lab_, "ada", [&](const auto&) { return gain; });
  EXPECT_EQ(change().standing, ChangeStanding::adopted);  // nothing could be told
  gain.cells[0].percent = -20;
  gain.cells[0].interval = Interval{-25, -15};
  file_entry(lab_, "ada", [&](const auto&) { return gain; });
  EXPECT_EQ(change().standing, ChangeStanding::remeasured);
  EXPECT_EQ(change().because->name, "0004-gain");
}

TEST_F(ChangesTest, WhatWasNotKeptIsNotAdopted) {
  Record record = sample_record_of("other", 1'772'373'960'000'000'000);
  record.blocks[0].started_ns = 1;
  record.plan.variable.name = "LANG";
  record.result.decision = Decision::discard;
  record.result.decision_reason = DecisionReason::equivalent;
  (void)store_record(lab_, record);
  ChangeInRevision change = in_commit('a');
  change.record = records().back().sha256;
  EXPECT_EQ(test::message_of([&] { (void)checked_adoption(lab_, records(), change); }),
            "0002-other says discard (equivalent): only a change that was kept can be adopted");
}

TEST_F(ChangesTest, PartsOfAGainMultiply) {
  std::vector<GainOfCell> cells = {{.workload = "sort", .state = "warm"}, {.workload = "other", .state = "warm"}};
  const std::string sha256 = attempt().sha256;
  add_parts(lab_, records(), {sha256, sha256}, "wall", cells);
  ASSERT_TRUE(cells[0].parts);
  EXPECT_NEAR(*cells[0].parts, -36, 0.01);  // 0.8 times 0.8
  EXPECT_FALSE(cells[1].parts);
}

TEST_F(ChangesTest, PartsOfAnAverageAreAveragedIfEveryCellHasThem) {
  const std::vector<std::string> part = {attempt().sha256};
  std::vector<GainOfCell> cells = {
      {.workload = "sort", .state = "warm"}, {.workload = "sort", .state = "warm"}, {.workload = "", .state = ""}};
  add_parts(lab_, records(), part, "wall", cells);
  ASSERT_TRUE(cells[2].parts);
  EXPECT_NEAR(*cells[2].parts, -20, 0.01);
  cells[1] = {.workload = "other", .state = "warm"};
  cells[2].parts.reset();
  add_parts(lab_, records(), part, "wall", cells);
  EXPECT_FALSE(cells[2].parts);  // nobody knows what they come to in the other cell
}

TEST(PartsWarning, IsThereIfThePartsLieOutsideTheWhole) {
  GainOfCell cell{.workload = "sort", .state = "warm", .percent = -20, .interval = Interval{-25, -15}, .parts = -20};
  EXPECT_EQ(report::parts_warning(cell), "");
  for (const double inside : {-25.0, -15.0}) {
    cell.parts = inside;
    EXPECT_EQ(report::parts_warning(cell), "") << inside;
  }
  for (const double outside : {-25.5, -14.5, 3.0}) {
    cell.parts = outside;
    EXPECT_THAT(report::parts_warning(cell), testing::StartsWith("sort (warm): the parts multiply to ")) << outside;
  }
  cell.interval.reset();
  EXPECT_EQ(report::parts_warning(cell), "");
  cell = {.workload = "", .state = "", .percent = -20, .interval = Interval{-25, -15}, .parts = -60};
  EXPECT_THAT(report::parts_warning(cell), testing::StartsWith("all cells: the parts multiply to "));
  cell.parts.reset();
  EXPECT_EQ(report::parts_warning(cell), "");
}

TEST(GainHeadline, SaysTheAverageOrTheRange) {
  Gain gain;
  gain.experiment = "sort";
  gain.environment_name = "local";
  gain.metric = "wall";
  gain.from = std::string(40, 'd');
  EXPECT_THAT(report::gain_headline(gain), testing::HasSubstr("no gain measured"));
  gain.cells = {{.workload = "a", .state = "warm", .percent = -50.0},
                {.workload = "b", .state = "warm", .percent = -10.0}};
  EXPECT_THAT(report::gain_headline(gain),
              testing::MatchesRegex("sort in local: wall -50.* to -10.* in 2 cells since d+"));
  gain.cells.push_back({.workload = "", .state = "", .percent = -30.0});
  EXPECT_THAT(report::gain_headline(gain), testing::MatchesRegex("sort in local: wall -30[^a]* since d+"));
}

TEST_F(ChangesTest, OnlyWhatIsAdoptedSinceTheBaselineIsAPart) {
  const RecordSummary before = baseline_in(lab_);
  EXPECT_EQ(parts_since(before), 0U);
  adopt();
  const RecordSummary after = baseline_in(lab_);
  EXPECT_EQ(parts_since(before), 1U);
  EXPECT_EQ(parts_since(after), 0U);
  RecordSummary elsewhere = before;
  elsewhere.environment_name = "ci";
  EXPECT_EQ(parts_since(elsewhere), 0U);
}

// Two labs have a record 2 each, and one of them has a record 3 before they are merged.
TEST_F(ChangesTest, WhatAnotherLabAdoptedMeanwhileIsAPartWhateverItsNumber) {
  const Lab other = copy();
  file_entry(other, "ada", [&](const auto& all) { return checked_adoption(other, all, in_commit('a')); });
  (void)baseline_in(lab_);
  const RecordSummary baseline = baseline_in(lab_);
  merge(other, "0002-adoption");
  ASSERT_LT(change().adopted_by->number, baseline.number);
  EXPECT_EQ(parts_since(baseline), 1U);
}

TEST_F(ChangesTest, WhatAnotherLabConfirmedMeanwhileIsMeasuredAgainWhateverItsNumber) {
  const Lab other = copy();
  file_entry(other, "eve",
             [&](const auto&) { return challenge_entry(attempt(), ClaimedRatio{1.1}, Grade::confirmed); });
  adopt();
  merge(other, "0002-challenge");
  EXPECT_EQ(change().standing, ChangeStanding::remeasured);
  EXPECT_EQ(change().because->name, "0002-challenge");
}

TEST_F(ChangesTest, WhatWasConfirmedBeforeTheAdoptionIsNotMeasuredAgain) {
  challenge(ClaimedRatio{1.1}, Grade::confirmed);
  adopt();
  EXPECT_EQ(change().standing, ChangeStanding::adopted);
}

}  // namespace changes_tests
}  // namespace assay::record
