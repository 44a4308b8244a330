#include "experiments/record/history/targets.hpp"

#include <gtest/gtest.h>

#include "experiments/record/documents/decisions.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace targets_tests {

Target wall(double limit) {
  return {.workload = "site",
          .state = "warm",
          .metric = "wall",
          .statistic = Statistic::median,
          .bound = Bound::at_most,
          .limit = limit,
          .unit = "s"};
}

class TargetsTest : public testing::Test {
 protected:
  void attempt(const std::vector<Target>& targets) {
    Record record = sample_record_of("deploy", ++clock_ns_);
    record.blocks[0].started_ns = clock_ns_;  // else it is the same attempt
    record.plan.targets = targets;
    (void)store_record(lab_, record);
  }
  Entry enter(const EntryContent& content) {
    return store_entry(
        lab_, {.number = 0, .program_version = "0.1.0", .created_ns = 1, .actor = "ada", .parents = {}, .content = {}},
        [&](const auto&) { return content; });
  }
  std::vector<RecordSummary> records() const { return list_records(lab_); }
  TargetStatus standing() const { return targets_in(lab_, records()).at(0); }
  std::vector<LooserTarget> looser(const std::vector<Target>& stated) const { return looser_in("local", stated); }
  std::vector<LooserTarget> looser_in(const std::string& environment, const std::vector<Target>& stated) const {
    return looser_targets(
        lab_, records(),
        {.experiment = "deploy", .hypothesis_sha256 = "", .environment_name = environment, .targets = stated}, today_);
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  const Date today_ = parse_date("2026-03-01");

 private:
  std::int64_t clock_ns_ = 0;
};

TEST_F(TargetsTest, HaveTheTightestLimitThatWasStated) {
  attempt({wall(90)});
  attempt({wall(80)});
  attempt({wall(85)});
  EXPECT_EQ(standing().target.limit, 80);
  EXPECT_EQ(standing().stated_in, "0002-deploy");
}

TEST_F(TargetsTest, NameTheRecordThatTheyWereDerivedFrom) {
  attempt({});
  Target derived = wall(90);
  derived.attribution = records().at(0).sha256;
  attempt({derived});
  EXPECT_EQ(standing().attributed_to, "0001-deploy");
  attempt({wall(90)});
  EXPECT_EQ(standing().attributed_to, "0001-deploy") << "a file that is silent about it takes nothing back";
  Target elsewhere = wall(80);
  elsewhere.attribution = std::string(64, 'a');
  attempt({elsewhere});
  EXPECT_EQ(standing().attributed_to, "aaaaaaaaaaaa") << "a record that this lab does not hold";
}

TEST_F(TargetsTest, MayGetTheirOriginLater) {
  attempt({wall(90)});
  EXPECT_EQ(standing().attributed_to, "");
  Target derived = wall(90);
  derived.attribution = records().at(0).sha256;
  attempt({derived});
  EXPECT_EQ(standing().attributed_to, "0001-deploy");
  EXPECT_EQ(standing().stated_in, "0001-deploy");
}

TEST_F(TargetsTest, AreLooserAboveTheirLimit) {
  attempt({wall(90)});
  EXPECT_TRUE(looser({wall(90)}).empty());
  EXPECT_TRUE(looser({wall(80)}).empty());
  EXPECT_EQ(looser({wall(91)}).at(0).now, 91);
}

TEST_F(TargetsTest, AreLoosestWhereTheyAreGone) {
  attempt({wall(90)});
  EXPECT_EQ(looser({}).at(0).now, std::nullopt);
}

TEST_F(TargetsTest, AreHeldToWhatWasGrantedUntilItsDay) {
  attempt({wall(90)});
  enter(Relaxation{"deploy", wall(90), 120, "node", "2026-03-01"});
  EXPECT_EQ(limit_in_force(standing(), today_), 120);
  EXPECT_TRUE(looser({wall(120)}).empty());
  EXPECT_EQ(looser({wall(121)}).size(), 1U);
  const Date tomorrow = today_ + std::chrono::days(1);
  EXPECT_EQ(limit_in_force(standing(), tomorrow), 90);
  EXPECT_TRUE(is_overdue(*standing().relaxed, tomorrow));
}

TEST_F(TargetsTest, AreRelaxedOnlyInTheEnvironmentThatIsNamed) {
  attempt({wall(90)});
  enter(Relaxation{"deploy", wall(90), 120, "node", "2026-03-01", "ci"});
  EXPECT_EQ(looser({wall(120)}).size(), 1U);
  EXPECT_TRUE(looser_in("ci", {wall(120)}).empty());
  EXPECT_FALSE(standing().relaxed.has_value());
  EXPECT_EQ(limit_in_force(status_in(standing(), "local"), today_), 90);
  EXPECT_EQ(limit_in_force(status_in(standing(), "ci"), today_), 120);
  enter(Relaxation{"deploy", wall(90), 200, "all of them", "2026-03-01"});
  EXPECT_EQ(limit_in_force(status_in(standing(), "local"), today_), 200);
  EXPECT_EQ(limit_in_force(status_in(standing(), "ci"), today_), 120);
  enter(Restoration{standing().relaxed_in.at("ci").record.sha256, wall(90), "mended"});
  EXPECT_EQ(limit_in_force(status_in(standing(), "ci"), today_), 200);
}

TEST_F(TargetsTest, MayBeGoneWhileTheyAreDropped) {
  attempt({wall(90)});
  enter(Relaxation{"deploy", wall(90), std::nullopt, "node", "2026-03-01"});
  EXPECT_TRUE(looser({}).empty());
}

TEST_F(TargetsTest, AreRelaxedUntilSomebodyRestoresThem) {
  attempt({wall(90)});
  const Entry relaxation = enter(Relaxation{"deploy", wall(90), 120, "node", "2026-03-01"});
  attempt({wall(90)});
  EXPECT_TRUE(standing().relaxed.has_value());
  enter(Restoration{standing().relaxed->record.sha256, wall(90), "mended"});
  EXPECT_FALSE(standing().relaxed.has_value());
  EXPECT_EQ(settled_in(records()).begin()->second, "0004-restoration");
}

}  // namespace targets_tests
}  // namespace assay::record
