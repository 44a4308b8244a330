#include "experiments/adversary/claim_making.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::adversary {
namespace claim_making_tests {

/// Two workloads and a higher-is-better metric; treatment's label is "treatment".
Plan plan() {
  Plan plan = test::small_plan(test::environment_variable("FAST"), {"true"});
  plan.workloads.push_back(plan.workloads.front());
  plan.workloads.back().name = "other";
  Metric rate = plan.metrics.front();
  rate.name = "requests";
  rate.unit = "1/s";
  rate.direction = Direction::higher;
  rate.role = MetricRole::observed;
  rate.workloads = {"work"};
  plan.metrics.push_back(rate);
  return plan;
}

/// The log-ratio of each metric in the first cell lies in this interval; the second cell shows nothing.
Record record_with(Interval wall, Interval requests) {
  Record record;
  record.number = 7;
  record.plan = plan();
  for (std::size_t cell = 0; cell < 2; ++cell) {
    Comparison comparison = blank_comparison(record.plan, cell, 1);
    comparison.verdict = cell == 0 ? Verdict::improved : Verdict::inconclusive;
    for (const Metric& metric : record.plan.metrics) {
      MetricResult result;
      result.metric = metric;
      result.effect = Effect{};
      const Interval nothing{-0.1, 0.1};
      result.effect->interval = cell == 1 ? nothing : metric.name == "wall" ? wall : requests;
      comparison.metrics.push_back(result);
    }
    record.result.comparisons.push_back(comparison);
  }
  return record;
}

const Record kRecord = record_with({-std::log(1.3), -std::log(1.2)}, {std::log(1.1), std::log(1.5)});

double ratio_of(const Claim& claim) {
  return std::get<ClaimedRatio>(claim.effect).ratio;
}

TEST(ClaimOfRecord, StatesTheNearEndOfTheIntervalInEachDirection) {
  EXPECT_NEAR(ratio_of(claim_of_record(kRecord, {})), 1.2, 1e-12);
  EXPECT_NEAR(ratio_of(claim_of_record(kRecord, {.metric = "requests"})), 1.1, 1e-12);
}

TEST(ClaimOfRecord, IsAboutTheOnePlaceThatImprovedUnlessAnotherIsNamed) {
  EXPECT_EQ(claim_of_record(kRecord, {}).workload, "work");
  EXPECT_EQ(claim_of_record(kRecord, {.effect = StatedRatio{"2x"}, .workload = "other"}).workload, "other");
  EXPECT_NE(test::message_of([] { (void)claim_of_record(kRecord, {.workload = "none"}); }).find("work in warm"),
            std::string::npos);
}

TEST(ClaimOfRecord, StatesNothingWhereNoImprovementIsShown) {
  EXPECT_THROW((void)claim_of_record(kRecord, {.workload = "other"}), Error);
  EXPECT_THROW((void)claim_of_record(record_with({-0.3, 0.1}, {0, 1}), {}), Error);
  EXPECT_THROW((void)claim_of_record(record_with({0.1, 0.3}, {0, 1}), {}), Error);
}

TEST(ClaimOfRecord, ReadsFiguresInTheMetricsUnitAndDirection) {
  const auto claimed = [](StatedEffect effect, std::optional<std::string> metric = std::nullopt) {
    return claim_of_record(kRecord, {.effect = std::move(effect), .metric = std::move(metric)});
  };
  EXPECT_DOUBLE_EQ(ratio_of(claimed(StatedValues{"324 s", "81 s"})), 4);
  EXPECT_DOUBLE_EQ(ratio_of(claimed(StatedRatio{"50% more"}, "requests")), 1.5);
  const auto limit = std::get<ClaimedLimit>(claimed(StatedLimit{Bound::at_most, "1000us"}).effect);
  EXPECT_DOUBLE_EQ(limit.limit, 0.001);
  EXPECT_EQ(std::get<ClaimedNotWorse>(claimed(StatedNotWorse{"3%"}).effect).margin_percent, 3);
  EXPECT_EQ(claimed(StatedRatio{"4x"}).said, "4x");
}

TEST(ClaimOfRecord, OfARateIsAboutTrialsUnlessAMetricIsNamed) {
  const Claim claim = claim_of_record(kRecord, {.effect = StatedRate{"100%", "95%"}});
  EXPECT_TRUE(claim.metric.name.empty());
  EXPECT_EQ(std::get<ClaimedRate>(claim.effect), (ClaimedRate{1, 0.95}));
  EXPECT_THROW((void)claim_of_record(kRecord, {.effect = StatedRate{"95%", "100%"}}), Error);
  EXPECT_THROW((void)claim_of_record(kRecord, {.effect = StatedRate{"120%", {}}}), Error);
}

TEST(ClaimOfRecord, OfAllTrialsNeedsAFloorThatTrialsCanShow) {
  for (const std::optional<std::string>& floor : {std::optional<std::string>(), std::optional<std::string>("100%")}) {
    const auto claim = [&] { (void)claim_of_record(kRecord, {.effect = StatedRate{"100%", floor}}); };
    EXPECT_NE(test::message_of(claim).find("--at-least"), std::string::npos);
  }
  EXPECT_NO_THROW((void)claim_of_record(kRecord, {.effect = StatedRate{"99%", {}}}));
}

TEST(ClaimOfRecord, OfALimitNeedsOneThatValuesCanKeep) {
  for (const char* const limit : {"0s", "0 ms"}) {
    EXPECT_NE(test::message_of([limit] {
                (void)claim_of_record(kRecord, {.effect = StatedLimit{Bound::at_most, limit}});
              }).find("above 0"),
              std::string::npos);
  }
  Record errors = kRecord;
  errors.plan.metrics.front().kind = MetricKind::deterministic;
  EXPECT_NO_THROW((void)claim_of_record(errors, {.effect = StatedLimit{Bound::at_most, "0s"}}));
}

TEST(ClaimOfPlan, CarriesThePlanAndNamesThePlace) {
  const Claim claim = claim_of_plan(plan(), {.effect = StatedRatio{"4x"}, .workload = "other"});
  EXPECT_EQ(claim.plan, plan());
  EXPECT_EQ(claim.workload, "other");
  EXPECT_EQ(claim.treatment, "treatment");
  EXPECT_EQ(claim.metric.name, "wall");
}

TEST(ClaimOfPlan, NeedsAFigureAndOnePlace) {
  EXPECT_THROW((void)claim_of_plan(plan(), {.workload = "other"}), Error);
  EXPECT_THROW((void)claim_of_plan(plan(), {.effect = StatedRatio{"4x"}}), Error);
  EXPECT_THROW((void)claim_of_plan(plan(), {.effect = StatedRatio{"4x"}, .workload = "other", .metric = "requests"}),
               Error);
}

TEST(ClaimOfPlan, OfARatioNeedsAMetricThatHasRatios) {
  Plan differences = plan();
  differences.metrics.front().kind = MetricKind::difference;
  EXPECT_THROW((void)claim_of_plan(differences, {.effect = StatedRatio{"4x"}, .workload = "work"}), Error);
  EXPECT_NO_THROW((void)claim_of_plan(differences, {.effect = StatedNotWorse{"3%"}, .workload = "work"}));
}

/// A plan whose arms are built from revisions; the last treatment has a patch.
Plan revisions() {
  Plan plan = test::small_plan(
      {VariableKind::level,
       "",
       {{"control", SourceLevel{.revision = "base", .commit = "aaaaaaaaaaaaaaaa"}},
        {"first", SourceLevel{.revision = "fast", .commit = "bbbbbbbbbbbbbbbb"}},
        {"second", SourceLevel{.revision = "faster", .commit = "cccccccccccccccc"}},
        {"third", SourceLevel{.revision = "faster", .patches = {{.file = "a.patch"}}, .commit = "dddddddddddddddd"}}}},
      {"true"});
  plan.variable.source = SourceBuild{};
  return plan;
}

TEST(ClaimOfCorrectness, IsAboutTheTreatmentThatIsTheRevision) {
  const Claim claim = claim_of_plan(revisions(), {.effect = StatedCorrectness{"v2", "cccccccccccccccc"}});
  EXPECT_EQ(claim.treatment, "second");
  EXPECT_EQ(claim.said, "faster (cccccccccc)");
  EXPECT_TRUE(std::holds_alternative<ClaimedCorrectness>(claim.effect));
  Record record;
  record.plan = revisions();
  EXPECT_EQ(claim_of_record(record, {.effect = StatedCorrectness{"v1", "bbbbbbbbbbbbbbbb"}}).treatment, "first");
}

TEST(ClaimOfCorrectness, IsRefusedForWhatNoChallengeWouldRun) {
  for (const char* const commit : {"aaaaaaaaaaaaaaaa", "dddddddddddddddd", "eeeeeeeeeeeeeeee"}) {
    const ClaimRequest request{.effect = StatedCorrectness{"v3", commit}};
    EXPECT_NE(test::message_of([&] {
                (void)claim_of_plan(revisions(), request);
              }).find("only fast (bbbbbbbbbb) and faster (cccccccccc) can be claimed correct here"),
              std::string::npos)
        << commit;
  }
  Plan patched = revisions();
  std::erase_if(patched.variable.levels,
                [](const Level& level) { return level.label == "first" || level.label == "second"; });
  EXPECT_NE(test::message_of([&] {
              (void)claim_of_plan(patched, {.effect = StatedCorrectness{"faster", "dddddddddddddddd"}});
            }).find("its treatment is no git revision"),
            std::string::npos);
}

TEST(ClaimOfCorrectness, IsAboutTheClonedRevisionIfArmsAreNotBuiltFromAny) {
  const Claim claim = claim_of_record(kRecord, {.effect = StatedCorrectness{"v3", "eeeeeeeeeeeeeeee"}});
  EXPECT_EQ(claim.revision, "eeeeeeeeeeeeeeee");
  EXPECT_EQ(claim.said, "v3 (eeeeeeeeee)");
}

}  // namespace claim_making_tests
}  // namespace assay::adversary
