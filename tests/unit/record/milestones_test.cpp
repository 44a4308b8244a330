#include "experiments/record/history/milestones.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/signing/signatures.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"

namespace assay::record {
namespace milestones_tests {

const ExperimentPlace kDeploy{"deploy", "local"};
const Target kTarget{.workload = "site",
                     .state = "warm",
                     .metric = "wall",
                     .statistic = Statistic::median,
                     .bound = Bound::at_most,
                     .limit = 0.2,
                     .unit = "s"};

class MilestonesTest : public testing::Test {
 protected:
  void measure(const std::string& actor, const std::function<void(Baseline&)>& change = {}) {
    file_entry(lab_, actor, [&](const auto&) {
      Baseline baseline = sample_baseline();
      baseline.plan.targets = {kTarget};
      if (change) change(baseline);
      return baseline;
    });
  }
  void gain(double low, double high, const std::string& baseline = "", const std::string& actor = "ada") {
    file_entry(lab_, actor, [&](const auto&) {
      Gain gain;
      gain.baseline = baseline;
      gain.experiment = "deploy";
      gain.environment_name = "local";
      gain.metric = "wall";
      gain.cells = {
          {.workload = "site", .state = "warm", .percent = low, .interval = Interval{low, high}, .parts = {}}};
      return gain;
    });
  }
  void sign_last(const std::string& actor) {
    const std::string path = folder_.path() + "/" + actor + ".key";
    const SigningKey key = make_signing_key(path);
    publish_key(lab_, key, actor);
    sign_record(lab_, records().back(), key, actor);
  }

  std::vector<RecordSummary> records() const { return list_records(lab_); }
  CriterionState judged(CriterionContent content) const {
    const std::vector<RecordSummary> all = records();
    return judge({lab_, all}, {"T1", "", content});
  }
  Entry declare(const Milestone& milestone, const std::string& actor, nanoseconds later = {}) {
    const Declaration declaration{actor, host::unix_time_ns() + later.count()};
    return file_entry(lab_, actor, [&](const auto& all) {
      return checked_milestone({lab_, all}, milestone, declaration);
    });
  }
  std::string refusal(const Milestone& milestone, const std::string& actor, nanoseconds later = {}) {
    return test::message_of([&] { declare(milestone, actor, later); });
  }

