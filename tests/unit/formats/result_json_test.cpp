#include "experiments/formats/result/result_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::formats {
namespace result_json_tests {

using nlohmann::json;

/// Reals pass through percent and back, which costs their last digits.
void expect_near(const Interval& read, const Interval& written) {
  if (std::isfinite(written.low)) {
    EXPECT_NEAR(read.low, written.low, 1e-12);
  } else {
    EXPECT_EQ(read.low, written.low);
  }
  if (std::isfinite(written.high)) {
    EXPECT_NEAR(read.high, written.high, 1e-12);
  } else {
    EXPECT_EQ(read.high, written.high);
  }
}

/// Takes over the reals that are near, so that all else can be compared exactly.
void settle_reals(MetricResult& read, const MetricResult& written) {
  ASSERT_EQ(read.effect.has_value(), written.effect.has_value());
  if (read.effect) {
    if (std::isfinite(written.effect->estimate)) {
      EXPECT_NEAR(read.effect->estimate, written.effect->estimate, 1e-12);
    } else {
      EXPECT_EQ(read.effect->estimate, written.effect->estimate);
    }
    expect_near(read.effect->interval, written.effect->interval);
    read.effect->estimate = written.effect->estimate;
    read.effect->interval = written.effect->interval;
  }
  ASSERT_EQ(read.equivalence.has_value(), written.equivalence.has_value());
  if (read.equivalence) {
    expect_near(read.equivalence->interval, written.equivalence->interval);
    read.equivalence->interval = written.equivalence->interval;
  }
}

void expect_reads_back(const Plan& plan, const AttemptResult& written) {
  // Through text, as a record holds it.
  AttemptResult read = parse_result(plan, json::parse(result_json(written).dump()));
  ASSERT_EQ(read.comparisons.size(), written.comparisons.size());
  for (std::size_t comparison = 0; comparison < read.comparisons.size(); ++comparison) {
    ASSERT_EQ(read.comparisons[comparison].metrics.size(), written.comparisons[comparison].metrics.size());
    for (std::size_t metric = 0; metric < read.comparisons[comparison].metrics.size(); ++metric) {
      settle_reals(read.comparisons[comparison].metrics[metric], written.comparisons[comparison].metrics[metric]);
    }
  }
  ASSERT_EQ(read.suite.size(), written.suite.size());
  for (std::size_t suite = 0; suite < read.suite.size(); ++suite)
    settle_reals(read.suite[suite].average, written.suite[suite].average);
  EXPECT_EQ(read, written);
}

Block guarded_block(const Plan& plan, int number, const decide::Truth& truth) {
  const auto [control, treatment] = decide::drawn_pair(truth, 0, number);
  return decide::block_of(plan, number,
                          {decide::measured({control, 1e6 + number}), decide::measured({treatment, 1e6 + 2 * number})});
}

TEST(ResultJson, ReadsBackAnImprovementWithAGuard) {
  const Plan plan = decide::guarded_plan(Percent{10});
  expect_reads_back(
      plan, decide::result_of(plan, [&](int number) { return guarded_block(plan, number, {.log_ratio = -0.1}); }));
}

TEST(ResultJson, ReadsBackUnboundedEffects) {
  const Plan plan = decide::simple_plan();
  expect_reads_back(plan, decide::result_of(plan, [&](int number) {
                      return decide::block_of(plan, number, {decide::failed(), decide::measured(1.0)});
                    }));
}

TEST(ResultJson, ReadsBackABrokenAttemptWithChecks) {
  const Plan plan = decide::simple_plan();
  expect_reads_back(
      plan, decide::result_of(plan, [&](int number) {
        return decide::block_of(plan, number, {decide::measured(1.0), decide::failed(CheckFailed{"page", "differs"})});
      }));
}

TEST(ResultJson, ReadsBackAnInconclusiveAttemptWithAdvice) {
  Plan plan = decide::simple_plan();
  plan.protocol.max_blocks = 20;
  const AttemptResult result = decide::result_of(plan, {.noise = 0.3});
  ASSERT_TRUE(result.advice.blocks_needed.has_value());
  expect_reads_back(plan, result);
}

TEST(ResultJson, ReadsBackASuite) {
  const Plan plan = decide::plan_of_cells(2, ClaimRule::suite);
  expect_reads_back(plan, decide::result_of_cells(plan, [&](std::size_t cell, int number) {
                      return decide::drawn_block(plan, number, {.log_ratio = -0.1}, cell);
                    }));
}

TEST(ResultJson, ReadsBackDifferences) {
  Plan plan = decide::simple_plan();
  plan.metrics[0].kind = MetricKind::difference;
  expect_reads_back(plan, decide::result_of(plan, {.log_ratio = -0.1}));
}

TEST(ResultJson, HoldsWhatProgramsRelyOn) {
  const Plan plan = decide::simple_plan();
  const AttemptResult result = decide::result_of(plan, {.log_ratio = -0.1});
  const json object = result_json(result);
  EXPECT_EQ(object["verdict"], "improved");
  EXPECT_EQ(object["decision"], "keep");
  EXPECT_EQ(object["reason"], "improved");
  EXPECT_EQ(object["stop"], "boundary");
  EXPECT_EQ(object["blocks"], result.blocks);
  EXPECT_EQ(object["trials"], 2 * result.blocks);
  EXPECT_EQ(object["failed_trials"], (json{{"control", 0}, {"treatment", 0}}));
  EXPECT_EQ(object["audit"]["passed"], true);
  const json& workload = object["workloads"][0];
  EXPECT_EQ(workload["name"], "work");
  EXPECT_EQ(workload["state"], "warm");
  const json& metric = workload["metrics"][0];
  EXPECT_EQ(metric["name"], "wall");
  EXPECT_EQ(metric["unit"], "s");
  EXPECT_EQ(metric["control"]["n"], result.blocks);
  const double estimate = result.comparisons[0].metrics[0].effect->estimate;
  EXPECT_DOUBLE_EQ(metric["effect"]["percent"].get<double>(), 100 * std::expm1(estimate));
  EXPECT_DOUBLE_EQ(metric["effect"]["times_faster"].get<double>(), std::exp(-estimate));
  EXPECT_LT(metric["effect"]["low"], metric["effect"]["high"]);
  EXPECT_GT(object["diagnostics"].size(), 3U);
}

TEST(ResultJson, WritesAnUnboundedEndAsNull) {
  const Plan plan = decide::simple_plan();
  const AttemptResult result = decide::result_of(
      plan, [&](int number) { return decide::drawn_block(plan, number, {}); }, 6);
  EXPECT_TRUE(result_json(result)["workloads"][0]["metrics"][0]["effect"]["low"].is_null());
}

TEST(ResultJson, NamesThePlaceOfWhatIsWrong) {
  const Plan plan = decide::simple_plan();
  json object = result_json(decide::result_of(plan, {.log_ratio = -0.1}));
  object["workloads"][0]["metrics"][0]["name"] = "speed";
  try {
    (void)parse_result(plan, object);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "/workloads/0/metrics/0/name: the plan has no metric \"speed\"");
  }
}