  const test::ScratchFolder folder_;
  const test::ScratchFolder clones_;
  const Lab lab_ = Lab::create(folder_.path());
};

const Milestone kFast{"fast",
                      {{"T1", "", BaselineCriterion{kDeploy}}, {"T2", "", TargetCriterion{"site/warm/wall/median"}}}};

TEST_F(MilestonesTest, ABaselineHasToBeWhole) {
  EXPECT_EQ(judged(BaselineCriterion{kDeploy}).why, "no baseline of deploy in local");
  measure("ada");
  EXPECT_TRUE(judged(BaselineCriterion{kDeploy}).holds);
  EXPECT_FALSE(judged(BaselineCriterion{{"deploy", "ci"}}).holds);
  measure("ada", [](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) {
      if (trial.cell == 0) trial.trial.outcome = Exited{3};
    }
  });
  EXPECT_EQ(judged(BaselineCriterion{kDeploy}).why, "0002-baseline has no measured trial of site (cold)");
  measure("ada", [](Baseline& baseline) { baseline.changes = {"the executable changed"}; });
  EXPECT_EQ(judged(BaselineCriterion{kDeploy}).why, "something changed while 0003-baseline was measured");
}

TEST_F(MilestonesTest, SpansHaveToAccountForEnough) {
  measure("ada");  // 70 % of each cell
  EXPECT_TRUE(judged(AttributionCriterion{kDeploy, 0.69}).holds);
  EXPECT_EQ(judged(AttributionCriterion{kDeploy, 0.9}).why,
            "in 0001-baseline, spans account for 70.0 % of some cell, less than 90 %");
}

TEST_F(MilestonesTest, ATargetHasToBeMetByItsInterval) {
  EXPECT_EQ(judged(TargetCriterion{"site/warm/wall/median"}).why, "no record states the target site/warm/wall/median");
  measure("ada");
  EXPECT_TRUE(judged(TargetCriterion{"site/warm/wall/median"}).holds);
  measure("ada", [](Baseline& baseline) { baseline.plan.targets[0].limit = 0.105; });  // 104.5 ms, 101 to 108 ms
  EXPECT_NE(judged(TargetCriterion{"site/warm/wall/median"}).why.find("not decidable"), std::string::npos);
}

TEST_F(MilestonesTest, ARelaxedTargetIsNotMet) {
  measure("ada");
  file_entry(lab_, "ada", [](const auto&) { return Relaxation{"deploy", kTarget, 1.0, "slow node", "2999-01-01"}; });
  EXPECT_EQ(judged(TargetCriterion{"site/warm/wall/median"}).why,
            "RELAXED to at most 1.00 s until 2999-01-01, by ada in 0002-relaxation: slow node");
}

TEST_F(MilestonesTest, ATargetHasToBeMetInEveryEnvironmentThatMeasuredIt) {
  const TargetCriterion anywhere{"site/warm/wall/median"};
  measure("ada", [](Baseline& baseline) {
    baseline.plan.environment_name = "ci";
    for (BaselineTrial& trial : baseline.trials) trial.trial.values = {0.5};
  });
  measure("ada");
  const CriterionState state = judged(anywhere);
  EXPECT_FALSE(state.holds);
  EXPECT_EQ(state.why, "site/warm/wall/median: at most 200 ms; 500 ms (500 ms to 500 ms) in 0001-baseline, ci: missed");
  EXPECT_EQ(judged(TargetCriterion{"site/warm/wall/median", "ci"}).why, state.why);
  EXPECT_TRUE(judged(TargetCriterion{"site/warm/wall/median", "local"}).holds);
  EXPECT_EQ(judged(TargetCriterion{"site/warm/wall/median", "far"}).why,
            "site/warm/wall/median was not measured in far");
  measure("ada", [](Baseline& baseline) { baseline.plan.environment_name = "ci"; });
  EXPECT_EQ(judged(anywhere).records, (std::vector<std::string>{records()[2].sha256, records()[1].sha256}));
}

TEST_F(MilestonesTest, ATargetIsConfirmedInEveryEnvironmentByAnother) {
  const Milestone met{"met", {{"T2", "", TargetCriterion{"site/warm/wall/median"}}}};
  measure("ada");
  measure("ada", [](Baseline& baseline) { baseline.plan.environment_name = "ci"; });
  measure("bob");
  sign_last("bob");
  EXPECT_NE(refusal(met, "ada"), "");
  measure("eve", [](Baseline& baseline) { baseline.plan.environment_name = "ci"; });
  sign_last("eve");
  EXPECT_EQ(refusal(met, "ada"), "");
}

TEST_F(MilestonesTest, AGainHasToBeShownInEveryCell) {
  EXPECT_EQ(judged(GainCriterion{kDeploy, 20}).why, "no cumulative gain of deploy in local");
  gain(-44, -38);
  EXPECT_TRUE(judged(GainCriterion{kDeploy, 38}).holds);
  EXPECT_FALSE(judged(GainCriterion{kDeploy, 39}).holds);
  gain(-44, 2);
  EXPECT_FALSE(judged(GainCriterion{kDeploy, 38}).holds);
}

TEST_F(MilestonesTest, AGainIsThatAgainstTheFirstBaselineUnlessAnotherIsNamed) {
  measure("ada");
  measure("ada");
  const std::string first = records()[0].sha256;
  const std::string second = records()[1].sha256;
  gain(-60, -50, second);
  EXPECT_EQ(judged(GainCriterion{kDeploy, 38}).why, "no cumulative gain of deploy in local against 0001-baseline");
  gain(-44, -38, first);
  EXPECT_TRUE(judged(GainCriterion{kDeploy, 38}).holds);
  gain(-9, -1, second);
  EXPECT_TRUE(judged(GainCriterion{kDeploy, 38}).holds);
  for (const std::string& named : {second, std::string("0002-baseline")}) {
    EXPECT_FALSE(judged(GainCriterion{kDeploy, 38, GainCells::every, named}).holds) << named;
  }
  gain(-60, -50, second);
  EXPECT_TRUE(judged(GainCriterion{kDeploy, 38, GainCells::every, "0002-baseline"}).holds);
}

// Eve signed a baseline and a gain against it. Among her records hers is the first, and it is not the one that is
// meant.
TEST_F(MilestonesTest, AGainAgainstABaselineOfTheirOwnConfirmsNothing) {
  const Milestone gained{"gained", {{"T6", "", GainCriterion{kDeploy, 20}}}};
  measure("ada");
  gain(-44, -38, records()[0].sha256);
  measure("eve");
  sign_last("eve");
  gain(-44, -38, records().back().sha256, "bob");
  sign_last("bob");
  EXPECT_NE(refusal(gained, "ada").find("T6: it holds, and no other actor has confirmed it"), std::string::npos);
  gain(-44, -38, records()[0].sha256, "mia");
  sign_last("mia");
  EXPECT_EQ(refusal(gained, "ada"), "");
}

// Another lab measures a baseline that is not whole while the milestone is declared. Both records have the number 2.
TEST_F(MilestonesTest, WhatAnotherLabRecordedMeanwhileBreaksACriterionWhateverItsNumber) {
  measure("ada");
  const std::string folder = clones_.path() + "/clone";
  std::filesystem::copy(folder_.path(), folder, std::filesystem::copy_options::recursive);
  const Lab other = Lab::create(folder);
  file_entry(lab_, "ada", [&](const auto& all) {
    return MilestoneDone{{"fast", {{"T1", "", BaselineCriterion{kDeploy}}}}, {{"T1", {all.front().sha256}, {}}}};
  });
  file_entry(other, "bob", [&](const auto&) {
    Baseline baseline = sample_baseline();
    baseline.changes = {"the executable changed"};
    return baseline;
  });
  std::filesystem::copy_file(record_path(other, "0002-baseline"), record_path(lab_, "0002-baseline"));
  const std::vector<MilestoneStatus> all = milestones_in(lab_, records());
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].broken.size(), 1U);
  ASSERT_TRUE(all[0].broken[0].record.has_value());
  EXPECT_EQ(all[0].broken[0].record->name, "0002-baseline");
}

TEST_F(MilestonesTest, AGainMayBeAskedOfTheAverageOnly) {
  file_entry(lab_, "ada", [&](const auto&) {
    Gain gain;
    gain.experiment = "deploy";
    gain.environment_name = "local";
    gain.metric = "wall";
    gain.cells = {{.workload = "site", .state = "warm", .percent = -1, .interval = Interval{-3, 1}, .parts = {}},
                  {.workload = "", .state = "", .percent = -30, .interval = Interval{-33, -25}, .parts = {}}};
    return gain;
  });
  EXPECT_FALSE(judged(GainCriterion{kDeploy, 20}).holds);
  EXPECT_TRUE(judged(GainCriterion{kDeploy, 20, GainCells::suite}).holds);
  EXPECT_FALSE(judged(GainCriterion{kDeploy, 26, GainCells::suite}).holds);
}

TEST_F(MilestonesTest, WhatIsMissingIsListed) {
  EXPECT_EQ(refusal(kFast, "ada"),
            "fast is not done: T1: no baseline of deploy in local; T2: no record states the target "
            "site/warm/wall/median");
}

TEST_F(MilestonesTest, AnotherActorHasToHaveMeasuredAgainAndSigned) {
  measure("ada");
  sign_last("ada");
  EXPECT_NE(refusal(kFast, "ada").find("T1: it holds, and no other actor has confirmed it"), std::string::npos);
  measure("eve");
  EXPECT_NE(refusal(kFast, "ada").find("T2: it holds, and no other actor"), std::string::npos);  // not signed yet
  sign_last("eve");
  EXPECT_NE(refusal(kFast, "ada", std::chrono::hours(25)).find("T1: it holds"), std::string::npos);
  EXPECT_NE(refusal(kFast, "ada", std::chrono::hours(-25)).find("T1: it holds"), std::string::npos);  // of tomorrow
  const Entry entry = declare(kFast, "ada");
  const auto& done = std::get<MilestoneDone>(entry.content);
  ASSERT_EQ(done.evidence.size(), 2U);
  EXPECT_EQ(done.evidence[0].confirmed_by, std::vector<std::string>{records()[1].sha256});
}

TEST_F(MilestonesTest, TheDeclarerConfirmsNothing) {
  measure("ada");
  measure("eve");
  sign_last("eve");
  EXPECT_NE(refusal(kFast, "eve").find("T1: it holds, and no other actor"), std::string::npos);
}

TEST_F(MilestonesTest, ALaterRecordBreaksThem) {
  measure("ada");
  measure("eve");
  sign_last("eve");
  declare(kFast, "ada");
  EXPECT_TRUE(milestones_in(lab_, records()).at(0).broken.empty());
  gain(-1, 1);  // is about no criterion
  measure("ada", [](Baseline& baseline) {
    for (BaselineTrial& trial : baseline.trials) trial.trial.values = {0.5};
  });
  const MilestoneStatus status = milestones_in(lab_, records()).at(0);
  ASSERT_EQ(status.broken.size(), 1U);
  EXPECT_EQ(status.broken[0].name, "T2");
  ASSERT_TRUE(status.broken[0].record);
  EXPECT_EQ(status.broken[0].record->name, "0005-baseline");
}

}  // namespace milestones_tests
}  // namespace assay::record