// A diagnostic was a text, and any text was read back as one.
TEST(ResultJson, KnowsEveryDiagnosticByItsName) {
  const Plan plan = decide::simple_plan();
  json object = result_json(decide::result_of(plan, {.log_ratio = -0.1}));
  EXPECT_EQ(object["workloads"][0]["diagnostics"][0]["name"], "order-effect");
  object["workloads"][0]["diagnostics"][0]["name"] = "order-efect";
  EXPECT_THROW((void)parse_result(plan, object), Error);
}

TEST(ResultJson, KnowsEveryEstimatorByItsName) {
  const Plan plan = decide::simple_plan();
  json object = result_json(decide::result_of(plan, {.log_ratio = -0.1}));
  EXPECT_EQ(object["workloads"][0]["metrics"][0]["effect"]["estimator"], "hodges-lehmann");
  object["workloads"][0]["metrics"][0]["effect"]["estimator"] = "a guess";
  EXPECT_THROW((void)parse_result(plan, object), Error);
}

// Whatever was not "above" was read as below.
TEST(ResultJson, KnowsOnlyTheTwoSidesOfAFigureWithoutABound) {
  const Plan plan = decide::simple_plan();
  json object = result_json(decide::result_of(plan, [&](int number) {
    return decide::block_of(plan, number, {decide::failed(), decide::measured(1.0)});
  }));
  json& sides = object["workloads"][0]["metrics"][0]["effect"]["unbounded"];
  ASSERT_EQ(sides["percent"], "below");
  sides["percent"] = "belwo";
  EXPECT_EQ(test::message_of([&] { (void)parse_result(plan, object); }),
            "/workloads/0/metrics/0/effect/unbounded/percent: expected one of \"above\", \"below\", not \"belwo\"");
}

}  // namespace result_json_tests
}  // namespace assay::formats
